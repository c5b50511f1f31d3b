import type { Finding, JournalRecord } from '../../../terminal/journal/record.js';

/** What can become of each finding. `boot`: the power went before anything else did. */
const BECOMES: Readonly<Record<Finding, readonly string[]>> = {
  'never-sent': ['not-paid', 'boot'],
  ask: ['paid', 'not-paid', 'reversed', 'cancel', 'boot'],
  reverse: ['not-paid', 'reversed', 'unresolved', 'boot'],
  guard: ['paid', 'not-paid', 'reversed', 'boot'],
  print: ['original', 'copy', 'cancel', 'digital', 'declined', 'left', 'boot'],
  reprint: ['copy', 'cancel', 'digital', 'declined', 'left', 'boot'],
  left: ['not known'],
  digital: ['digital', 'copy', 'declined', 'left', 'boot'],
};

/** Every way through a recovery, by `finding > what became of it`. */
export const RECOVERY_PATHS: readonly string[] = Object.entries(BECOMES).flatMap(([finding, all]) =>
  all.map((became) => `${finding} > ${became}`),
);

/**
 * Follows what becomes of each thing that a boot finds open: the first record about the sale that settles it or takes it
 * further, or the next boot, if the power goes before.
 */
export class RecoveryWatch {
  readonly #walked: (path: string) => void;
  readonly #open = new Map<string, Finding>();

  constructor(walked: (path: string) => void) {
    this.#walked = walked;
  }

  hear(record: JournalRecord): void {
    if (record.kind === 'boot') {
      for (const finding of this.#open.values()) this.#walked(`${finding} > boot`);
      this.#open.clear();
      for (const { saleId, finding } of record.found) this.#open.set(saleId, finding);
      return;
    }
    if (this.#open.size === 0 || record.saleId === undefined) return;
    const finding = this.#open.get(record.saleId);
    const became = finding === undefined ? undefined : becameOf(record, finding);
    if (became === undefined) return;
    this.#open.delete(record.saleId);
    this.#walked(`${finding} > ${became}`);
  }
}

/** In a word what a record makes of a sale that was found open, if it decides something. */
function becameOf(record: JournalRecord, finding: Finding): string | undefined {
  switch (record.kind) {
    case 'payment':
      return record.fact;
    case 'print-intent':
      return record.copy === 0 ? 'original' : 'copy';
    case 'cancel-intent':
      return 'cancel';
    case 'unresolved':
      return 'unresolved';
    case 'ticket-left':
      return 'left';
    case 'ticket-declined':
      return 'declined';
    case 'ticket-digital':
      return 'digital';
    case 'ticket-seen':
      return `seen ${record.seen}`;
    case 'print-result':
      // Of one that is printed again it only says that the first one was cut short.
      return finding === 'left' ? 'not known' : undefined;
    default:
      return undefined;
  }
}
