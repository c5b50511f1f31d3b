/**
 * The part of a journal that speaks of one sale, with its place in the chain. A line is one of three:
 *
 * - a record as it stands in the journal, whole: its hash is that of its text, and its text names the hash before it;
 * - a record in which a payment code was masked, marked by `"masked"`: it names the hash before it and its own, and says
 *   the rest on the word of whoever signed;
 * - `{"seq":9,"to":11,"hash":"…"}`: records of other sales. Each hash stands for all records before it too, so the hash
 *   of the last one stands for the whole run.
 *
 * It begins with the boot before the sale and goes up to the journal's end, so that it fits to the journal itself, and to
 * every other extract, at each of its hashes.
 */
import { z } from 'zod';
import { PaperjamError } from '../base/errors.js';
import { GENESIS, readJournal, readLine } from '../terminal/journal/chain.js';
import type { JournalRecord } from '../terminal/journal/record.js';
import { maskCode } from '../terminal/payment-code.js';
import { masked } from '../world/masking.js';

export interface Extract {
  readonly lines: readonly string[];
  readonly head: { readonly seq: number; readonly hash: string };
}

export interface ExtractOptions {
  readonly content: Uint8Array;
  readonly address: string;
  readonly saleId: string;
  /** Records stay whole, with the payment codes in them. */
  readonly withCodes: boolean;
}

/** Throws `PJ_JOURNAL_CHANGED`. The journal has to have the sale. */
export function extractOf({ content, address, saleId, withCodes }: ExtractOptions): Extract {
  const { records, goodBytes } = readJournal(content, address);
  const texts = Buffer.from(content.subarray(0, goodBytes)).toString().split('\n');
  const [from, to] = rangeOf(records, saleId);
  const lines: string[] = [];
  let runFrom: number | undefined;
  const endRun = (last: JournalRecord | undefined) => {
    if (runFrom !== undefined && last !== undefined)
      lines.push(JSON.stringify({ seq: runFrom, to: last.seq, hash: last.hash }));
    runFrom = undefined;
  };
  for (const [index, record] of records.entries()) {
    if (index < from) continue;
    if (record.kind === 'boot' ? index <= to : record.saleId === saleId) {
      endRun(records[index - 1]);
      lines.push(withCodes ? (texts[index] ?? '') : withoutCode(record, texts[index] ?? ''));
    } else runFrom ??= record.seq;
  }
  const head = records.at(-1);
  endRun(head);
  if (head === undefined) throw new Error(`${saleId} was looked for in an empty journal`);
  return { lines, head: { seq: head.seq, hash: head.hash } };
}

/** From the boot before the sale to the first boot behind it. */
function rangeOf(records: readonly JournalRecord[], saleId: string): [from: number, to: number] {
  const own = (record: JournalRecord) => record.kind !== 'boot' && record.saleId === saleId;
  const first = records.findIndex(own);
  const last = records.findLastIndex(own);
  if (first < 0) throw new Error(`${saleId} is not in the journal`);
  const before = records.slice(0, first).findLastIndex(({ kind }) => kind === 'boot');
  const behind = records.findIndex(({ kind }, index) => index > last && kind === 'boot');
  return [before < 0 ? first : before, behind < 0 ? records.length - 1 : behind];
}

function withoutCode(record: JournalRecord, text: string): string {
  const { seq, at, prev, hash, ...said } = record;
  const clean: object = Object.fromEntries(
    Object.entries(said).map(([name, value]) => [name, shown(record.kind, name, value)]),
  );
  const changed = Object.entries(clean).filter(([name, value]) => !same(value, Reflect.get(said, name)));
  if (changed.length === 0) return text;
  return JSON.stringify({ masked: changed.map(([name]) => name), seq, at, ...clean, prev, hash });
}

/** A platform's `code` is one of its words; every other was read by a scanner. */
function shown(kind: string, name: string, value: unknown): unknown {
  if (name === 'code' && kind !== 'platform-answer' && typeof value === 'string') return maskCode(value);
  return masked(value);
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** What an extract says once it is checked. */
export interface ReadExtract {
  /** Records of the sale and boots, masked ones too, in order. */
  readonly records: readonly JournalRecord[];
  readonly wholeRecords: number;
  readonly maskedRecords: number;
  /** The hash at each place of the journal that the extract names. */
  readonly hashes: ReadonlyMap<number, string>;
  readonly head: { readonly seq: number; readonly hash: string };
}

const HASH = z.string().regex(/^[0-9a-f]{64}$/);
const RUN = z.strictObject({ seq: z.int().min(1), to: z.int(), hash: HASH });
const MASKED = z.looseObject({
  masked: z.array(z.string()).min(1),
  seq: z.int().min(1),
  at: z.string(),
  kind: z.string(),
  prev: HASH,
  hash: HASH,
});
const FIRST = z.looseObject({ seq: z.int().min(1), prev: HASH });

/** Reads and checks an extract by itself. `changed` is told what does not fit, and must throw. */
export function readExtract(text: string, address: string, changed: (problem: string) => never): ReadExtract {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length === 0) changed('does not end with a line');
  const first = FIRST.safeParse(parse(lines[0] ?? '')).data ?? changed('does not begin with a record');
  let { seq, prev } = first;
  if (seq === 1 && prev !== GENESIS) changed('begins with a first record that names one before it');
  const records: JournalRecord[] = [];
  const hashes = new Map<number, string>([[seq - 1, prev]]);
  let maskedRecords = 0;
  for (const [index, line] of lines.entries()) {
    const value = parse(line);
    const run = RUN.safeParse(value).data;
    const hidden = MASKED.safeParse(value).data;
    const where = `line ${index + 1}`;
    if (run !== undefined) {
      if (run.seq !== seq || run.to < seq) changed(`leaves out or repeats records at ${where}`);
      seq = run.to;
      prev = run.hash;
    } else if (hidden !== undefined) {
      if (hidden.seq !== seq || hidden.prev !== prev) changed(`breaks the chain at ${where}`);
      const { masked: _, ...record } = hidden;
      records.push(record as unknown as JournalRecord); // As it was sealed, but for the code; the signature says so.
      maskedRecords++;
      prev = hidden.hash;
    } else {
      const record = readLine(Buffer.from(line), seq, prev, address);
      if (record instanceof PaperjamError) throw record;
      records.push(record);
      prev = record.hash;
    }
    hashes.set(seq, prev);
    seq++;
  }
  const wholeRecords = records.length - maskedRecords;
  return { records, wholeRecords, maskedRecords, hashes, head: { seq: seq - 1, hash: prev } };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
