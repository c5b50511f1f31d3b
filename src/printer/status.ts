import type { PrinterFault, PrinterStatus } from '../ports/printer.js';

/** What one complete report of a printer says: an ASB, or the answers to `DLE EOT` 1 to 4. */
export interface Observation {
  /** The worst first; empty when it can print. */
  readonly faults: readonly PrinterFault[];
  readonly paperNearEnd: boolean;
  /** `DLE ENQ` 2 is needed once the cause is gone. */
  readonly recoverable: boolean;
}

interface Bits {
  offline: boolean;
  coverOpen: boolean;
  paperEnd: boolean;
  nearEnd: boolean;
  mechanical: boolean;
  cutter: boolean;
  unrecoverable: boolean;
  overheat: boolean;
}

/** No fault, and paper enough. */
export const ALL_WELL: Observation = { faults: [], paperNearEnd: false, recoverable: false };
const WELL_NEAR_END: Observation = { faults: [], paperNearEnd: true, recoverable: false };

/** The answers to `DLE EOT` 1 to 4, in this order (TM-U220, SRP-350, CT-S2000, TP80K manuals). */
export function fromRealtime(n1: number, n2: number, n3: number, n4: number): Observation {
  return observe({
    offline: (n1 & 0x08) !== 0,
    coverOpen: (n2 & 0x04) !== 0,
    paperEnd: (n4 & 0x60) !== 0 || (n2 & 0x20) !== 0,
    nearEnd: (n4 & 0x0c) !== 0,
    mechanical: (n3 & 0x04) !== 0,
    cutter: (n3 & 0x08) !== 0,
    unrecoverable: (n3 & 0x20) !== 0,
    overheat: (n3 & 0x40) !== 0,
  });
}

/** The first three bytes of an automatic status. */
export function fromAsb(b1: number, b2: number, b3: number): Observation {
  return observe({
    offline: (b1 & 0x08) !== 0,
    coverOpen: (b1 & 0x20) !== 0,
    paperEnd: (b3 & 0x0c) !== 0,
    nearEnd: (b3 & 0x03) !== 0,
    mechanical: (b2 & 0x04) !== 0,
    cutter: (b2 & 0x08) !== 0,
    unrecoverable: (b2 & 0x20) !== 0,
    overheat: (b2 & 0x40) !== 0,
  });
}

function observe(bits: Bits): Observation {
  const faults: PrinterFault[] = [];
  if (bits.unrecoverable) faults.push('unrecoverable-error');
  if (bits.mechanical) faults.push('mechanical-error');
  if (bits.cutter) faults.push('cutter-error');
  if (bits.paperEnd) faults.push('paper-out');
  if (bits.coverOpen) faults.push('cover-open');
  if (bits.overheat) faults.push('overheat');
  if (bits.offline && faults.length === 0) faults.push('offline');
  if (faults.length === 0) return bits.nearEnd ? WELL_NEAR_END : ALL_WELL;
  return { faults, paperNearEnd: bits.nearEnd, recoverable: bits.mechanical || bits.cutter };
}

/** True when there is nothing to tell anyone. */
export function sameStatus(a: PrinterStatus, b: PrinterStatus): boolean {
  return (
    a.ready === b.ready &&
    a.paperNearEnd === b.paperNearEnd &&
    a.life === b.life &&
    a.model === b.model &&
    a.proof === b.proof &&
    a.problem === b.problem &&
    a.faults.length === b.faults.length &&
    a.faults.every((fault, i) => fault === b.faults[i])
  );
}
