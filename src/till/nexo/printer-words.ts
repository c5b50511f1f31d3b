import type { PrinterFault, PrinterStatus } from '../../ports/printer.js';
import type { ErrorCondition } from './message.js';

export type NexoPrinterStatus = 'OK' | 'PaperLow' | 'NoPaper' | 'PaperJam' | 'OutOfOrder';

const STATUS: Partial<Record<PrinterFault, NexoPrinterStatus>> = {
  'paper-out': 'NoPaper',
  // The printer's one bit for a blocked carriage: on most models a jam.
  'mechanical-error': 'PaperJam',
};

/** The printer as its driver knows it, in nexo's five words. */
export function printerStatus({ ready, faults, paperNearEnd }: PrinterStatus): NexoPrinterStatus {
  if (ready) return paperNearEnd ? 'PaperLow' : 'OK';
  return faultStatus(faults[0]);
}

export function faultStatus(fault: PrinterFault | undefined): NexoPrinterStatus {
  return (fault === undefined ? undefined : STATUS[fault]) ?? 'OutOfOrder';
}

/** Absent or mute is no device at all; anything else is one that is out of order until somebody mends it. */
export function faultCondition(fault: PrinterFault): ErrorCondition {
  if (fault === 'unprintable') return 'MessageFormat';
  if (fault === 'cancelled') return 'Aborted';
  return fault === 'link-lost' || fault === 'no-answer' ? 'UnavailableDevice' : 'DeviceOut';
}
