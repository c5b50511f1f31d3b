import type { PrinterProfile } from '../../ports/device.js';
import type { Bench } from '../bench.js';
import type { Mark } from '../conversation.js';
import { dleEot, feedUnits, join } from '../escpos.js';
import { answersRealTime, TELLS_NO_STATUS } from '../expected.js';
import type { Phase } from '../phase.js';
import type { Work } from '../wait.js';
import { unitsOf } from './speed.js';

/**
 * Zeros, which print nothing, and a question behind them. The question is answered as soon as it is received, so an answer
 * says that all before it is in the printer: what the buffers of port, adapter or network hold is never counted.
 */
const PIECE = join(new Uint8Array(61), dleEot(1));
/** Pieces under way: enough for the delay of an adapter, and few to be left over. */
const PIECES_UNDER_WAY = 8;
/** Nothing is taken for so long: the printer has stopped its host. */
const STALL_MS = 700;
/** Manuals: BUSY, or XOFF, when 128 bytes are left; with what was under way at that moment twice as much. */
const RESERVE_BYTES = 256;
const HOLD_TEST_MS = 1_000;
const PAUSE_MS_MAX = 25_500;
/** A buffer that is larger than the profile says is tried again with a longer hold, up to this one. */
const HOLD_MS_MAX = 120_000;
const LONGER = 4;

/** How many bytes the printer takes while it can print nothing of them. */
export const buffer: Phase = {
  name: 'buffer',
  title: 'Receive buffer',
  needs: 'ready',
  limitMs: (_, bench) => 120_000 + 3 * Math.max(HOLD_MS_MAX, holdMs(bench, bench.ground.baud ?? 115_200)),
  *run(bench) {
    const { ground, profile, results } = bench;
    const size = {
      name: 'buffer.size',
      title: 'bytes taken while it prints nothing',
      unit: 'bytes',
      limits: { min: profile.receiveBufferBytes - Math.min(RESERVE_BYTES, profile.receiveBufferBytes / 4) },
    };
    const flow = {
      name: 'buffer.flow-control',
      title: 'how it makes its host wait',
      limits: { equals: profile.flowControl ?? 'dtr' },
    };
    if (!answersRealTime(profile)) {
      const why = `${TELLS_NO_STATUS}, and its answers are what the bytes are counted by`;
      results.skip(size, why);
      results.skip(flow, why);
      return;
    }
    const baud = ground.baud === undefined ? undefined : Math.max(...ground.rates);
    if (!(yield* bench.open(baud))) {
      results.measure(size, 'no answer', bench.line.whyDown);
      results.skip(flow, 'no answer');
      return;
    }
    for (let wantedMs = holdMs(bench, bench.line.baud ?? 1_000_000); ; wantedMs *= LONGER) {
      const hold = yield* chooseHold(bench, wantedMs);
      if (typeof hold === 'string') {
        results.skip(size, hold);
        results.skip(flow, hold);
        return;
      }
      const endMs = bench.clock.now() + hold.ms;
      bench.line.write(hold.bytes);
      const { taken, by, why } = yield* fill(bench, endMs);
      // It comes to itself when the hold is over, and takes what is under way.
      yield* bench.confirm(Math.max(endMs - bench.clock.now(), 0) + 10_000);
      bench.line.write(FORGET_MACRO);
      if (by === undefined && wantedMs * LONGER <= HOLD_MS_MAX && bench.line.up) continue;
      results.note(
        `${hold.note}; ${why}; in steps of ${PIECE.length} bytes, counted by the answers to DLE EOT among them`,
      );
      if (taken === 0) results.measure(size, 'no answer');
      else results.measure(size, taken, why);
      if (by === undefined) results.skip(flow, why);
      else results.measure(flow, by);
      return;
    }
  },
};

interface Hold {
  readonly bytes: Uint8Array;
  /** At least so long. */
  readonly ms: number;
  readonly note: string;
}

/** `GS :` twice with something between them defines a macro, with nothing between them forgets it. */
const MACRO = join([0x1d, 0x3a], [0x1b, 0x32], [0x1d, 0x3a]);
const FORGET_MACRO = join([0x1d, 0x3a], [0x1d, 0x3a]);

/** `GS ^ r t m`: carries the macro out, with waits of t times 100 ms between the executions. */
function waitingMacro(ms: number): Uint8Array {
  return join(MACRO, [0x1d, 0x5e, 2, Math.min(Math.ceil(ms / 100), 255), 0]);
}

/** Time to fill the buffer that the profile promises, and a quarter more. */
function holdMs({ profile }: Bench, baud: number): number {
  return (profile.receiveBufferBytes * 1.25 * 10_000) / baud + 1_000;
}

/** What keeps the printer from printing for long enough; or why there is nothing. */
function* chooseHold(bench: Bench, wantedMs: number): Work<Hold | string> {
  if ((yield* bench.proof()) === 'none') return 'the printer proves nothing, so it cannot be told whether it is held';
  bench.line.write(waitingMacro(HOLD_TEST_MS));
  const waited = yield* bench.confirm(3 * HOLD_TEST_MS);
  bench.line.write(FORGET_MACRO);
  if (waited !== undefined && waited.latencyMs >= 0.9 * HOLD_TEST_MS) {
    const times = Math.ceil(wantedMs / PAUSE_MS_MAX);
    const each = Math.ceil(wantedMs / times / 100);
    const bytes = join(MACRO, [0x1d, 0x5e, times + 1, each, 0]);
    return { bytes, ms: each * 100 * times, note: 'held by the pauses of a macro (GS ^)' };
  }
  const mm = (wantedMs * bench.profile.speedMmPerS) / 1_000;
  const { paperMm } = bench.plan.buffer;
  if (mm > paperMm)
    return `it knows no macros, and keeping it busy would take ${Math.round(mm)} mm of paper (the plan allows ${paperMm})`;
  return { bytes: feedUnits(unitsOf(bench.profile, mm)), ms: wantedMs, note: `held by a feed of ${Math.round(mm)} mm` };
}

interface Filled {
  readonly taken: number;
  /** How the printer stopped its host; `undefined`: it did not. */
  readonly by?: NonNullable<PrinterProfile['flowControl']>;
  readonly why: string;
}

/** Sends until the printer takes no more, or the hold is over. */
function* fill(bench: Bench, endMs: number): Work<Filled> {
  const { line, clock } = bench;
  let sent = 0;
  let answered = 0;
  let stopped = false;
  let seen: Mark = line.mark();
  const look = () => {
    for (const reply of line.since(seen)) {
      stopped ||= reply.kind === 'flow' && !reply.on;
      if (reply.kind === 'realtime' && !stopped) answered++;
    }
    seen = line.mark();
    return stopped || sent - answered < PIECES_UNDER_WAY || !line.up;
  };
  for (;;) {
    const taken = yield* bench.until(look, STALL_MS + line.wireMs(PIECES_UNDER_WAY * PIECE.length));
    const bytes = answered * PIECE.length;
    if (!line.up) return { taken: bytes, why: `the link went down: ${line.whyDown}` };
    if (stopped) return { taken: bytes, by: 'xon/xoff', why: 'it sent XOFF' };
    if (!taken) return { taken: bytes, by: 'dtr', why: 'it took no more (BUSY)' };
    if (clock.now() >= endMs)
      return { taken: bytes, why: 'it was still taking when the hold ended: the buffer is larger' };
    line.write(PIECE);
    sent++;
  }
}
