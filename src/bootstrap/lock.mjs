// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BEAT_MS = 5_000;
const SILENT_MS = 60_000;

/**
 * Runs `work` while no other process does the same on this folder.
 *
 * Each contender puts a file of its own into the folder, then looks: alone, it has the lock; else it takes its file away
 * and tries again a little later. Of two contenders the one that looks later sees the other, so two never have it. As no
 * name is used twice, the file of a dead process can be removed by anyone at any time without hitting a living one.
 *
 * Fault model: a holder may die at any point (its process is looked up; from another host or container, whose processes
 * cannot be looked up, a minute without a heartbeat counts as death). The clocks of two hosts agree to within that minute.
 *
 * @template T
 * @param {string} folder used for nothing else
 * @param {{ waiting: (pid: string) => void }} told called once if another process has the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, { waiting }, work) {
  mkdirSync(folder, { recursive: true });
  const name = [hostname(), process.pid, startOf(process.pid) ?? '', randomBytes(6).toString('hex')].join('~');
  const path = join(folder, name);
  for (let tries = 0; ; tries++) {
    writeFileSync(path, '');
    const others = readdirSync(folder).filter((other) => other !== name && !removedAsDead(folder, other));
    if (others.length === 0) break;
    rmSync(path, { force: true });
    if (tries === 20) waiting(others[0]?.split('~')[1] ?? 'unknown');
    await sleep(20 + Math.random() * 80);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimesSync(path, now, now);
  }, BEAT_MS).unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(path, { force: true });
  }
}

/**
 * @param {string} folder
 * @param {string} name
 */
function removedAsDead(folder, name) {
  const path = join(folder, name);
  const [host, pid, started] = name.split('~');
  const dead = host === hostname() ? !runs(Number(pid), started) : isSilent(path);
  if (dead) rmSync(path, { force: true });
  return dead;
}

/**
 * @param {number} pid
 * @param {string | undefined} started tells a process from a later one with the same number
 */
function runs(pid, started) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
  return started === '' || startOf(pid) === started;
}

/** @param {number} pid */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22, start time. The name in field 2 may hold spaces, so the count begins behind its parenthesis, at field 3.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** @param {string} path */
function isSilent(path) {
  const touchedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return touchedMs === undefined || Date.now() - touchedMs > SILENT_MS;
}
