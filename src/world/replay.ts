import { PaperjamError } from '../base/errors.js';
import type { PaperPiece } from '../emulator/printer/paper/piece.js';
import { createEmulatedPrinter } from '../emulator/printer/printer.js';
import { FaultBoard } from '../faults/board.js';
import type { FaultRecord } from '../faults/fault.js';
import { seededRandom } from '../ground/seeded-random.js';
import { VirtualClock } from '../ground/virtual-clock.js';
import { wallClock } from '../ground/wall-clock.js';
import { memoryLinkPair } from '../links/memory.js';
import type { RecordingEnd } from '../links/recording/parser.js';
import type { PrinterProfile } from '../ports/device.js';
import type { Link } from '../ports/link.js';
import { PaperTray } from './paper-tray.js';
import type { RecordingReading } from './recording-file.js';
import { Comparison, type ComparisonSums, type Difference } from './replay/comparison.js';
import { Player, type Stage } from './replay/player.js';

/** What came of a replay. */
export interface Replayed {
  /** How long the recording is. */
  readonly seconds: number;
  /** Bytes to the printer. */
  readonly bytes: number;
  readonly replies: ComparisonSums;
  /** What a reader of the result should know. */
  readonly notes: readonly string[];
  /** Somebody stopped it before its end. */
  readonly stopped: boolean;
  /** The recording is damaged, and was played up to there. */
  readonly damage?: PaperjamError;
}

interface Heard {
  /** A reply was not the same as then. */
  readonly difference: (difference: Difference) => void;
}

export interface EmulatedReplayOptions extends Heard {
  readonly recording: RecordingReading;
  readonly profile: PrinterProfile;
  /** A piece of paper is finished; it is forgotten afterwards. */
  readonly paper: (piece: PaperPiece) => void;
  /** Put into the emulated printer before the first byte, to find out whether they explain what was recorded. */
  readonly faults?: readonly FaultRecord[];
}

/** How long, on its own clock, an emulated printer may be held up, and may go on printing at the end. */
const EMULATED_PATIENCE_MS = 600_000;

/** Plays a recording to an emulated printer in virtual time: the same bytes at the same times, over a line of the same rate. */
export async function replayEmulated(options: EmulatedReplayOptions): Promise<Replayed> {
  const { recording, profile, paper, difference, faults = [] } = options;
  const { baud, startedAt } = recording.header;
  const clock = new VirtualClock(Date.parse(startedAt));
  let rate = baud;
  const cable = memoryLinkPair(clock, { baud: () => rate, address: 'the emulated printer' });
  const printer = createEmulatedPrinter({ clock, link: cable.device, profile, timing: 'profile' });
  const tray = new PaperTray(printer, paper);
  const stage: Stage = {
    clock,
    link: cable.host,
    pass: async (ms) => clock.advance(ms),
    rate(baud) {
      rate = baud;
    },
    wake() {},
    stopped: false,
  };
  const board = new FaultBoard({
    sites: { printer: printer.site, printerLink: cable.site },
    clock,
    random: seededRandom(1),
  });
  for (const fault of faults) board.put(fault);
  clock.advance(0); // The printer opens its end.
  const comparison = new Comparison(difference);
  const player = new Player({
    stage,
    comparison,
    speed: 1,
    patienceMs: EMULATED_PATIENCE_MS,
    // A line with a rate is a serial one, whose port drops what has not left when it is closed.
    atClose: () => (rate > 0 ? 'drop' : 'send'),
    pieceBytes: Number.POSITIVE_INFINITY,
    aheadBytes: Number.POSITIVE_INFINITY,
  });
  const replayed = await perform({ recording, player, comparison, stage, mayStall: true, after: () => tray.collect() });
  clock.runUntil(() => false, EMULATED_PATIENCE_MS);
  tray.collect();
  tray.finish();
  board.clearAll();
  const { droppedBytes } = printer.counters;
  printer.close();
  const overrun = `${droppedBytes} bytes came while the emulated printer's buffer was full, and were lost as on a real one`;
  return droppedBytes === 0 ? replayed : { ...replayed, notes: [...replayed.notes, overrun] };
}

