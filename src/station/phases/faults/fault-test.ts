import type { FaultRecord } from '../../../faults/fault.js';
import type { PrinterProfile } from '../../../ports/device.js';
import type { ShownFault } from '../../fault-bits.js';

/** One fault as the station tests it: what is asked, and what the manuals say that is to be seen of it. */
export interface FaultTest {
  /** The phase is called `fault.<item>`. */
  readonly item: ShownFault;
  readonly title: string;
  /** Why a printer of that model cannot have it; `undefined`: it can. */
  readonly cannot?: (profile: PrinterProfile) => string | undefined;
  /** What a person is asked to do. Absent: no hand can do it safely, so only the emulated printer does. */
  readonly say?: { readonly begin: string; readonly end: string };
  /** What the emulated printer does to itself. It ends by being cleared. */
  readonly fault: FaultRecord;
  /** What shows the fault: nothing, lines that have to move the paper, or a cut. Default `nothing`. */
  readonly shownBy?: 'nothing' | 'lines' | 'cut';
  /** A printer of that model has no sensor for it, so nothing shows. Default: it has. */
  readonly unseen?: (profile: PrinterProfile) => boolean;
  /** Nothing is printed while it lasts. */
  readonly stops: boolean;
  /** It ends only by this `DLE ENQ`, after its cause is gone: 1 prints what was held, 2 forgets it. */
  readonly enquiry?: 1 | 2;
  /** How long recovery may take by itself. Default: 2 seconds. */
  readonly recoversInMs?: number;
}
