import { type ReadJournal, readJournal } from '../terminal/journal/chain.js';
import { placesIn, readJournalFile } from '../world/data-folder.js';
import { mendText } from './words.js';

/** Reads a terminal's journal without holding it: the terminal may be at work. Throws `PJ_JOURNAL_CHANGED`, `PJ_STORAGE_OPEN`. */
export function openJournal(data: string): ReadJournal & { readonly file: string } {
  const { journal: file } = placesIn(data);
  return { ...readJournal(readJournalFile(data), file), file };
}

export function journal({ data, verify }: { data: string; verify?: boolean }): void {
  const { records, torn, mended, file } = openJournal(data);
  if (verify !== true) {
    for (const record of records) process.stdout.write(`${JSON.stringify(record)}\n`);
    return;
  }
  const last = records.at(-1);
  const end =
    last === undefined ? 'it is empty' : `the last is #${last.seq} of ${last.at}, hash ${last.hash.slice(0, 16)}…`;
  process.stdout.write(`${file}: ${records.length} records, the chain holds; ${end}\n`);
  for (const mend of mended) process.stdout.write(`  ${mendText(mend).en}\n`);
  if (torn !== undefined) {
    const bytes = Buffer.byteLength(torn, 'latin1');
    process.stdout.write(`  and ${bytes} bytes of a record under way, or torn by a power cut: never acknowledged\n`);
  }
}
