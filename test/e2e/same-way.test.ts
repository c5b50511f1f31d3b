import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readJournal } from '../../src/terminal/journal/chain.js';
import type { JournalRecord } from '../../src/terminal/journal/record.js';
import type { Ended } from './program.js';
import { openShop } from './shop.js';

/** So that an answer that never comes is noticed soon on real wires; virtual time would not mind. */
const TIMINGS = { authorizeTimeoutMs: 3_000, queryTimeoutMs: 10_000, queryIntervalMs: 200 };

/** A record without what differs from run to run: times, hashes and identifiers. */
function bare(record: JournalRecord): object {
  const { seq, at: _at, prev: _prev, hash: _hash, ...entry } = record;
  const {
    saleId: _saleId,
    jobId,
    code: _code,
    tradeNo: _tradeNo,
    buyer: _buyer,
    paidAtMs: _paid,
    afterMs: _waited,
    ...rest
  } = {
    saleId: '',
    jobId: '',
    code: '',
    tradeNo: '',
    buyer: '',
    paidAtMs: 0,
    afterMs: 0,
    ...entry,
  };
  return { seq, ...rest, job: jobId.split('/')[1] };
}

function journalOf({ stdout }: Ended): object[] {
  const { files } = JSON.parse(stdout);
  return readJournal(readFileSync(files.journal), files.journal).records.map(bare);
}

describe('a sale on real wires and a sale in virtual time take the same way through the machine', () => {
  test.each([
    ['paid and printed', []],
    ['the customer is asked and never confirms', ['--wallet', 'never']],
    ['the answer is lost after the ledger has booked', ['--fault', 'platform.answer-lost']],
    ['the paper jams in the sixth line', ['--fault', 'printer.paper-jam']],
    ['no money', ['--wallet', 'no-money']],
  ])('%s', async (_, how) => {
    const shop = openShop({ timings: TIMINGS });
    const args = ['--amount', '12.80', '--json', ...how];
    const [real, virtual] = [await shop.run('sale', ...args), await shop.run('sale', '--virtual', ...args)];
    expect(journalOf(real)).toEqual(journalOf(virtual));
    expect(real.code).toBe(virtual.code);
    const { payment, ticket, cause, advice } = JSON.parse(real.stdout);
    expect(JSON.parse(virtual.stdout)).toMatchObject({ payment, ticket, advice });
    expect(JSON.parse(virtual.stdout).cause?.id).toBe(cause?.id);
  });
});

describe('two virtual sales with one seed', () => {
  test('are equal byte for byte: journal and picture; another seed is another world', async () => {
    const shops = [openShop(), openShop(), openShop()];
    const [first, second, other] = await Promise.all(
      shops.map(async (shop, i) => {
        const sale = await shop.run('sale', '--virtual', '--amount', '12.80', '--json', '--seed', i === 2 ? '8' : '7');
        const { journal, tickets } = JSON.parse(sale.stdout).files;
        return { journal: readFileSync(journal, 'utf8'), picture: readFileSync(tickets[0], 'base64') };
      }),
    );
    expect(second).toEqual(first);
    expect(other?.journal).not.toBe(first?.journal);
  });
});
