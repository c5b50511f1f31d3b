import type { LinkLoss } from '../ports/link.js';
import type { Observation } from './status.js';

/** Who is told what the printer at the other end says. */
export interface LineListener {
  lineUp(): void;
  lineDown(loss: LinkLoss): void;
  /** A complete report; `asked`: it answers a question put by `ask`. */
  observed(observation: Observation, asked: boolean): void;
  /** A question was not answered in time; `heard`: something else came back meanwhile. */
  silent(heard: boolean): void;
  /** `clear` is over; `confirmed`: the printer said so. */
  cleared(confirmed: boolean): void;
  processId(id: number): void;
  /** `early`: it came in together with what made the driver put the question, so it is the answer to another one. */
  queuedStatus(byte: number, early: boolean): void;
  /** What may have been an answer to `GS r`, or anything else. */
  doubtfulStatus(): void;
  model(name: string): void;
  /** XON or XOFF came: see `held`. */
  flow(): void;
  /** XON came though it had not asked for a pause: so printers say that they were switched on. */
  restarted(): void;
}
