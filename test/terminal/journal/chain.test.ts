import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Flash } from '../../../src/ground/flash.js';
import { GENESIS, proveJournal, readJournal, seal } from '../../../src/terminal/journal/chain.js';
import type { JournalEntry } from '../../../src/terminal/journal/record.js';
import { Bench, CODE, PAID, PRINTED } from '../bench.js';

const ENTRIES: JournalEntry[] = [
  { kind: 'boot', version: '1', terminalId: 'T01', found: [] },
  { kind: 'sale-opened', saleId: 'A', amountFen: 1_280, subject: '咖啡' },
  // Its `*` and `J` are one bit away from a line end.
  { kind: 'payment', saleId: 'A', fact: 'paid', by: 'authorize', tradeNo: '1', buyer: '159****J042' },
];

function journal(entries: readonly JournalEntry[] = ENTRIES): Buffer {
  let prev = GENESIS;
  const lines = entries.map((entry, i) => {
    const { record, line } = seal(entry, i + 1, 1_767_225_600_000 + i, prev);
    prev = record.hash;
    return line;
  });
  return Buffer.from(lines.join(''));
}

describe('the chain', () => {
  test('can be checked with nothing but SHA-256 and a text editor', () => {
    const lines = journal().toString().trimEnd().split('\n');
    let prev = '0'.repeat(64);
    for (const line of lines) {
      const [text, rest] = line.split(',"hash":"');
      expect(rest).toBe(
        `${createHash('sha256')
          .update(text ?? '')
          .digest('hex')}"}`,
      );
      expect(text).toContain(`"prev":"${prev}"`);
      prev = rest?.slice(0, 64) ?? '';
    }
    expect(lines[1]).toContain(
      '"at":"2026-01-01T00:00:00.001Z","kind":"sale-opened","saleId":"A","amountFen":1280,"subject":"咖啡"',
    );
  });

  test('any cut of the bytes leaves whole records and a torn end, and never an error', () => {
    const whole = journal();
    for (let length = 0; length <= whole.length; length++) {
      const { records, goodBytes, torn } = readJournal(whole.subarray(0, length), 'test');
      expect(goodBytes + Buffer.byteLength(torn ?? '', 'latin1')).toBe(length);
      const ends = whole.subarray(0, length).toString('latin1').split('\n').length - 1;
      const lacksOnlyItsEnd = length < whole.length && whole[length] === 0x0a;
      expect(records.length).toBe(lacksOnlyItsEnd ? ends + 1 : ends);
    }
  });

  test('one rotten bit, whichever it is, is found and put right, and the record named', () => {
    const whole = journal();
    const { records } = readJournal(whole, 'test');
    for (let at = 0; at < whole.length; at++) {
      const bit = at % 8;
      const rotten = Buffer.from(whole);
      rotten[at] = (rotten[at] ?? 0) ^ (1 << bit);
      const seq = whole.subarray(0, at).toString('latin1').split('\n').length;
      const read = readJournal(rotten, 'test');
      expect(read).toMatchObject({ records, mended: [{ seq, byte: at, bit }], torn: undefined, unended: false });
      expect(read.goodBytes).toBe(whole.length);
    }
  });

  test('one rotten bit in every record, and in every line end, is put right too', () => {
    const whole = journal();
    const rotten = Buffer.from(whole);
    for (let end = rotten.indexOf(0x0a); end !== -1; end = rotten.indexOf(0x0a, end + 1)) {
      rotten[end - 100] = (rotten[end - 100] ?? 0) ^ 4;
    }
    const { records, mended } = readJournal(rotten, 'test');
    expect(records).toEqual(readJournal(whole, 'test').records);
    expect(mended.map(({ seq, bit }) => [seq, bit])).toEqual([
      [1, 2],
      [2, 2],
      [3, 2],
    ]);
    const ends = Buffer.from(whole);
    for (let at = 0; at < ends.length; at++) if (ends[at] === 0x0a) ends[at] = 0x0b;
    expect(readJournal(ends, 'test').records).toEqual(records);
  });

  test('more than one changed bit in a record is found, the record named, and the records before it proved', () => {
    const whole = journal();
    const { records } = readJournal(whole, 'test');
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 60 }), (at, gap) => {
        const rotten = Buffer.from(whole);
        const other = at + gap;
        const lineOf = (offset: number) => whole.subarray(0, offset).toString('latin1').split('\n').length;
        fc.pre(other < whole.length && lineOf(at) === lineOf(other));
        for (const offset of [at, other]) rotten[offset] = (rotten[offset] ?? 0) ^ 1;
        const { damage, records: proved } = proveJournal(rotten, 'test');
        expect(damage?.code).toBe('PJ_JOURNAL_CHANGED');
        expect(damage?.data.sequence).toBe(lineOf(at));
        expect(proved).toEqual(records.slice(0, lineOf(at) - 1));
        expect(() => readJournal(rotten, 'test')).toThrow(damage);
      }),
    );
  });

  test('a last record whose text and line end have rotted is no torn one: its hash had been written', () => {
    const whole = journal();
    const rotten = Buffer.from(whole);
    for (const at of [whole.length - 1, whole.lastIndexOf('"prev"')]) rotten[at] = (rotten[at] ?? 0) ^ 1;
    const { damage, torn, records } = proveJournal(rotten, 'test');
    expect(damage?.message).toContain('its hash does not match its text');
    expect(torn).toBeUndefined();
    expect(damage?.data.sequence).toBe(records.length + 1);
  });

  test('a journal that is no journal, however large, is refused at once', () => {
    for (const content of [Buffer.alloc(1 << 20, 'x'), Buffer.alloc(1 << 20, '*}'), Buffer.alloc(1 << 20, '\n')]) {
      const { records, damage, torn } = proveJournal(content, 'test');
      expect(records).toEqual([]);
      expect(damage?.data.sequence ?? torn?.length).toBeGreaterThan(0);
    }
  });

  test.each([
    ['removed', (lines: string[]) => lines.filter((_, i) => i !== 1), 2],
    ['swapped', (lines: string[]) => [lines[1], lines[0], lines[2]], 1],
    ['repeated', (lines: string[]) => [lines[0], lines[0], lines[1]], 2],
  ])('a record that was %s is found, though each line is whole', (_, change, sequence) => {
    const lines = journal().toString().trimEnd().split('\n');
    const changed = Buffer.from(`${change(lines).join('\n')}\n`);
    expect(() => readJournal(changed, 'journal.jsonl')).toThrowError(`journal.jsonl was changed at record ${sequence}`);
  });
});

