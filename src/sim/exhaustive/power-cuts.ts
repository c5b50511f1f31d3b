import type { Operation } from './operations.js';
import type { SingleFault } from './single-fault.js';

const CUT = 'terminal.power-cut';
/** Long enough for what is on its way to arrive at nobody. */
const AWAY_MS = 5_000;
/** A prime, so that the bits that rot lie all over the journal. */
const BETWEEN_BITS = 7_919;

/** What the flash can keep. Where everything is durable it keeps everything. */
const KEPT = ['lost', 'kept', 'torn'] as const;

/**
 * The power goes at this operation, and comes back at once: with each thing that the flash can keep.
 */
export function* powerCuts({ when, name, unsynced }: Operation): Generator<SingleFault> {
  const at = `power cut at ${name}`;
  if (!unsynced) yield { id: at, record: { fault: CUT, when } };
  else for (const kept of KEPT) yield { id: `${at}, ${kept}`, record: { fault: CUT, when, unsynced: kept } };
}

/** The same, and one bit of the journal rots; which one goes by the number of the operation. */
export function rottingCut({ when, name, unsynced }: Operation, nth: number): SingleFault {
  const kept = unsynced ? { unsynced: 'kept' } : {};
  return {
    id: `power cut at ${name}, a bit rots`,
    record: { fault: CUT, when, ...kept, rotBit: nth * BETWEEN_BITS },
  };
}

/** The same, and the power stays away for a while. */
export function longPowerCut({ when, name, unsynced }: Operation): SingleFault {
  const kept = unsynced ? { unsynced: 'kept' } : {};
  return { id: `power cut at ${name}, ${AWAY_MS} ms`, record: { fault: CUT, when, offMs: AWAY_MS, ...kept } };
}
