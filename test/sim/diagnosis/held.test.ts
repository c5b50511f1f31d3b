import { describe, expect, test } from 'vitest';
import { playedWith } from './support.js';

const JAM = { fault: 'printer.paper-jam', when: { line: 6 } };
const TWO = [1, 2].map((yuan) => ({ amountFen: yuan * 100, customer: { behaviour: 'pays' } }) as const);

describe('a fault took hold of a sale', () => {
  test('that would have gone otherwise without it', async () => {
    const { names, verdicts } = await playedWith([JAM]);
    expect(names).toEqual([['printer.paper-jam']]);
    expect(verdicts[0]).toMatchObject({ payment: 'paid', ticket: 'printed', cause: { id: 'printer.paper-jam' } });
  });

  test('and of no other sale', async () => {
    const { names, verdicts } = await playedWith([JAM], { sales: TWO });
    expect(names).toEqual([['printer.paper-jam'], []]);
    expect(verdicts[1]?.cause).toBeUndefined();
  });

  test('and not when it struck nothing, or what had ended before', async () => {
    const { names } = await playedWith([
      { fault: 'printer.drawer-open' },
      { fault: 'network.reset', method: 'alipay.trade.refund' },
      { fault: 'printer.paper-out', when: { state: 'idle', nth: 5 } },
    ]);
    expect(names).toEqual([[]]);
  });

  test('and not when another one kept it from everything that it could strike', async () => {
    const { names } = await playedWith([JAM, { fault: 'customer.no-money' }]);
    expect(names).toEqual([['customer.no-money']]);
  });

  test('together with another one, if each alone would have done the same', async () => {
    const lost = { fault: 'platform.answer-lost' };
    const { names } = await playedWith([lost, { fault: 'network.answer-lost' }, { fault: 'printer.drawer-open' }]);
    expect(names).toEqual([['platform.answer-lost', 'network.answer-lost']]);
  });

  test('for the worse only: that it kept something bad away is no hold', async () => {
    // The code is read at the second attempt, and then the network is up again.
    const { names, verdicts } = await playedWith([
      { fault: 'scanner.nothing' },
      { fault: 'network.refused', for: 1_500 },
    ]);
    expect(verdicts[0]?.cause).toBeUndefined();
    expect(names).toEqual([[]]);
  });

  test('if somebody had to wait for an answer, and not by milliseconds', async () => {
    const delayed = (delayMs: number) => playedWith([{ fault: 'platform.answer-delayed', delayMs }]);
    expect((await delayed(400)).names).toEqual([[]]);
    expect((await delayed(6_000)).names).toEqual([['platform.answer-delayed']]);
  });
});

test('the same run goes the same way each time, byte for byte', async () => {
  const faults = [{ fault: 'platform.peak' }, { fault: 'link.drop', share: 0.01, direction: 'both' }];
  const [once, again] = [await playedWith(faults), await playedWith(faults)];
  expect(Buffer.from(again.played.journal).toString()).toBe(Buffer.from(once.played.journal).toString());
  expect(again.names).toEqual(once.names);
});
