import type { Clock, Timer } from '../ports/clock.js';
import type { PrinterProfile } from '../ports/device.js';
import type { Proof } from '../ports/printer.js';
import { processIdRequest } from './commands.js';
import type { PrinterLine } from './line.js';
import type { DriverOptions } from './options.js';
import type { ProcessIds } from './process-ids.js';
import type { Observation } from './status.js';

export interface ProverParts {
  readonly clock: Clock;
  readonly line: PrinterLine;
  readonly profile: PrinterProfile;
  readonly options: DriverOptions;
  readonly ids: ProcessIds;
  found(proof: Proof | 'none'): void;
  /** The printer has a fault, or holds the line, or fell silent: to be begun again when it is well. */
  gaveUp(): void;
}

/** From the strongest to the weakest. */
const PROOFS: readonly Proof[] = ['GS ( H', 'GS r', 'DLE EOT'];
/** A byte of a question may get lost: nothing is concluded from one that stays unanswered. */
const ATTEMPTS = 2;

/**
 * Finds out by what a printer proves that it has printed, while it is idle and well: what its profile says is tried first,
 * and what stays unanswered, though the printer says that all is well, gives way to the next weaker one. More than the
 * profile says is never tried, since what a printer does not know it may print.
 *
 * A question that lost a byte can leave the printer waiting for thousands of parameters, and it would take a whole ticket
 * for them while `DLE EOT` shows no fault. So its buffers are cleared before the next attempt; and `DLE EOT` is taken for a
 * proof only when the printer was seen to get on with its commands: it names itself, or tells its status when that is
 * switched on. One that can do neither has to have a profile that says so.
 */
export class Prover {
  readonly #parts: ProverParts;
  readonly #proofs: readonly Proof[];
  #running = false;
  #step = 0;
  #attempts = 0;
  #ids: number[] = [];
  #timer: Timer;
  /** A question stayed unanswered: is the printer well? */
  #checking = false;
  /** Its buffers are being cleared before the next attempt. */
  #clearing = false;
  /** It can show that it gets on with its commands, though not when. */
  readonly #showsLife: boolean;

  constructor(parts: ProverParts) {
    this.#parts = parts;
    const { checkpoint, status } = parts.profile;
    this.#proofs = checkpoint === 'none' ? [] : PROOFS.slice(PROOFS.indexOf(checkpoint));
    const noQueued = status?.answersQueued === false && checkpoint !== 'GS r';
    if (noQueued) this.#proofs = this.#proofs.filter((proof) => proof !== 'GS r');
    // The status is switched off where GS r proves: its lone answers could be taken for the rest of one.
    const tellsStatus = status?.automatic !== 'never' && checkpoint !== 'GS r';
    this.#showsLife = status?.answersIdentity !== false || tellsStatus;
  }

  get running(): boolean {
    return this.#running;
  }

  /**
   * Begins, unless it is at work, with the strongest or with the one that was found before. Ends in `found` or `gaveUp`,
   * which may be called from inside.
   */
  begin(before?: Proof | 'none'): void {
    if (this.#running) return;
    this.#running = true;
    this.#step = before === undefined || before === 'none' ? 0 : Math.max(this.#proofs.indexOf(before), 0);
    this.#attempts = 0;
    this.#ids = [];
    this.#ask();
  }

  stop(): void {
    this.#running = false;
    this.#checking = false;
    this.#clearing = false;
    this.#parts.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  // The line tells.

  observed(observation: Observation, asked: boolean): void {
    if (!asked && this.#running) {
      // A fault tells its status by itself: that shows nothing, and nothing is carried out while it lasts.
      if (observation.faults.length > 0) this.#giveUp();
      else this.#live();
    }
    if (!this.#checking || !asked) return;
    this.#checking = false;
    if (observation.faults.length > 0 || this.#parts.line.held) {
      this.#giveUp();
      return;
    }
    if (this.#attempts >= ATTEMPTS) {
      this.#step++;
      this.#attempts = 0;
    }
    const { line } = this.#parts;
    if (line.clears) {
      this.#clearing = true;
      line.clear();
    } else {
      line.write(line.flushBytes);
      this.#ask();
    }
  }

  cleared(): void {
    if (!this.#clearing) return;
    this.#clearing = false;
    this.#ask();
  }

  /** It has said its name. */
  named(): void {
    this.#live();
  }

  silent(): void {
    if (this.#running) this.#giveUp();
  }

  /** True when this was asked for here; an answer that came too late counts too. */
  processId(id: number): boolean {
    if (!this.#ids.includes(id)) return false;
    this.#carriedOut('GS ( H');
    return true;
  }

  /** True when it was asked for here: then it answers no block of a job, also of one that begins because of it. */
  queuedStatus(): boolean {
    if (!this.#running || this.#proofs[this.#step] !== 'GS r') return false;
    this.#carriedOut('GS r');
    return true;
  }

  /** It gets on with its commands. */
  #live(): void {
    if (this.#running && this.#proofs[this.#step] === 'DLE EOT') this.#carriedOut('DLE EOT');
  }

  /** It has carried out what was asked for here. Where `GS r` answers are missing, this one may be to a question of before. */
  #carriedOut(proof: Proof): void {
    const { line } = this.#parts;
    if (line.held && proof === 'GS r' && line.openQuestions > 0) return;
    line.endPause();
    this.#found(proof);
  }

  #ask(): void {
    const { clock, line, profile, options, ids } = this.#parts;
    const proof = this.#proofs[this.#step];
    if (proof === undefined) {
      this.#found('none');
      return;
    }
    if (proof === 'DLE EOT' && !this.#showsLife) {
      this.#found(profile.checkpoint === 'DLE EOT' ? proof : 'none');
      return;
    }
    this.#attempts++;
    if (proof === 'DLE EOT') {
      line.setUp();
    } else if (proof === 'GS r') {
      line.askQueued();
    } else {
      const id = ids.next();
      this.#ids.push(id);
      line.write(processIdRequest(id));
    }
    const limitMs = options.answerTimeoutMs + line.connection.wireLeftMs;
    this.#timer = clock.setTimeout(() => {
      this.#checking = true;
      line.ask(true);
    }, limitMs);
  }

  #found(proof: Proof | 'none'): void {
    this.stop();
    this.#parts.found(proof);
  }

  #giveUp(): void {
    this.stop();
    this.#parts.gaveUp();
  }
}
