import type { PrinterProfile } from '../ports/device.js';
import type { BootDevice } from '../terminal/journal/record.js';
import type { TerminalOptions } from '../terminal/terminal.js';

/** What the journal says of the printer: a verdict needs to know how it inks. */
function bootDevice({ id, ribbon }: PrinterProfile): BootDevice {
  if (ribbon === undefined) return { id, technology: 'thermal' };
  return { id, technology: 'impact', ribbonSensor: ribbon.sensor };
}

/** A printer without Chinese would print a row of question marks for it. */
function inEnglish(options: TerminalOptions): TerminalOptions {
  const { policy } = options;
  return { ...options, policy: { ...policy, ticket: { ...policy.ticket, lang: 'en' } } };
}

/** What a terminal with this printer is to know of it. */
export function withPrinter(options: TerminalOptions, profile: PrinterProfile): TerminalOptions {
  return { ...(profile.cjk === 'none' ? inEnglish(options) : options), device: bootDevice(profile) };
}
