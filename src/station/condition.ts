import type { PrinterProfile } from '../ports/device.js';
import type { Bench } from './bench.js';
import { ANSWER_MS } from './bench.js';
import {
  ASB_OFF,
  DLE_DC4_8,
  DLE_ENQ_2,
  DLE_EOT_1_TO_4,
  ESC_INITIALIZE,
  gsR,
  join,
  LONGEST_COMMAND_BYTES,
} from './escpos.js';
import { answersRealTime } from './expected.js';
import type { Work } from './wait.js';

/** How the printer is, by its answers to `DLE EOT` 1 to 4. */
export interface Condition {
  readonly ready: boolean;
  /** In words: `ready`, `paper end, offline`, `no answer`. */
  readonly words: string;
  /** It waits for `DLE ENQ` 1 or 2. */
  readonly recoverable: boolean;
  /** The head is too hot, and nothing else: it passes. */
  readonly cooling: boolean;
}

/** By `n` and bit: what the manuals call it. Near end and the drawer stop nothing. */
const STOPS: readonly (readonly [n: 1 | 2 | 3 | 4, bit: number, words: string])[] = [
  [3, 0x20, 'unrecoverable error'],
  [3, 0x04, 'mechanical error'],
  [3, 0x08, 'cutter error'],
  [4, 0x60, 'paper end'],
  [2, 0x04, 'cover open'],
  [3, 0x40, 'head too hot'],
  [1, 0x08, 'offline'],
];
/** Of `DLE EOT 4`. */
const NEAR_END = 0x0c;
const HOT = 'head too hot';
/** Words for a printer that says nothing at all. */
export const SILENT = 'no answer';
const LINK_DOWN = 'the link is down: ';
/** A link that did not open before is not waited for in every phase again. */
const AGAIN_MS = 1_500;
const RECOVER_MS = 200;
export const COOLING_MS = 40_000;
/** Not too often: a printer that does nothing may keep the questions in its buffer too, until that is full. */
const COOLING_LOOK_MS = 2_000;
const CLEAR_MS = 600;

/** Of a model that answers no `DLE EOT`: nothing is known against it. */
const UNTOLD: Condition = { ready: true, words: 'ready', recoverable: false, cooling: false };

/** Asks how the printer is. A model that by its profile answers no such question is taken for ready, and is not asked. */
export function* condition(bench: Bench): Work<Condition> {
  const { line } = bench;
  if (!line.up) return trouble(`${LINK_DOWN}${line.whyDown}`);
  if (!answersRealTime(bench.profile)) return UNTOLD;
  const mark = line.mark();
  line.write(DLE_EOT_1_TO_4);
  const complete = () => line.all(mark, 'realtime').length >= 4 || !line.up;
  yield* bench.until(complete, ANSWER_MS + line.wireBusyMs);
  const answers = line.all(mark, 'realtime').map(({ byte }) => byte);
  if (!line.up) return trouble(`the link went down: ${line.whyDown}`);
  if (answers.length === 0) return trouble(SILENT);
  if (answers.length < 4) return trouble(`${answers.length} answers to DLE EOT 1 to 4`);
  const words = stopsOf(bench.profile, answers);
  const causes = words.filter((name) => name !== 'offline');
  return {
    ready: words.length === 0,
    words: inWords(words),
    recoverable: words.includes('mechanical error') || words.includes('cutter error'),
    cooling: causes.length === 1 && causes[0] === HOT,
  };
}

function trouble(words: string): Condition {
  return { ready: false, words, recoverable: false, cooling: false };
}

/** What the answers to `DLE EOT` 1 to 4 say that stops it. Bits that this model always sets say nothing. */
function stopsOf({ status }: PrinterProfile, answers: readonly number[]): string[] {
  const set = (n: number) => (answers[n - 1] ?? 0) & ~(status?.realTime?.[n]?.always ?? 0);
  return STOPS.filter(([n, bit]) => (set(n) & bit) !== 0).map(([, , name]) => name);
}

