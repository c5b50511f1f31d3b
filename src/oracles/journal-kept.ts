import { isPageRecord, type JournalRecord } from '../terminal/journal/record.js';
import { PAGE_JOB } from '../terminal/page-jobs.js';
import { SELF_TEST_JOB } from '../terminal/self-test.js';
import type { StoredJournal } from './journal-seen.js';
import type { Oracle, Report } from './oracle.js';
import type { Sight } from './sight.js';

/** A bit of the journal that is not as it was acknowledged. */
interface Flip {
  readonly byte: number;
  readonly bit: number;
}

/**
 * What the journal acknowledged survives every power cut, byte for byte and in order, and its chain proves it; and what
 * the terminal does stands in it before it is done: the intent before the request leaves, the job before the printer's
 * driver has it.
 *
 * Flash rots, which is no mistake of the terminal; but it has to say so: a bit that the hash of its record puts right is
 * named by the boot that read it, and more than that is damage, which the chain shows and nobody builds on.
 */
export function journalKept({ journal }: Sight, report: Report): Oracle {
  /** What the boot that is under way has found, and has to name. */
  let toName: readonly Flip[] = [];

  const check = ({ bytes: stored, proved }: StoredJournal): readonly Flip[] => {
    const bytes = journal.bytes();
    const flips = differences(bytes, stored);
    const { records, damage } = proved;
    const gone = journal.records.find((record, i) => records[i]?.hash !== record.hash);
    if (stored.length < bytes.length) {
      const lost = journal.records[countLines(bytes, stored.length)];
      const actual = `${bytes.length - stored.length} bytes of it are gone, from ${named(lost)} on`;
      report({ expected: 'what the journal acknowledged survives', actual });
    } else if (gone !== undefined && damage === undefined) {
      const actual = `${named(gone)} is another one now: ${named(records[gone.seq - 1])}`;
      report({ expected: 'what the journal acknowledged survives', actual });
    } else if (damage !== undefined && flips.length === 0) {
      report({ expected: "the journal's chain is intact", actual: damage.message });
    }
    return damage === undefined ? flips : [];
  };

  /** Behind a boot that was named rotten bits. */
  const checkMended = (record: Extract<JournalRecord, { kind: 'boot' }>) => {
    const said = record.mended ?? [];
    const silent = toName.filter((flip) => !said.some(({ byte, bit }) => byte === flip.byte && bit === flip.bit));
    toName = [];
    if (silent.length === 0) return;
    const actual = `nothing is said of ${silent.map(({ byte, bit }) => `byte ${byte}, bit ${bit}`).join('; ')}`;
    report({ expected: 'a boot names the rotten bits that it put right', actual });
  };

  /** What was settled since needs an intent anew. */
  const isIntended = (call: 'authorize' | 'cancel', saleId: string) => {
    const records = journal.page(saleId)?.records ?? [];
    return records.findLast(({ kind }) => kind === INTENTS[call] || kind === 'payment')?.kind === INTENTS[call];
  };

  return {
    booted(stored) {
      toName = startsWith(stored.bytes, journal.bytes()) ? [] : check(stored);
    },
    recorded(record) {
      if (record.kind === 'boot') checkMended(record);
    },
    lost(records) {
      const actual = `${records.map(named).join(', ')} ${records.length === 1 ? 'is' : 'are'} gone`;
      report({ expected: 'what the journal acknowledged survives', actual });
    },
    requested(call, saleId) {
      if (call === 'query' || isIntended(call, saleId)) return;
      const expected = `the intent is durable before a request to ${call} leaves`;
      report({ saleId, expected, actual: `the journal has none of ${saleId}` });
    },
    handed({ jobId }) {
      const begun = (record: JournalRecord) =>
        (record.kind === 'print-intent' || (isPageRecord(record) && record.phase === 'begun')) &&
        record.jobId === jobId;
      if (journal.records.findLast(begun) !== undefined) return;
      const what = jobId.startsWith(SELF_TEST_JOB) || jobId.startsWith(PAGE_JOB) ? 'a page' : 'a ticket';
      report({ expected: `${what} stands in the journal before the printer gets it`, actual: `${jobId} does not` });
    },
    ended(stored) {
      if (stored !== undefined) check(stored);
    },
  };
}

const INTENTS = { authorize: 'authorize-intent', cancel: 'cancel-intent' } as const;

/** Of the bytes that both have. */
function differences(acknowledged: Buffer, stored: Uint8Array): Flip[] {
  if (startsWith(stored, acknowledged)) return [];
  const flips: Flip[] = [];
  for (let byte = 0; byte < Math.min(acknowledged.length, stored.length); byte++) {
    const difference = (acknowledged[byte] ?? 0) ^ (stored[byte] ?? 0);
    for (let bit = 0; bit < 8; bit++) if (difference & (1 << bit)) flips.push({ byte, bit });
  }
  return flips;
}

function startsWith(stored: Uint8Array, acknowledged: Buffer): boolean {
  return acknowledged.equals(stored.subarray(0, acknowledged.length));
}

function countLines(bytes: Buffer, length: number): number {
  return bytes.subarray(0, length).filter((byte) => byte === 0x0a).length;
}

function named(record: JournalRecord | undefined): string {
  if (record === undefined) return 'nothing';
  const saleId = 'saleId' in record ? record.saleId : undefined;
  return `record ${record.seq} (${record.kind}${saleId === undefined ? '' : ` of ${saleId}`})`;
}
