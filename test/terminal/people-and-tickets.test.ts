import { describe, expect, test } from 'vitest';
import { Bench, CODE, JAMMED, PAID, PAPER_OUT, PRINTED, READY, textOf, WAITING } from './bench.js';

const UNKNOWN_RESULT = { outcome: 'unknown', block: 3, blocks: 4, reason: 'link-lost' } as const;

function sold(...jobs: Bench['jobs']): { bench: Bench; saleId: string } {
  const bench = new Bench();
  bench.authorizations.push(PAID, PAID);
  bench.jobs.push(...jobs);
  return { bench, saleId: bench.sell() };
}

describe('a person who looks at the paper', () => {
  test.each(['blank', 'unreadable'] as const)(
    'and sees that it is %s: the printer had confirmed it, and a marked copy is wanted',
    (seen) => {
      const { bench, saleId } = sold(PRINTED, PRINTED);
      bench.terminal.ticketSeen(saleId, seen);
      bench.clock.advance(1);
      expect(bench.kinds().at(-1)).toBe(`ticket-seen:${seen}`);
      expect(bench.screens.at(-1)).toMatchObject({ state: 'printFault' });
      expect(bench.verdict(saleId)).toMatchObject({ payment: 'paid', ticket: seen, final: true });
      bench.terminal.reprint(saleId);
      bench.clock.advance(100);
      expect(textOf(bench.printed[1])).toMatch(/^\*\*\* 补打 COPY 1 \*\*\*/);
      expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed', tickets: { originals: 1, copies: 1 } });
      bench.terminal.ticketSeen(saleId, seen);
      bench.clock.advance(1);
      expect(bench.verdict(saleId)).toMatchObject({ ticket: seen });
    },
  );

  test('of a sale of before is believed too, and the sale in hand goes on', () => {
    const { bench, saleId } = sold(PRINTED, 'silent');
    bench.sell(100);
    expect(bench.terminal.state).toBe('printing');
    bench.terminal.ticketSeen(saleId, 'blank');
    bench.clock.advance(1);
    expect(bench.terminal.state).toBe('printing');
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'blank' });
    bench.powerCut();
    expect(bench.terminal.found.map(({ facts }) => facts.saleId)).not.toContain(saleId);
  });

  test('by policy the marked copy is printed by itself when it was no good', () => {
    const bench = new Bench({ policy: { reprint: 'when-ready' } });
    bench.authorizations.push(PAID);
    bench.jobs.push(PRINTED, PRINTED);
    bench.tell(READY);
    const saleId = bench.sell();
    bench.terminal.ticketSeen(saleId, 'unreadable');
    bench.clock.advance(5_000);
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed', tickets: { originals: 1, copies: 1 } });
  });

  test.each([
    ['unknown', UNKNOWN_RESULT],
    ['unconfirmed', { outcome: 'unconfirmed', blocks: 4 }],
  ] as const)(
    'settles what the printer could not tell (%s): printed, by a person, and the record says so',
    (ticket, result) => {
      const { bench, saleId } = sold(result);
      expect(bench.verdict(saleId)).toMatchObject({ ticket });
      bench.terminal.ticketSeen(saleId, 'complete');
      bench.clock.advance(100);
      expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed', tickets: { originals: 1, copies: 0 } });
      expect(bench.verdict(saleId).evidence.at(-1)?.says).toBe(`a person saw job ${saleId}/1: complete`);
      bench.powerCut();
      expect(bench.terminal.found).toEqual([]);
      expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed' });
    },
  );

  test('is believed of what came out, also behind a copy of which nothing did: complete, and then unreadable', () => {
    const { bench, saleId } = sold(UNKNOWN_RESULT, PAPER_OUT);
    bench.terminal.reprint(saleId);
    bench.clock.advance(100);
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'not-printed' });
    bench.terminal.ticketSeen(saleId, 'complete');
    bench.clock.advance(1);
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed' });
    bench.terminal.ticketSeen(saleId, 'unreadable');
    bench.clock.advance(1);
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'unreadable' });
  });

  test.each([
    ['what was cut short is not complete', JAMMED, 'complete', 'it was cut short (mechanical-error, 1 of 4 parts)'],
    ['there is nothing to see', PAPER_OUT, 'blank', 'nothing of it has reached the printer'],
  ] as const)('is not believed against the printer: %s', (_, result, seen, words) => {
    const { bench, saleId } = sold(result);
    const before = bench.kinds();
    expect(() => bench.terminal.ticketSeen(saleId, seen)).toThrowError(words);
    bench.clock.advance(1);
    expect(bench.kinds()).toEqual(before);
  });

  test('is too early while it is being printed, and has nothing to look at before the money is there', () => {
    const { bench, saleId } = sold('silent');
    expect(() => bench.terminal.ticketSeen(saleId, 'blank')).toThrowError(`the ticket of ${saleId} is being printed`);
    expect(() => bench.terminal.declineTicket(saleId)).toThrowError(`the ticket of ${saleId} is being printed`);
    expect(() => bench.terminal.ticketSeen('T0199', 'blank')).toThrowError('There is no sale T0199');
    const waiting = new Bench();
    waiting.authorizations.push('silent');
    const open = waiting.sell(100);
    expect(() => waiting.terminal.ticketSeen(open, 'blank')).toThrowError('its payment is unknown');
    expect(() => waiting.terminal.customerLeft()).toThrowError('its payment is unknown');
  });

  test('says how it is unreadable only of one that is', () => {
    const { bench, saleId } = sold(PRINTED);
    expect(() => bench.terminal.ticketSeen(saleId, 'blank', 'faint')).toThrowError('it goes with unreadable');
  });
});