export interface RealReplayOptions extends Heard {
  readonly recording: RecordingReading;
  /** The way to the printer, not open. */
  readonly link: Link;
  /** So many times faster than it was recorded; `Infinity`: as fast as flow control lets it. */
  readonly speed: number;
  /** A printer that takes nothing for so long is given up. Default 30,000. */
  readonly patienceMs?: number;
  /** Ends it early. */
  readonly stop?: AbortSignal;
}

const REAL_PATIENCE_MS = 30_000;
/** The system's timers hold no more than 24 days. */
const LONGEST_TIMER_MS = 60_000;

/** Plays a recording to a printer at the end of a wire. Throws `PJ_PRINTER_LINK`, `PJ_REPLAY_STALLED`; the line is closed in any case. */
export async function replayReal(options: RealReplayOptions): Promise<Replayed> {
  const { recording, link, speed, difference, stop } = options;
  let wake = () => {};
  const otherRates = new Set<number>();
  const stage: Stage = {
    clock: wallClock,
    link,
    pass: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.min(ms, LONGEST_TIMER_MS));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    rate(baud) {
      if (baud !== recording.header.baud) otherRates.add(baud);
    },
    wake: () => wake(),
    get stopped() {
      return stop?.aborted === true;
    },
  };
  stop?.addEventListener('abort', stage.wake);
  const comparison = new Comparison(difference, speed);
  const player = new Player({
    stage,
    comparison,
    speed,
    patienceMs: options.patienceMs ?? REAL_PATIENCE_MS,
    atClose: () => 'send',
    pieceBytes: 1_024,
    aheadBytes: 4_096,
  });
  try {
    const replayed = await perform({ recording, player, comparison, stage, mayStall: false, after() {} });
    if (otherRates.size === 0) return replayed;
    const stays = `the recorded line ran at ${[...otherRates].join(', ')} baud at times; this one stayed at its rate, as a printer does`;
    return { ...replayed, notes: [...replayed.notes, stays] };
  } finally {
    player.close();
    stop?.removeEventListener('abort', stage.wake);
  }
}

interface Performance {
  readonly recording: RecordingReading;
  readonly player: Player;
  readonly comparison: Comparison;
  readonly stage: Stage;
  /** A printer that takes nothing any more is a note, and no error. */
  readonly mayStall: boolean;
  /** After each record. */
  readonly after: () => void;
}

async function perform({ recording, player, comparison, stage, mayStall, after }: Performance): Promise<Replayed> {
  const notes: string[] = [];
  const events = recording.events();
  let atMs = 0;
  let end: RecordingEnd | undefined;
  let damage: PaperjamError | undefined;
  try {
    while (!stage.stopped) {
      const next = await events.next().catch((error: unknown) => {
        if (!(error instanceof PaperjamError)) throw error;
        damage = error;
      });
      if (next === undefined) break;
      if (next.done === true) {
        end = next.value;
        break;
      }
      await player.until(next.value);
      if (stage.stopped) break;
      await player.play(next.value);
      atMs = next.value.atUs / 1_000;
      after();
    }
    await player.drain();
    await player.listen();
  } catch (error) {
    if (!mayStall || !(error instanceof PaperjamError) || error.code !== 'PJ_REPLAY_STALLED') throw error;
    notes.push(error.message);
  }
  const replies = comparison.finish(atMs, player.up);
  player.close();
  if (stage.stopped) notes.push('it was stopped before its end');
  if (end !== undefined) notes.push(...endNotes(end));
  if (player.lostBytes > 0)
    notes.push(
      `${player.lostBytes} bytes were still on their way when the line went down; what of such bytes had reached the recorded printer is not known`,
    );
  const sums = { seconds: atMs / 1_000, bytes: player.sentBytes, replies, notes, stopped: stage.stopped };
  return damage === undefined ? sums : { ...sums, damage };
}

/** What a reader should know of how a recording ended. */
export function endNotes(end: RecordingEnd): string[] {
  if (end.torn !== undefined) {
    const { bytes, offset } = end.torn;
    return [`the recording is torn off at byte ${offset}: ${bytes} bytes there are no whole record, and were left out`];
  }
  return end.ended ? [] : ['the recording has no end mark: it was broken off there, or is still being written'];
}
