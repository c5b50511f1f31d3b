import type { Wallet } from '../ports/acquirer.js';
import type { Recovery, TerminalInput } from './context.js';
import { digitalTicketOf } from './digital.js';
import { fingerprint } from './fingerprint.js';
import type { Journal } from './journal/journal.js';
import { openPages } from './page-jobs.js';
import { findUnfinishedPaper } from './recovery.js';
import type { TerminalOptions, TerminalPorts } from './terminal-ports.js';

/** What the machine begins with at a boot. */
export function terminalInput(
  ports: TerminalPorts,
  options: TerminalOptions,
  { opened, torn, mended }: Journal,
  found: readonly Recovery[],
): TerminalInput {
  const { clock, digital } = ports;
  return {
    ...options,
    wallets: walletsOf(ports),
    found,
    unfinishedPaper: findUnfinishedPaper(opened),
    pagesCutShort: openPages(opened),
    torn,
    mended,
    configuration: fingerprint(options),
    now: () => clock.now(),
    digitalUrl: digital === undefined ? undefined : (sale) => digital.urlOf(digitalTicketOf(sale, options.merchant)),
  };
}

export function walletsOf({ acquirers }: Pick<TerminalPorts, 'acquirers'>): Wallet[] {
  return Object.keys(acquirers) as Wallet[]; // The keys of a record of wallets.
}
