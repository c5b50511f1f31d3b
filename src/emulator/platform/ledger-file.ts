import { PaperjamError } from '../../base/errors.js';
import type { Storage } from '../../ports/storage.js';
import { type LedgerRecord, ledgerRecord } from './ledger-record.js';

const NEWLINE = 0x0a;
const encoder = new TextEncoder();

/** The record as a line of the ledger's file. */
export function encodeRecord(record: LedgerRecord): Uint8Array {
  return encoder.encode(`${JSON.stringify(record)}\n`);
}

/**
 * Hands every record of the file to `replay`, in order. A torn last line was never synced, so nobody was told of it: it
 * is cut off. Anything else that cannot be read or replayed is refused with `PJ_LEDGER_CORRUPT`, which names the line.
 */
export function replayLedger(storage: Storage, replay: (record: LedgerRecord) => void): void {
  const bytes = storage.read();
  const wholeLength = bytes.lastIndexOf(NEWLINE) + 1;
  if (wholeLength < bytes.length) storage.truncate(wholeLength);
  const lines = new TextDecoder().decode(bytes.subarray(0, wholeLength)).split('\n');
  lines.pop(); // What follows the last newline.
  for (const [index, line] of lines.entries()) {
    try {
      replay(ledgerRecord.parse(JSON.parse(line)));
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message.replaceAll(/\s+/g, ' ') : String(cause);
      throw new PaperjamError('PJ_LEDGER_CORRUPT', { address: storage.address, line: index + 1, problem }, { cause });
    }
  }
}
