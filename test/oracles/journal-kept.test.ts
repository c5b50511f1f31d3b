import { describe, expect, test } from 'vitest';
import { journalKept } from '../../src/oracles/journal-kept.js';
import { StoredJournal } from '../../src/oracles/journal-seen.js';
import { INTENT, OPENED, PAID, SALE, said, sold, trial, watched } from './support.js';

const BOOT = { kind: 'boot', version: '1', terminalId: 'T01', found: [] } as const;

/** The length of a journal without its last line. */
function withoutLast(bytes: Uint8Array): number {
  return bytes.lastIndexOf(0x0a, bytes.length - 2) + 1;
}

describe('what the journal acknowledged', () => {
  test('survives power cuts at any time, and the torn end of what was not acknowledged goes', async () => {
    for (let afterMs = 0; afterMs < 2_000; afterMs += 97) {
      const shop = await watched({ seed: afterMs + 1 });
      shop.world.people.sell(1_280, { customer: { behaviour: 'pays' } });
      shop.clock.advance(afterMs);
      shop.world.powerCut();
      shop.clock.advance(60_000);
      expect(shop.witness.end()).toEqual([]);
    }
  });

  test('is missed by the boot behind a cut that took it', async () => {
    const shop = await watched();
    const saleId = sold(shop);
    shop.flash().truncate(withoutLast(shop.flash().read()));
    shop.world.powerCut();
    const [breach] = shop.witness.breaches;
    expect(said(shop.witness.breaches)).toEqual([
      expect.stringMatching(
        `^journal-kept: what the journal acknowledged survives / \\d+ bytes of it are gone, from record \\d+ \\(print-result of ${saleId}\\) on$`,
      ),
    ]);
    expect(breach?.atMs).toBe(shop.clock.now());
  });

  test('is missed when another record takes its number', async () => {
    const { record, forget, said } = await trial(journalKept);
    record(BOOT, OPENED, INTENT);
    forget(2);
    record(BOOT);
    expect(said()).toEqual([`what the journal acknowledged survives / record 3 (authorize-intent of ${SALE}) is gone`]);
  });

  test('is missed when it was written anew, though the chain proves it', async () => {
    const { record, oracle, said } = await trial(journalKept);
    record(BOOT, OPENED);
    const other = await trial(journalKept);
    other.record(BOOT, { ...OPENED, subject: 'coffeE' });
    oracle.ended?.(new StoredJournal(other.stored()));
    expect(said()).toEqual([expect.stringMatching(/survives [/] record 2 .* is another one now: record 2/)]);
  });

  test('may rot by a bit, if the boot that put it right says so', async () => {
    const shop = await watched();
    sold(shop);
    shop.flash().rot(300, 1);
    shop.world.powerCut();
    shop.clock.advance(5_000);
    expect(shop.witness.breaches).toEqual([]);

    const { record, oracle, stored, said } = await trial(journalKept);
    record(BOOT, OPENED);
    const rotten = Buffer.from(stored());
    rotten[40] = (rotten[40] ?? 0) ^ 2;
    oracle.booted?.(new StoredJournal(rotten));
    record(BOOT);
    expect(said()).toEqual(['a boot names the rotten bits that it put right / nothing is said of byte 40, bit 1']);
  });

  test('is no more than damaged by more than a bit, and of that the chain tells', async () => {
    const shop = await watched();
    sold(shop);
    for (const byte of [300, 310]) shop.flash().rot(byte, 1);
    shop.world.powerCut();
    shop.clock.advance(5_000);
    expect(shop.witness.end()).toEqual([]);
    expect(shop.witness.chainProblem).toMatch(/its hash does not match/);
  });
});

describe('before the terminal does something it is written that it will', () => {
  test('a request', async () => {
    const { record, oracle, said } = await trial(journalKept);
    record(BOOT, OPENED);
    oracle.requested?.('authorize', SALE);
    record(INTENT);
    oracle.requested?.('authorize', SALE);
    oracle.requested?.('query', SALE);
    oracle.requested?.('cancel', SALE);
    expect(said()).toEqual([
      `the intent is durable before a request to authorize leaves / the journal has none of ${SALE}`,
      `the intent is durable before a request to cancel leaves / the journal has none of ${SALE}`,
    ]);
  });

  test('a ticket', async () => {
    const { record, oracle, said } = await trial(journalKept);
    record(BOOT, OPENED, INTENT, PAID);
    oracle.handed?.({ jobId: `${SALE}/1`, ticket: { elements: [] } });
    record({ kind: 'print-intent', saleId: SALE, jobId: `${SALE}/2`, copy: 0 });
    oracle.handed?.({ jobId: `${SALE}/2`, ticket: { elements: [] } });
    expect(said()).toEqual([`a ticket stands in the journal before the printer gets it / ${SALE}/1 does not`]);
  });
});