describe('a ticket that is left', () => {
  test('for the next sale: so says the journal', () => {
    const { bench, saleId } = sold(JAMMED, PRINTED);
    bench.sell();
    expect(bench.verdict(saleId).evidence.at(-1)?.says).toBe(
      'the cashier went on without the ticket, to the next sale',
    );
  });

  test('by a customer who has gone with the ticket still in the printer: printed, and the cause is known', () => {
    const { bench, saleId } = sold(PRINTED);
    bench.terminal.customerLeft();
    bench.clock.advance(1);
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed', cause: { id: 'customer.left-early' } });
    expect(() => bench.terminal.customerLeft(saleId)).toThrowError('has been left already');
  });

  test('by a customer while it is being printed: the printing goes on', () => {
    const { bench, saleId } = sold('silent');
    bench.terminal.customerLeft();
    bench.clock.advance(1);
    expect(bench.terminal.state).toBe('printing');
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'pending' });
  });
});

describe('a ticket that the cashier goes on without', () => {
  test('stands in the journal with the reason, and only once', () => {
    const { bench, saleId } = sold(JAMMED);
    bench.terminal.leaveTicket(saleId, 'no paper left');
    bench.clock.advance(1);
    expect(bench.terminal.page(saleId).records.at(-1)).toMatchObject({
      kind: 'ticket-left',
      why: 'skipped',
      reason: 'no paper left',
    });
    expect(() => bench.terminal.leaveTicket(saleId, 'again')).toThrowError(
      `the ticket of ${saleId} has been left already`,
    );
  });

  test('is one that is not there: not printed, and not being printed', () => {
    const printed = sold(PRINTED);
    expect(() => printed.bench.terminal.leaveTicket(printed.saleId, 'x')).toThrowError(
      `the ticket of ${printed.saleId} is printed already`,
    );
    const printing = sold('silent');
    expect(() => printing.bench.terminal.leaveTicket(printing.saleId, 'x')).toThrowError(
      `the ticket of ${printing.saleId} is being printed`,
    );
  });

  test('may be one whose customer had gone before: both stand in the journal', () => {
    const { bench, saleId } = sold(JAMMED);
    bench.terminal.customerLeft(saleId);
    bench.clock.advance(1);
    bench.terminal.leaveTicket(saleId, 'he is gone');
    bench.clock.advance(1);
    const left = bench.terminal.page(saleId).records.filter(({ kind }) => kind === 'ticket-left');
    expect(left).toMatchObject([{ why: 'customer-left' }, { why: 'skipped' }]);
    expect(left[0]).not.toHaveProperty('reason');
  });
});

