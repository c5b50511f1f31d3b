import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Flash } from '../ground/flash.js';
import { seededRandom } from '../ground/seeded-random.js';
import { VirtualClock } from '../ground/virtual-clock.js';
import type { Acquirer } from '../ports/acquirer.js';
import type { Printer } from '../ports/printer.js';
import { Terminal } from '../terminal/terminal.js';
import { DEFAULT_TIMINGS } from '../terminal/timings.js';
import { type PreparedDevice, simulate } from '../world/simulated.js';
import { BenchPrinter } from './printer-inputs.js';

const silent: Acquirer = { authorize: () => {}, query: () => {}, cancel: () => {} };
const absent: Printer = {
  print: () => {},
  check: () => {},
  cancel: () => {},
  status: () => ({ ready: false, life: 'absent', faults: [], paperNearEnd: false }),
  counters: () => ({
    jobs: { printed: 0, partial: 0, 'not-printed': 0, unknown: 0, unconfirmed: 0 },
    ...{ lines: 0, cuts: 0, paperMm: 0, faults: {}, sentBytes: 0, receivedBytes: 0, reconnects: 0 },
  }),
  watch: () => {},
  close: () => {},
};

/** Bytes that a booted, idle terminal holds. */
export function idleTerminalBytes(): number {
  const clock = new VirtualClock();
  return bytesOf(500, () => {
    const terminal = new Terminal(
      {
        clock,
        random: seededRandom(1),
        storage: new Flash(clock),
        acquirers: { alipay: silent },
        printer: absent,
        display: { show: () => {} },
      },
      {
        version: 'bench',
        merchant: { name: 'bench', terminalId: 'T01', utcOffsetMinutes: 480 },
        policy: { reprint: 'ask' },
        timings: DEFAULT_TIMINGS,
      },
    ).start();
    clock.advance(10);
    return terminal;
  });
}

/** Bytes that an idle emulated printer holds, with its paper and its link. */
export function idlePrinterBytes({ profile }: PreparedDevice): number {
  return bytesOf(200, () => new BenchPrinter(profile));
}

/** Bytes that a booted, idle simulated world holds. */
export function idleWorldBytes(device: PreparedDevice): number {
  return bytesOf(100, () => {
    const simulation = simulate(device);
    simulation.world.start();
    simulation.clock.advance(1_000);
    return simulation;
  });
}

/** Bytes that one of `count` things made in a row holds, after a collection. */
function bytesOf(count: number, make: () => object): number {
  const kept: object[] = Array.from({ length: 20 }, make); // What is made once for all is made now.
  const before = heldBytes();
  for (let i = 0; i < count; i++) kept.push(make());
  const after = heldBytes();
  return kept.length === count + 20 ? (after - before) / count : Number.NaN;
}

/** Bytes in use after a collection, on the heap and in array buffers. */
export function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
