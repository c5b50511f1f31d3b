import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { libc } from './libc.js';

const LOCK_EX = 2;
const LOCK_NB = 4;
const LOCK_UN = 8;

/**
 * Locks an open file against everyone else, this process included, by flock(2): the kernel gives the lock up when the
 * file is closed, however the process ended. `locked`: somebody else holds it; otherwise the name of another failure.
 * There is no such lock on Windows: files are not locked there.
 */
export function lockFile(fd: number): 'ok' | 'locked' | { readonly failure: string } {
  const c = libc();
  if (c === undefined || c.flock(fd, LOCK_EX | LOCK_NB) === 0) return 'ok';
  const failure = c.errno();
  return failure === 'EAGAIN' || failure === 'EWOULDBLOCK' ? 'locked' : { failure };
}

export function unlockFile(fd: number): void {
  libc()?.flock(fd, LOCK_UN);
}

/**
 * Who holds the flock(2) of a file or device, in words: `process 123 (node main.js start)`, `this program`, and
 * `another program` where the system does not tell (it does on Linux, for the processes that one may look into).
 */
export function lockHolder(path: string): string {
  try {
    const { ino } = statSync(path);
    const pids = readFileSync('/proc/locks', 'latin1')
      .split('\n')
      .map((line) => /^\d+: FLOCK .* (\d+) [0-9a-f]+:[0-9a-f]+:(\d+) /.exec(line))
      .flatMap((match) => (match !== null && Number(match[2]) === ino ? [Number(match[1])] : []));
    const target = realpathSync(path);
    const pid = pids.find((candidate) => hasOpen(candidate, target)); // The same number on another disk is another file.
    if (pid === undefined) return 'another program';
    if (pid === process.pid) return 'this program';
    const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').join(' ').trim();
    return `process ${pid} (${command.slice(0, 80)})`;
  } catch {
    return 'another program';
  }
}

function hasOpen(pid: number, target: string): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((fd) => readlinkSync(`${folder}/${fd}`) === target);
  } catch {
    return false;
  }
}