describe('a code that is read while none is asked for', () => {
  test('in the midst of a sale: the display says so, the journal has it masked, and the sale goes on as it was', () => {
    const bench = new Bench();
    bench.authorizations.push(WAITING);
    bench.queries.push(PAID);
    bench.jobs.push(PRINTED);
    const saleId = bench.sell(100);
    bench.terminal.scan('289999999999999999');
    bench.clock.advance(1);
    expect(bench.screens.at(-1)).toMatchObject({ state: 'scanIgnored', zh: '已扫码,勿重复' });
    expect(bench.terminal.state).toBe('settling.awaitingBuyer');
    bench.clock.advance(10_000);
    expect(bench.authorized).toHaveLength(1);
    expect(bench.authorized[0]?.code).toBe(CODE);
    const ignored = bench.terminal.page(saleId).records.filter(({ kind }) => kind === 'scan-ignored');
    expect(ignored).toMatchObject([{ code: '2899…9999', state: 'settling.awaitingBuyer' }]);
    expect(bench.verdict(saleId)).toMatchObject({
      payment: 'paid',
      ticket: 'printed',
      cause: { id: 'environment.missed-scan', confidence: 'certain' },
    });
  });

  test('twice by the scanner: authorised once', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push(PRINTED);
    const saleId = bench.terminal.sell(1_280);
    bench.terminal.scan(CODE);
    bench.terminal.scan(CODE);
    bench.clock.advance(1_000);
    expect(bench.done).toEqual(['authorize', 'print 1']);
    expect(bench.verdict(saleId)).toMatchObject({ cause: { id: 'environment.missed-scan' } });
  });

  test('after a sale that was not paid: an amount is wanted first', () => {
    const bench = new Bench();
    bench.authorizations.push({ outcome: 'refused', code: 'ACQ.BUYER_BALANCE_NOT_ENOUGH', words: '' });
    bench.sell(100);
    bench.terminal.scan(CODE);
    bench.clock.advance(1);
    expect(bench.screens.at(-1)).toMatchObject({ state: 'enterAmount', zh: '请先输入金额,再扫码' });
    expect(bench.authorized).toHaveLength(1);
  });

  test('with no sale at all: the display says what to do, and nothing is written', () => {
    const bench = new Bench();
    bench.clock.advance(1);
    bench.terminal.scan(CODE);
    expect(bench.screens.at(-1)).toMatchObject({ state: 'enterAmount' });
    bench.clock.advance(10_000);
    expect(bench.terminal.state).toBe('idle');
    expect(bench.kinds()).toEqual(['boot']);
  });

  test('does not hide a fault from the cashier, and a scanner that runs wild fills no journal', () => {
    const { bench } = sold(JAMMED);
    for (let i = 0; i < 1_000; i++) bench.terminal.scan(CODE);
    bench.clock.advance(1);
    expect(bench.screens.at(-1)).toMatchObject({ state: 'printFault' });
    expect(bench.kinds().filter((kind) => kind === 'scan-ignored')).toHaveLength(20);
  });

  test('that is no code at all is kept as safe text', () => {
    const { bench, saleId } = sold('silent');
    bench.terminal.scan('\x00\x1b[31m小');
    bench.clock.advance(1);
    const [ignored] = bench.terminal.page(saleId).records.filter((record) => record.kind === 'scan-ignored');
    expect(ignored).toMatchObject({ code: expect.stringMatching(/^[\x20-\x7e…]+$/) });
  });
});

describe('a second sale while one is under way', () => {
  test.each([
    ['settling.authorizing', 'silent', '交易进行中,勿重复收款'],
    ['scanning', undefined, '交易进行中,请出示付款码'],
    ['printing', PAID, '该单已支付,勿重复收款'],
  ] as const)('at %s is refused: the display says so, and the journal of the first keeps it', (state, answer, zh) => {
    const bench = new Bench();
    bench.jobs.push('silent');
    if (answer !== undefined) bench.authorizations.push(answer);
    const saleId = bench.terminal.sell(1_280, answer === undefined ? {} : { code: CODE });
    bench.clock.advance(100);
    const before = bench.kinds();
    expect(() => bench.terminal.sell(500)).toThrowError('The terminal cannot do this now');
    bench.clock.advance(1);
    expect(bench.screens.at(-1)?.zh).toBe(zh);
    expect(bench.terminal.state).toBe(state);
    expect(bench.kinds()).toEqual([...before, 'key-refused']);
    expect(bench.terminal.page(saleId).records.at(-1)).toMatchObject({ kind: 'key-refused', key: 'sale', state });
  });

  test('goes along with the cause, and is the cause where nothing else was wrong', () => {
    const bench = new Bench();
    bench.authorizations.push(PAID);
    bench.jobs.push(PRINTED);
    const saleId = bench.terminal.sell(1_280, { code: CODE });
    expect(() => bench.terminal.sell(1_280)).toThrowError('The terminal cannot do this now');
    bench.clock.advance(1_000);
    expect(bench.verdict(saleId)).toMatchObject({
      payment: 'paid',
      ticket: 'printed',
      cause: { id: 'operation.cashier', confidence: 'certain' },
      advice: { cashier: { zh: '已支付,小票已打印。该单已支付,勿重复收款。' } },
    });
  });

  test('and so is a ticket that is asked for while it is printed; hands that run wild fill no journal', () => {
    const { bench, saleId } = sold('silent');
    for (let i = 0; i < 100; i++) expect(() => bench.terminal.reprint(saleId)).toThrowError('The terminal cannot');
    bench.clock.advance(1);
    const refused = bench.terminal.page(saleId).records.filter(({ kind }) => kind === 'key-refused');
    expect(refused).toHaveLength(20);
    expect(refused[0]).toMatchObject({ key: 'reprint', state: 'printing' });
  });

  test('while a test page is printed is none of the last sale', () => {
    const { bench } = sold(PRINTED, 'silent');
    bench.terminal.selfTest();
    bench.clock.advance(1);
    expect(() => bench.terminal.sell(500)).toThrowError('The terminal cannot do this now');
    bench.clock.advance(1);
    expect(bench.screens.at(-1)?.zh).toBe('正在打印自检页,请稍候');
    expect(bench.kinds()).not.toContain('key-refused');
  });
});