function inWords(stops: readonly string[]): string {
  const causes = stops.filter((name) => name !== 'offline');
  return stops.length === 0 ? 'ready' : (causes.length > 0 ? causes : stops).join(', ');
}

/** The answers to `DLE EOT` 1 to 4, for people. */
export function statusInWords(profile: PrinterProfile, answers: readonly number[] | undefined): string {
  if (answers === undefined) return 'it does not answer';
  const near = (answers[3] ?? 0) & NEAR_END & ~(profile.status?.realTime?.[4]?.always ?? 0);
  return `it says: ${inWords(stopsOf(profile, answers))}${near === 0 ? '' : ', paper near end'}`;
}

/** Why the printer did not do what it should have, in words; what stands in its way counts as reported. */
export function* whyNot(bench: Bench): Work<string> {
  const { ready, words } = yield* condition(bench);
  if (ready) return 'not confirmed in its time';
  bench.reported.add(words);
  return words;
}

/** Why a command that waits for its turn may be unanswered: what the printer is not ready for, in words. */
export function* silence(bench: Bench): Work<string | undefined> {
  const { ready, words } = yield* condition(bench);
  return ready ? undefined : words;
}

/**
 * Gets the printer to where a phase can begin: link open, nothing left of what was before, and, if wanted, ready to
 * print with all settings as after switching on. Gives what stands in the way, in words.
 */
export function* prepare(bench: Bench, needs: 'link' | 'ready'): Work<string | undefined> {
  const before = [...bench.reported].find((words) => words.startsWith(LINK_DOWN));
  if (!(yield* bench.open(undefined, before === undefined ? undefined : AGAIN_MS)))
    return before !== undefined && bench.line.state === 'opening' ? before : `${LINK_DOWN}${bench.line.whyDown}`;
  if (needs === 'link') return undefined;
  let now = yield* condition(bench);
  if (now.words === SILENT && !bench.reported.has(SILENT)) now = yield* condition(bench);
  if (now.words === SILENT) return SILENT;
  if (bench.untidy) yield* clearOut(bench);
  bench.untidy = false;
  now = yield* recovered(bench, now);
  const endMs = bench.clock.now() + (bench.reported.has(HOT) ? 0 : COOLING_MS);
  while (now.cooling && bench.clock.now() < endMs) {
    yield* bench.wait(COOLING_LOOK_MS);
    now = yield* condition(bench);
  }
  if (!now.ready) return now.words;
  bench.line.write(join(ESC_INITIALIZE, ASB_OFF));
  return undefined;
}

/** Helps it out of an error whose cause is gone. */
export function* recovered(bench: Bench, now: Condition): Work<Condition> {
  if (!now.recoverable) return now;
  bench.line.write(DLE_ENQ_2);
  yield* bench.wait(RECOVER_MS);
  return yield* condition(bench);
}

/** Waits for a head that is too hot, which is over by itself. */
export function* cooled(bench: Bench, hot: Condition): Work<Condition> {
  let now = hot;
  for (const endMs = bench.clock.now() + COOLING_MS; now.cooling && bench.clock.now() < endMs; ) {
    yield* bench.wait(500);
    now = yield* condition(bench);
  }
  return now;
}

/** Takes out of the printer what a phase has left in it, as far as the printer lets itself be told. */
export function* clearOut(bench: Bench): Work {
  if (bench.profile.clearsBuffer) {
    for (let attempt = 0; attempt < 2; attempt++)
      if ((yield* bench.ask(DLE_DC4_8, 'cleared', CLEAR_MS)) !== undefined) return;
  }
  // A command that was cut short ends with zeros; what was begun is printed, and answers to old questions come out.
  yield* bench.feed(new Uint8Array(LONGEST_COMMAND_BYTES), CLEAR_MS);
  if (!(yield* condition(bench)).ready) return;
  if (bench.profile.status?.answersQueued === false) return;
  if ((yield* bench.ask(gsR(1), 'queued', 5_000)) === undefined) return;
  for (;;) {
    const mark = bench.line.mark();
    yield* bench.wait(300);
    if (bench.line.find(mark, 'queued') === undefined) return;
  }
}
