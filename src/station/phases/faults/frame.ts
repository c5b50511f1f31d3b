import type { PrinterProfile } from '../../../ports/device.js';
import type { Bench } from '../../bench.js';
import { statusInWords } from '../../condition.js';
import { ASB_OFF, ASB_ON, gsR } from '../../escpos.js';
import { answersRealTime, hex, TELLS_NO_STATUS } from '../../expected.js';
import { FAULT_BITS, type FaultBits, NO_BITS } from '../../fault-bits.js';
import type { Phase } from '../../phase.js';
import type { Work } from '../../wait.js';
import { byHand, handsMs, Staged } from './by-hand.js';
import type { FaultTest } from './fault-test.js';
import { ALL_LINES, CUT_LINES, HeldLines, LINES_MM, NO_LINES, PRINT_MS } from './held-lines.js';
import { measurablesOf } from './measurables.js';
import { Measures } from './measures.js';
import { askStatus, isDeafOffline, StatusWords } from './status.js';

/** How long a fault that shows when the paper has to move may take to show. */
const SHOWS_MS = 5_000;
/** So long it is watched that nothing is printed. */
const HOLD_MS = 1_500;
/** How long an error must stay that waits for `DLE ENQ`, and how long that takes. */
const STAYS_MS = 500;
const PUSH_MS = 500;
/** A printer on which a fault shows later than this is no use to whoever waits for the ticket. */
const REPORTS_MS = 1_000;
const RECOVERS_MS = 2_000;
const LOOK_EVERY_MS = 50;
const PROVES_NOTHING = 'the printer proves nothing';

/** A phase of one fault that shows in the status: it comes, is seen, holds up what is sent, and goes. */
export function faultPhase(test: FaultTest): Phase {
  return {
    name: `fault.${test.item}`,
    title: test.title,
    needs: 'ready',
    limitMs: (_, bench) => handsMs(bench, 3) + (test.recoversInMs ?? 0) + 60_000,
    *run(bench) {
      const run = new FaultRun(bench, test);
      const why = run.idle ?? (yield* run.whole());
      if (why !== undefined) run.measures.skipRest(why);
    },
  };
}

/** Why nothing can be done at this printer; `undefined`: it can. */
export function whyIdle({ ground }: Bench, say: FaultTest['say']): string | undefined {
  if (ground.hands.idle !== undefined) return ground.hands.idle;
  return say === undefined && ground.faults === undefined ? 'no hand can do that safely' : undefined;
}

class FaultRun {
  readonly #bench: Bench;
  readonly #test: FaultTest;
  readonly #staged: Staged;
  readonly #shown: StatusWords;
  readonly #clear: StatusWords;
  readonly measures: Measures;
  /** It is to be seen in the status at all. */
  readonly #shows: boolean;

  constructor(bench: Bench, test: FaultTest) {
    const { profile } = bench;
    this.#bench = bench;
    this.#test = test;
    this.#staged = new Staged(bench, test.fault);
    const { sets, open }: FaultBits = FAULT_BITS[test.item];
    this.#shown = new StatusWords(profile, test.unseen?.(profile) === true ? NO_BITS : sets, open, test.stops);
    this.#clear = new StatusWords(profile, NO_BITS, open);
    // What changes nothing in the four bytes is not told either.
    const told = this.#shown.automatic !== this.#clear.automatic;
    this.#shows = told || this.#shown.realTime !== this.#clear.realTime;
    const limits = {
      status: this.#shown.realTime,
      reported: told ? this.#shown.automatic : 'silence',
      recovered: this.#clear.realTime,
      recoveryReported: told ? this.#clear.automatic : 'silence',
      lines: shouldCome(test),
      reportsInMs: REPORTS_MS + untilItShowsMs(test, profile),
      recoversInMs: test.recoversInMs ?? RECOVERS_MS,
    };
    this.measures = new Measures(bench, `fault.${test.item}`, measurablesOf(test, profile, limits));
  }