describe('a terminal', () => {
  test('boots from a journal with a torn tail, and keeps the torn bytes in its boot record', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push(PRINTED);
    bench.sell();
    bench.flash.append(Buffer.from('{"seq":7,"at":"2026-01-'));
    bench.powerCut('all');
    bench.clock.advance(1_000);
    const boot = Buffer.from(bench.flash.read()).toString().trimEnd().split('\n').at(-1) ?? '';
    expect(JSON.parse(boot)).toMatchObject({ seq: 7, kind: 'boot', torn: '{"seq":7,"at":"2026-01-' });
    expect(bench.terminal.sales()).toHaveLength(1);
  });

  test('takes a last record that lacks only its line end for what it is, and ends it', () => {
    const bench = new Bench();
    bench.authorizations.push('silent');
    bench.queries.push(PAID);
    bench.jobs.push(PRINTED);
    bench.terminal.sell(1_280, { code: CODE });
    bench.clock.advance(100);
    const content = bench.flash.read();
    bench.terminal.stop();
    bench.flash = new Flash(bench.clock, { content: content.subarray(0, content.length - 1) });
    bench.terminal = bench.boot(bench.flash);
    bench.clock.advance(1_000);
    expect(bench.done).toEqual(['authorize', 'query', 'print 1']);
    expect(bench.kinds().slice(2)).toEqual([
      'authorize-intent',
      'boot',
      'payment:paid',
      'print-intent:0',
      'print-result:printed',
    ]);
  });

  test('refuses to boot from a journal with a changed record, and names it', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push(PRINTED);
    bench.terminal.sell(1_280, { code: CODE });
    bench.clock.advance(1_000);
    const content = Buffer.from(bench.flash.read());
    for (const bit of [0, 1]) bench.flash.rot(content.indexOf('"amountFen":1280') + 13, bit);
    expect(() => bench.powerCut()).toThrowError(/changed at record 2: its hash does not match its text/);
  });
});
