import type { Acquirer } from '../ports/acquirer.js';
import type { Printer, PrintJob } from '../ports/printer.js';
import type { TerminalWatcher } from '../terminal/terminal.js';

/** What a terminal asks a platform. */
export type PlatformCall = 'authorize' | 'query' | 'cancel';

/** What a watcher of a world hears: the terminal, each of its boots, and what leaves it, in the moment before it does. */
export interface WorldWatcher extends TerminalWatcher {
  /** A terminal has been made: it has read its journal, and has done nothing yet. */
  boot?(): void;
  /** A request goes out to the platform. */
  request?(call: PlatformCall, orderNo: string): void;
  /** A job goes to the printer's driver: from here on bytes of it may be on the line. */
  job?(job: PrintJob): void;
}

type Tell = (each: (watcher: WorldWatcher) => void) => void;

/** The same acquirer, heard. */
export function watchedAcquirer(inner: Acquirer, tell: Tell): Acquirer {
  return {
    ...inner,
    authorize: (request, done) => {
      tell((watcher) => watcher.request?.('authorize', request.orderNo));
      inner.authorize(request, done);
    },
    query: (orderNo, done) => {
      tell((watcher) => watcher.request?.('query', orderNo));
      inner.query(orderNo, done);
    },
    cancel: (orderNo, done) => {
      tell((watcher) => watcher.request?.('cancel', orderNo));
      inner.cancel(orderNo, done);
    },
  };
}

/** The same printer, heard. */
export function watchedPrinter(inner: Printer, tell: Tell): Printer {
  return {
    print: (job, done) => {
      tell((watcher) => watcher.job?.(job));
      inner.print(job, done);
    },
    check: (ticket) => inner.check(ticket),
    cancel: (jobId) => inner.cancel(jobId),
    status: () => inner.status(),
    counters: () => inner.counters(),
    watch: (listener) => inner.watch(listener),
    close: () => inner.close(),
  };
}