  get idle(): string | undefined {
    const why = this.#test.cannot?.(this.#bench.profile) ?? whyIdle(this.#bench, this.#test.say);
    if (this.#test.enquiry !== undefined && isDeafOffline(this.#bench.profile))
      return 'its line is stopped then (busyWhen), so no DLE ENQ reaches it';
    if (why !== undefined || this.#shows || this.#bench.ground.faults !== undefined) return why;
    return this.#unseen;
  }

  /** Why nothing tells of it. */
  get #unseen(): string {
    return answersRealTime(this.#bench.profile) ? 'this model has no sensor for it' : TELLS_NO_STATUS;
  }

  /** Gives why it could not be gone through to its end. */
  *whole(): Work<string | undefined> {
    const { line } = this.#bench;
    try {
      yield* this.#bench.proof(); // While it can.
      const lines = new HeldLines(this.#bench, this.#test.item);
      yield* this.#bench.ask(ASB_ON, 'asb', PUSH_MS);
      return (yield* this.#comes(lines)) ?? (yield* this.#goes(lines));
    } finally {
      this.#staged.giveBack();
      if (line.up) line.write(ASB_OFF);
    }
  }

  *#comes(lines: HeldLines): Work<string | undefined> {
    const { clock } = this.#bench;
    const { say, shownBy = 'nothing', title, stops } = this.#test;
    const mark = this.#bench.line.mark();
    const deed = { say: say?.begin ?? `The emulated printer: ${title}.`, act: this.#staged.begin };
    const waits = shownBy !== 'nothing';
    let shownAtMs: number | undefined;
    const look = this.#look(this.#shown, (atMs) => {
      shownAtMs = atMs;
    });
    const why = yield* byHand(this.#bench, deed, waits || (yield* look()) ? undefined : look);
    if (why !== undefined) return why;
    const sinceMs = waits ? clock.now() : this.#staged.begunAtMs;
    if (waits) {
      lines.send(shownBy === 'cut');
      for (const endMs = clock.now() + SHOWS_MS; clock.now() < endMs && !(yield* look()); )
        yield* this.#bench.wait(LOOK_EVERY_MS);
    }
    yield* this.#status('status', this.#shown);
    const pushed = yield* this.#pushed(this.#shown, mark);
    this.#time('report-time', sinceMs, earlier(shownAtMs, pushed.atMs));
    this.measures.measure('reported', pushed.words);
    if (this.measures.has('queued')) {
      const said = yield* this.#bench.ask(gsR(1), 'queued');
      this.measures.measure('queued', hex(said === undefined ? undefined : [said.reply.byte]));
    }
    if (!waits) lines.send(false);
    if (!stops) return undefined;
    yield* this.#bench.wait(HOLD_MS);
    const { confirmed, onPaper } = lines;
    const held = onPaper === undefined || onPaper === (shownBy === 'cut' ? ALL_LINES : NO_LINES);
    const note = onPaper === undefined ? undefined : `on the paper: ${onPaper}`;
    if (confirmed === undefined && onPaper === undefined) this.measures.skip('waits', PROVES_NOTHING);
    else this.measures.measure('waits', confirmed !== true && held, note);
    return undefined;
  }

  *#goes(lines: HeldLines): Work<string | undefined> {
    const { clock } = this.#bench;
    const { say, title, enquiry, recoversInMs = RECOVERS_MS } = this.#test;
    let mark = this.#bench.line.mark();
    const deed = { say: say?.end ?? `The emulated printer: no more ${title}.`, act: this.#staged.end };
    let clearAtMs: number | undefined;
    const look = this.#look(this.#clear, (atMs) => {
      clearAtMs = atMs;
    });
    // A fault that never showed does not show its end either: then somebody has to say so.
    const unseen = yield* look();
    const why = yield* byHand(this.#bench, deed, unseen || enquiry !== undefined ? undefined : look);
    if (why !== undefined) return why;
    if (unseen) clearAtMs = undefined;
    let sinceMs = this.#staged.endedAtMs;
    if (enquiry !== undefined) {
      yield* this.#bench.wait(STAYS_MS);
      const stayed = this.#shown.ofRealTime(yield* askStatus(this.#bench));
      if (answersRealTime(this.#bench.profile))
        this.measures.measure('remains', stayed !== this.#clear.realTime, stayed);
      else this.measures.skip('remains', TELLS_NO_STATUS);
      mark = this.#bench.line.mark();
      sinceMs = clock.now();
      this.#bench.line.write(Uint8Array.of(0x10, 0x05, enquiry));
    }
    for (const endMs = clock.now() + recoversInMs; clearAtMs === undefined && clock.now() < endMs; ) {
      yield* look();
      if (clearAtMs === undefined) yield* this.#bench.wait(LOOK_EVERY_MS);
    }
    yield* this.#status('recovered', this.#clear);
    const pushed = yield* this.#pushed(this.#clear, mark);
    this.#time('recover-time', sinceMs, earlier(clearAtMs, pushed.atMs));
    this.measures.measure('recovery-reported', pushed.words);
    yield* this.#after(lines);
    return undefined;
  }

  /** What was sent meanwhile, and whether the printer goes on as before. */
  *#after(lines: HeldLines): Work {
    if (this.#test.enquiry === 2) {
      yield* this.#bench.wait(HOLD_MS);
      const proof = yield* this.#bench.confirm(PRINT_MS);
      if ((yield* this.#bench.proof()) === 'none') this.measures.skip('checkpoint', PROVES_NOTHING);
      else this.measures.measure('checkpoint', proof !== undefined);
    } else if (lines.confirmed === undefined) {
      yield* this.#bench.wait(PRINT_MS);
      this.measures.skip('checkpoint', PROVES_NOTHING);
    } else this.measures.measure('checkpoint', yield* this.#bench.until(() => lines.confirmed === true, PRINT_MS));
    const seen = yield* lines.look(shouldCome(this.#test));
    if ('words' in seen) this.measures.measure('lines', seen.words);
    else this.measures.skip('lines', seen.unknown);
  }

  /** The status now. One that is not as it should be is said in words too: few know these bytes by heart. */
  *#status(part: 'status' | 'recovered', words: StatusWords): Work {
    const answers = yield* askStatus(this.#bench);
    const said = words.ofRealTime(answers);
    const note = said === words.realTime ? undefined : statusInWords(this.#bench.profile, answers);
    this.measures.measure(part, said, note);
  }

  #time(part: string, fromMs: number | undefined, toMs: number | undefined): void {
    if (this.#shows) this.measures.time(part, fromMs, toMs);
    else this.measures.skip(part, this.#unseen);
  }

  /** Something that looks whether the printer says so now, and tells since when. */
  #look(words: StatusWords, seen: (atMs: number) => void): () => Work<boolean> {
    const bench = this.#bench;
    return function* look() {
      const answers = yield* askStatus(bench);
      if (words.ofRealTime(answers) !== words.realTime) return false;
      if (answers !== undefined) seen(bench.line.heardAtMs);
      return true;
    };
  }

  /** What was pushed since: the status that should be, or else the last one. */
  *#pushed(words: StatusWords, mark: number): Work<{ readonly words: string; readonly atMs: number | undefined }> {
    const { line } = this.#bench;
    const found = () => words.pushed(line.all(mark, 'asb'));
    const shouldPush = words.automatic !== 'silence';
    yield* this.#bench.until(() => shouldPush && words.ofAutomatic(found()?.bytes) === words.automatic, PUSH_MS);
    return { words: words.ofAutomatic(found()?.bytes), atMs: found()?.atMs };
  }
}

/** How long the paper moves before a fault can show. */
function untilItShowsMs({ shownBy = 'nothing' }: FaultTest, profile: PrinterProfile): number {
  if (shownBy === 'nothing') return 0;
  const mm = LINES_MM + (shownBy === 'cut' ? (profile.headToCutterMm ?? 0) : 0);
  return (mm / profile.speedMmPerS) * 1_000;
}

function shouldCome({ enquiry, shownBy }: FaultTest): string {
  if (enquiry === 2) return NO_LINES;
  return shownBy === 'cut' ? CUT_LINES : ALL_LINES;
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
