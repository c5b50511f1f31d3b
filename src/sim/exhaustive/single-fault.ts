import type { FaultRecord } from '../../faults/fault.js';

/** A fault that a case adds to a fixture. */
export interface SingleFault {
  /** In words, that tell it from every other one that is added to the same fixture. */
  readonly id: string;
  readonly record: FaultRecord;
}
