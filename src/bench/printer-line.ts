import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createEmulatedPrinter } from '../emulator/printer/printer.js';
import { wallClock } from '../ground/wall-clock.js';
import { pacedLink } from '../links/paced.js';
import { PtyLink } from '../links/pty.js';
import { readPrinterProfile } from '../world/devices.js';
import { openStandalonePrinter } from '../world/standalone-printer.js';
import { row, title } from './measure.js';
import { tapped } from './tapped.js';

const CLIENT = fileURLToPath(new URL('serial-client.js', import.meta.url));
const JOB_MS = 2_000;
const IDLE_MS = 3_000;

/** What a program at the other end of a real line feels, and what a printer costs that nobody uses. */
export async function printerLineFigures(): Promise<void> {
  title(`a second process prints through serialport and a pseudo-terminal for ${JOB_MS / 1_000} s, first to last byte`);
  for (const baud of [9_600, 38_400, 115_200]) {
    const bytes = Math.round((baud / 10) * (JOB_MS / 1_000));
    const tookMs = await lineMs(baud, bytes);
    row(
      `${baud} baud, ${bytes} bytes`,
      `${tookMs.toFixed(0)} ms`,
      `${((tookMs / JOB_MS) * 100).toFixed(1)} % of what the rate demands`,
    );
  }
  title(`CPU of an idle \`paperjam printer\`, over ${IDLE_MS / 1_000} s`);
  const data = mkdtempSync(join(tmpdir(), 'paperjam-bench-'));
  const printer = await openStandalonePrinter({ profile: readPrinterProfile('epson-tm-m30'), data, tcp: 0 });
  row('nobody has its port open', await cpuShare(), 'to stay below 1 %');
  const client = spawn(process.execPath, [CLIENT, printer.where.pty ?? '', '115200', '1']);
  while (printer.emulated.counters.receivedBytes === 0) await setTimeout(20);
  row('a program has its port open', await cpuShare(), 'to stay below 1 %');
  client.kill();
  printer.close();
  rmSync(data, { recursive: true });
}

/** Milliseconds from the first byte that reaches the printer to the last. */
async function lineMs(baud: number, bytes: number): Promise<number> {
  const pty = new PtyLink();
  pty.create();
  const times: number[] = [];
  const link = tapped(
    pacedLink(pty, wallClock, () => pty.baud),
    { received: () => times.push(performance.now()) },
  );
  const profile = { ...readPrinterProfile('epson-tm-m30'), receiveBufferBytes: 1 << 20 };
  const printer = createEmulatedPrinter({ clock: wallClock, link, profile, timing: 'instant' });
  const client = spawn(process.execPath, [CLIENT, pty.path ?? '', String(baud), String(bytes)], { stdio: 'inherit' });
  while (printer.counters.receivedBytes < bytes) await setTimeout(5);
  client.kill();
  printer.close();
  const [first = 0] = times;
  const sliceMs = 10; // Bytes come in slices, each when its last byte is through.
  return (times.at(-1) ?? 0) - first + sliceMs;
}

async function cpuShare(): Promise<string> {
  const before = process.cpuUsage();
  await setTimeout(IDLE_MS);
  const { user, system } = process.cpuUsage(before);
  return `${(((user + system) / 1_000 / IDLE_MS) * 100).toFixed(2)} %`;
}
