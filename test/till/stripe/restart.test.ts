import { beforeAll, describe, expect, test } from 'vitest';
import type { FaultRecord } from '../../../src/faults/fault.js';
import { Bench, prepareBench } from './bench.js';

beforeAll(prepareBench);

/** Tells a story until the end, whatever befalls the terminal: a till that repeats what was not answered, and asks. */
function insist(bench: Bench, restartProgram: () => void): string {
  const reader = bench.reader;
  const intent = bench.intent(1280);
  const finals = new Set<string>();
  bench.world.tills.watch(({ saleId, payment }) => finals.add(`${saleId} ${payment}`));
  for (let attempt = 0; attempt < 5 && bench.show(intent).status !== 'succeeded'; attempt++) {
    const path = `/terminal/readers/${reader}/process_payment_intent`;
    const request = bench.request('POST', path, `payment_intent=${intent}`, bench.key());
    for (let repeat = 0; repeat < 3; repeat++) {
      const heard = bench.till.hear(request, 60_000);
      if (heard !== undefined && 'answer' in heard && heard.answer.status === 200) break;
      bench.clock.advance(5_000);
    }
    restartProgram();
    bench.till.hear(bench.request('POST', `/test_helpers/terminal/readers/${reader}/present_payment_method`), 60_000);
    restartProgram();
    for (let polls = 0; polls < 40 && bench.show(intent).status === 'processing'; polls++) bench.clock.advance(30_000);
  }
  const { status } = bench.show(intent);
  // Of each sale a till hears one end.
  expect(new Set([...finals].map((said) => said.split(' ')[0])).size).toBe(finals.size);
  return status;
}

const POWER: readonly FaultRecord[] = [
  ...['arrived', 'answered'].flatMap((at) =>
    ['sale', 'other', 'status'].map((till) => ({ fault: 'terminal.power-cut', when: { till, at } })),
  ),
  ...['sale-opened', 'authorize-intent', 'payment', 'print-intent'].flatMap((journal) =>
    ['append', 'synced'].map((at) => ({ fault: 'terminal.power-cut', when: { journal, at } })),
  ),
  { fault: 'terminal.power-cut', when: { answer: 1, at: 'arrived' } },
  { fault: 'terminal.power-cut', when: { request: 1 } },
];

describe('with the power gone at any moment there is one payment, and the till knows of it', () => {
  test.each(POWER.map((fault) => [JSON.stringify(fault.when), fault] as const))('%s', (_, fault) => {
    const bench = new Bench();
    bench.world.faults.put(fault);
    expect(insist(bench, () => {})).toBe('succeeded');
    expect(bench.paid).toBe(1);
    bench.close();
  });

  test('and with the program restarted at every step', () => {
    const bench = new Bench();
    bench.world.faults.put({ fault: 'network.answer-lost', times: 3 });
    expect(insist(bench, () => bench.restart())).toBe('succeeded');
    expect(bench.paid).toBe(1);
    bench.close();
  });
});

test('a restart of the program forgets nothing that was answered', () => {
  const bench = new Bench();
  const key = bench.key();
  const form = 'amount=1280&currency=cny&payment_method_types[]=card_present&metadata[order]=6735';
  const made = bench.post('/payment_intents', form, key);
  const { id } = made.json;
  bench.restart();
  expect(bench.show(id)).toEqual(made.json);
  expect(bench.post('/payment_intents', form, key).body).toBe(made.body);
  bench.post(`/terminal/readers/${bench.reader}/process_payment_intent`, `payment_intent=${id}`);
  bench.restart();
  expect(bench.action(bench.reader).status).toBe('in_progress');
  bench.present(bench.reader, 'card_present[number]=4000000000009995');
  bench.restart();
  expect(bench.show(id)).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { decline_code: 'insufficient_funds' },
  });
  bench.close();
});
