/**
 * Whether memory stays flat over a long run: `node dist/bench/memory-over-time.js [--worlds N | --minutes M] [--points P]`.
 * Makes one fresh world after the other, and tells at so many points what is still held after a collection.
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type PreparedDevice, prepareDevice } from '../world/simulated.js';
import { oneOfManyWorlds } from './many-worlds.js';
import { row, title } from './measure.js';
import { heldBytes } from './memory.js';

/** Where the run ends: after so many worlds, or so much time of the wall clock. */
export interface RunLength {
  readonly worlds?: number;
  readonly minutes?: number;
  /** How often it is looked at memory, the begin not counted. Default 10. */
  readonly points?: number;
}

interface Point {
  readonly worlds: number;
  readonly heldBytes: number;
}

/** One with its own QR command, one whose codes are drawn as pictures, one with needles. */
const DEVICES = ['epson-tm-m30', 'xprinter-xp-58', 'epson-tm-u220'];
/** Made before the first look: what is made once for all is there then. */
const FIRST_WORLDS = 2_000;
/** The time is looked at after so many worlds. */
const BATCH = 20;
const MOST_MINUTES = 24 * 60;
const MOST_WORLDS = 100_000_000;

/** Prints the table and the slope. */
export async function memoryOverTime(length: RunLength): Promise<void> {
  const { worlds, minutes, points: wanted = 10 } = length;
  const devices = await Promise.all(DEVICES.map(prepareDevice));
  const bound = minutes === undefined ? `${worlds} worlds` : `${minutes} minutes`;
  title(`memory over ${bound}, one after the other: what is held after a collection`);
  make(devices, 0, FIRST_WORLDS);
  const startMs = performance.now();
  const points: Point[] = [];
  const look = (made: number) => {
    const point = { worlds: made, heldBytes: heldBytes() };
    points.push(point);
    const { rss } = process.memoryUsage();
    const seconds = ((performance.now() - startMs) / 1_000).toFixed(0);
    row(`${made} worlds, ${seconds} s`, mib(point.heldBytes), `of ${mib(rss)} that the process has`);
  };
  const share = (made: number) =>
    minutes === undefined ? made / (worlds ?? 1) : (performance.now() - startMs) / (minutes * 60_000);
  look(0);
  for (let made = 0; share(made) < 1; ) {
    make(devices, FIRST_WORLDS + made, BATCH);
    made += BATCH;
    if (share(made) * wanted >= points.length) look(made);
  }
  row('slope, by least squares', `${(slopeBytes(points) / 1_024).toFixed(2)} KiB`, 'for 1,000 worlds');
}

function make(devices: readonly PreparedDevice[], from: number, count: number): void {
  for (let n = from; n < from + count; n++) oneOfManyWorlds(devices, n);
}

/** How much more is held for 1,000 worlds more. */
function slopeBytes(points: readonly Point[]): number {
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const worlds = mean((point) => point.worlds);
  const held = mean((point) => point.heldBytes);
  const along = points.reduce((sum, point) => sum + (point.worlds - worlds) * (point.heldBytes - held), 0);
  const across = points.reduce((sum, point) => sum + (point.worlds - worlds) ** 2, 0);
  return across === 0 ? 0 : (along / across) * 1_000;
}

function mib(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(2)} MiB`;
}

function lengthOf(words: string[]): RunLength {
  const options = { worlds: { type: 'string' }, minutes: { type: 'string' }, points: { type: 'string' } } as const;
  const { values } = parseArgs({ args: words, options });
  const number = (name: keyof typeof options, least: number, most: number): number | undefined => {
    const word = values[name];
    if (word === undefined) return undefined;
    const value = Number(word);
    if (word.trim() !== '' && value >= least && value <= most) return value;
    throw new RangeError(`--${name} ${word}: a number from ${least} to ${most} is wanted`);
  };
  const minutes = number('minutes', 0.01, MOST_MINUTES);
  const worlds = number('worlds', BATCH, MOST_WORLDS);
  if (minutes !== undefined && worlds !== undefined) throw new RangeError('--worlds or --minutes, not both');
  const points = Math.trunc(number('points', 2, 1_000) ?? 10);
  return minutes === undefined ? { worlds: worlds ?? 20_000, points } : { minutes, points };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await memoryOverTime(lengthOf(process.argv.slice(2)));
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error; // Of the words that were given.
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
