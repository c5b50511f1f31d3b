/** Bits of the answers to `DLE EOT` 1 to 4, and of the four bytes of Automatic Status Back. */
export interface Bits {
  readonly realTime: readonly [number, number, number, number];
  readonly automatic: readonly [number, number, number, number];
}

/** What the manuals say that a fault sets. */
export interface FaultBits {
  readonly sets: Bits;
  /** Bits that may be this or that meanwhile. */
  readonly open?: Bits;
}

const NONE = [0, 0, 0, 0] as const;
export const NO_BITS: Bits = { realTime: NONE, automatic: NONE };

/**
 * What waits for `DLE ENQ` may say so in a bit of its own (DLE EOT 1 bit 5, ASB byte 2 bit 0), which newer models have and
 * older ones have not.
 */
const WAITING_FOR_RECOVERY: Bits = { realTime: [0x20, 0, 0, 0], automatic: [0, 0x01, 0, 0] };

/** No status has a bit for a jam: it is a mechanical (recoverable) error. */
const MECHANICAL_ERROR: FaultBits = {
  sets: { realTime: [0x08, 0x40, 0x04, 0], automatic: [0x08, 0x04, 0, 0] },
  open: WAITING_FOR_RECOVERY,
};

/**
 * By fault. Sources: the status tables of the TM-T88III, TM-U220, SRP-350 and CT-S2000 manuals. A printer with a near-end
 * sensor may say near end too when there is no paper at all; they leave that open. A cover that is opened while something
 * is printed counts as an error that clears by itself (TM-T88III specification, DLE EOT 3). The bit of the mechanical error
 * is one that this specification leaves undefined, and that newer ones name: a printer without it does not show a jam.
 */
export const FAULT_BITS = {
  'paper-near-end': { sets: { realTime: [0, 0, 0, 0x0c], automatic: [0, 0, 0x03, 0] } },
  'paper-out': {
    sets: { realTime: [0x08, 0x20, 0, 0x60], automatic: [0x08, 0, 0x0c, 0] },
    open: { realTime: [0, 0, 0, 0x0c], automatic: [0, 0, 0x03, 0] },
  },
  'cover-open': {
    sets: { realTime: [0x08, 0x04, 0, 0], automatic: [0x28, 0, 0, 0] },
    open: { realTime: [0, 0x40, 0x40, 0], automatic: [0, 0x40, 0, 0] },
  },
  jam: MECHANICAL_ERROR,
  'jam-discarded': MECHANICAL_ERROR,
  cutter: {
    sets: { realTime: [0x08, 0x40, 0x08, 0], automatic: [0x08, 0x08, 0, 0] },
    open: WAITING_FOR_RECOVERY,
  },
  overheat: { sets: { realTime: [0x08, 0x40, 0x40, 0], automatic: [0x08, 0x40, 0, 0] } },
  offline: { sets: { realTime: [0x08, 0, 0, 0], automatic: [0x08, 0, 0, 0] } },
} as const satisfies Readonly<Record<string, FaultBits>>;

/** A fault that shows in the status. */
export type ShownFault = keyof typeof FAULT_BITS;