describe('a test page', () => {
  test('is printed when nothing is under way, and the journal keeps how it went and what a person saw', () => {
    const { bench, saleId } = sold(PRINTED, PRINTED);
    const jobId = bench.terminal.selfTest();
    expect(() => bench.terminal.selfTestSeen('blank')).toThrowError('the test page is being printed');
    bench.clock.advance(1);
    expect(bench.screens.at(-1)).toMatchObject({ state: 'selfTest' });
    bench.clock.advance(100);
    expect(bench.terminal.state).toBe('idle');
    bench.terminal.selfTestSeen('unreadable');
    bench.clock.advance(1);
    const tests = Buffer.from(bench.flash.read())
      .toString()
      .split('\n')
      .filter((line) => line.includes('"self-test"'));
    expect(tests.map((line) => JSON.parse(line))).toMatchObject([
      { jobId, phase: 'begun' },
      { jobId, phase: 'ended', result: PRINTED, counters: { jobs: { printed: 0 } } },
      { jobId, phase: 'seen', seen: 'unreadable' },
    ]);
    expect(textOf(bench.printed[1])).toContain('END OF SELF-TEST');
    expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed' });
  });

  test('makes a faded ticket certain', () => {
    const { bench, saleId } = sold(PRINTED, PRINTED);
    bench.terminal.ticketSeen(saleId, 'unreadable');
    bench.clock.advance(1);
    expect(bench.verdict(saleId).cause).toMatchObject({ id: 'printer.faded', confidence: 'likely' });
    bench.terminal.leaveTicket(saleId, 'to be mended');
    bench.clock.advance(1);
    bench.terminal.selfTest();
    bench.clock.advance(100);
    bench.terminal.selfTestSeen('unreadable');
    bench.clock.advance(1);
    expect(bench.verdict(saleId).cause).toMatchObject({ id: 'printer.faded', confidence: 'certain' });
  });

  test('is refused while a sale is under way, and before there was one nothing can be said of it', () => {
    const bench = new Bench();
    expect(() => bench.terminal.selfTestSeen('blank')).toThrowError('no test page was printed');
    bench.terminal.sell(100);
    expect(() => bench.terminal.selfTest()).toThrowError('scanning');
  });

  test('that a power cut stops leaves the paper unfinished: the next ticket begins on a new piece', () => {
    const { bench } = sold(PRINTED, 'silent', PRINTED);
    bench.terminal.selfTest();
    bench.clock.advance(100);
    bench.powerCut();
    bench.clock.advance(100);
    bench.sell();
    expect(bench.printed.at(-1)?.clearFirst).toBe(true);
  });
});

test('a boot tells in what it boots: the printer, the policy, and by what the configuration is known', () => {
  const bootOf = (bench: Bench) => JSON.parse(Buffer.from(bench.flash.read()).toString().split('\n')[0] ?? '');
  const boot = bootOf(new Bench({ policy: { unprinted: 'void-if-unprinted' } }));
  expect(boot).toMatchObject({
    kind: 'boot',
    device: { id: 'bench', technology: 'thermal' },
    policy: {
      reprint: 'ask',
      unprinted: 'void-if-unprinted',
      voidAfterMs: 60_000,
      paper: 'optional',
      print: 'at-once',
    },
    configuration: expect.stringMatching(/^[0-9a-f]{16}$/),
  });
  const same = bootOf(new Bench({ policy: { unprinted: 'void-if-unprinted' } }));
  expect(same.configuration).toBe(boot.configuration);
  expect(bootOf(new Bench()).configuration).not.toBe(boot.configuration);
});

test('an answer that comes after the sale was settled is written down with its time, and changes nothing', () => {
  const bench = new Bench({ timings: { authorizeTimeoutMs: 100 } });
  bench.authorizeMs = 700;
  bench.authorizations.push(PAID);
  bench.queries.push(PAID);
  bench.jobs.push(PRINTED);
  const saleId = bench.sell(500);
  expect(bench.verdict(saleId)).toMatchObject({ ticket: 'printed', cause: { id: 'platform.unreported' } });
  bench.clock.advance(500);
  expect(bench.done).toEqual(['authorize', 'query', 'print 1']);
  expect(bench.verdict(saleId).evidence.at(-1)?.says).toBe('authorize: paid after 700 ms');
  expect(bench.verdict(saleId)).toMatchObject({
    payment: 'paid',
    ticket: 'printed',
    cause: { id: 'platform.delay', confidence: 'certain' },
  });
});
