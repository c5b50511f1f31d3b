import fc from 'fast-check';
import { FAULTS } from '../../../src/faults/catalogue.js';
import { explainFault } from '../../../src/faults/explain.js';
import { FIXTURE, type Fixture } from '../../../src/fixture/language/fixture.js';
import { nameProblems } from '../../../src/fixture/reading/names.js';
import { plainOf } from '../../../src/sim/shrink/plain-value.js';
import { DEFAULT_TIMINGS } from '../../../src/terminal/timings.js';

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Words that YAML or the language of fixtures might take for something else. */
const ODD = [
  'null',
  'true',
  '12',
  '1.5',
  '0x1f',
  '- a',
  'a: b',
  '#',
  '$who',
  '$$',
  "it's",
  '"',
  '{ }',
  'every day',
  '5s',
];
const text = fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }));
const ms = fc.oneof(
  fc.integer({ min: 0, max: 86_400_000 }),
  fc.constantFrom(0, 1_000, 1_500, 90_000, 120_000, 3_600_000),
);
const halfMs = fc.oneof(ms, fc.constantFrom(0.5, 1_234.5));
const count = fc.integer({ min: 0, max: 20 });

const when = fc.oneof(
  fc.constant('now'),
  fc.record({ afterMs: halfMs }),
  fc.record({ line: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ byte: fc.integer({ min: 1, max: 9_000 }) }),
  fc.record({ state: fc.constantFrom('printing', 'settling.querying'), nth: maybe(fc.integer({ min: 1, max: 5 })) }),
  fc.record({ request: fc.integer({ min: 1, max: 9 }), method: maybe(fc.constant('alipay.trade.query')) }),
  fc.record({ journal: fc.constant('payment'), at: maybe(fc.constantFrom('append', 'synced')) }),
);

const fault = fc
  .record({
    of: fc.constantFrom(...FAULTS.map(explainFault)),
    when: maybe(when),
    for: maybe(halfMs),
    usual: fc.boolean(),
  })
  .map(({ of: { name, example }, usual, ...frame }) => ({ ...(usual ? { fault: name } : example), ...frame }));

const does = fc.constantFrom('pays', 'confirms', 'refuses', 'no-money', 'never');
const customer = fc.oneof(does, fc.record({ does, afterMs: maybe(ms) }));
const record = fc.oneof(fc.constant('payment'), fc.record({ kind: fc.constant('payment'), fact: text, copy: count }));
const texts = fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 }));
const records = fc.array(record, { maxLength: 3 });
const bothLanguages = fc.record({ zh: maybe(texts), en: maybe(texts) });

const saleExpectation = fc.record({
  payment: maybe(fc.constantFrom('paid', 'unrecorded')),
  final: maybe(fc.boolean()),
  cause: maybe(fc.constantFrom(null, 'none', 'printer.paper-jam')),
  also: maybe(fc.constantFrom([], ['printer.paper-jam'])),
  tradeNo: maybe(fc.oneof(fc.boolean(), text)),
  advice: maybe(fc.record({ cashier: maybe(bothLanguages), display: maybe(bothLanguages) })),
  journal: maybe(
    fc.oneof(records, fc.record({ inOrder: maybe(records), exactly: maybe(records), never: maybe(records) })),
  ),
  ledger: maybe(fc.oneof(fc.constant('none'), fc.record({ paidFen: maybe(count) }))),
  withinMs: maybe(halfMs),
});

const expectation = (sale: fc.Arbitrary<string>) =>
  fc.record({
    sales: maybe(fc.dictionary(fc.oneof(sale, fc.constantFrom('every', 'extra', 'extra2')), saleExpectation)),
    display: maybe(fc.record({ now: maybe(texts), never: maybe(texts), qr: maybe(texts) })),
    paper: maybe(
      fc.record({ originals: maybe(count), order: maybe(fc.array(sale, { maxLength: 3 })), noText: maybe(texts) }),
    ),
    ledger: maybe(fc.record({ payments: maybe(count), keptFen: maybe(count) })),
    state: maybe(fc.constantFrom('idle', 'printFault')),
    journal: maybe(fc.record({ chain: maybe(fc.constantFrom('intact', 'broken')), records: maybe(records) })),
    withinMs: maybe(ms),
  });

const step = (sale: fc.Arbitrary<string>, code: fc.Arbitrary<string>) => {
  const about = fc.record({ sale: maybe(sale) });
  const verb = fc.oneof(
    fc.record({
      show: fc.oneof(
        customer.map((one) => ({ customer: one })),
        does,
        code.map((one) => ({ code: one })),
      ),
    }),
    fc.record({ scan: text }),
    fc.constantFrom({ cancel: {} }, { 'self-test': {} }, { 'print-now': {} }),
    fc.record({ reprint: fc.record({ sale: maybe(sale), refused: maybe(fc.constant('PJ_BUSY')) }) }),
    fc.record({ wait: halfMs }),
    fc.record({
      wait: fc.oneof(
        fc.constant('free'),
        fc.record({ moment: fc.constant('settled'), withinMs: maybe(fc.constant(7_000)) }),
      ),
    }),
    fc.record({
      wait: fc.oneof(fc.record({ settled: sale }), fc.record({ final: sale }), fc.record({ screen: text })),
    }),
    fc.record({ fault }),
    fc.constant({ clear: 'all' }),
    fc.record({ expect: expectation(sale) }),
    fc.record({ heal: fc.record({ withinMs: maybe(fc.constant(14_400_000)) }) }),
    fc.record({ restart: fc.record({ offMs: maybe(ms) }) }),
    ...(['decline-ticket', 'customer-left', 'offer-digital', 'ask'] as const).map((name) =>
      about.map((said) => ({ [name]: said })),
    ),
    fc.record({
      'saw-ticket': fc.record({ saw: fc.constant('unreadable'), how: maybe(fc.constant('faint')), sale: maybe(sale) }),
    }),
    fc.record({ 'leave-ticket': fc.record({ reason: text, sale: maybe(sale) }) }),
    fc.record({ till: fc.record({ answer: fc.constantFrom('delivered', 'lost'), to: maybe(text) }) }),
  );
  return fc
    .record({ verb, at: maybe(ms) })
    .map(({ verb: said, at }) => ('wait' in said || 'heal' in said ? said : { at, ...said }));
};

const options = {
  about: maybe(text),
  cause: maybe(fc.constant('printer.paper-jam')),
  device: maybe(fc.constantFrom('epson-tm-m30', 'epson-tm-t88v', 'a folder/own.yaml')),
  policy: maybe(
    fc.oneof(
      fc.record({ unprinted: fc.constant('void-if-unprinted'), voidAfterMs: maybe(ms) }),
      fc.record({
        paper: fc.constant('required'),
        ticket: fc.record({
          merchantCopy: fc.constant(true),
          signature: fc.oneof(
            fc.constantFrom('always', 'never'),
            fc.record({ aboveYuan: fc.constantFrom(1_000, '12.8') }),
          ),
        }),
      }),
    ),
  ),
  timings: maybe(
    fc.record({ queryLimit: fc.integer({ min: 1, max: 9 }), resultMs: fc.constantFrom(0, DEFAULT_TIMINGS.resultMs) }),
  ),
  merchant: maybe(fc.record({ merchantNo: fc.constant('0012'), utcOffsetMinutes: fc.constant(0) })),
  driver: maybe(
    fc.record({
      recovery: fc.record({ 'paper-out': fc.constantFrom('wait', 'reprint') }),
      stallTimeoutMs: maybe(fc.constant(1_500)),
    }),
  ),
  platform: maybe(fc.record({ strictCodes: maybe(fc.boolean()), askAboveFen: maybe(count) })),
  notify: maybe(fc.boolean()),
  networkMs: maybe(halfMs),
  refusals: maybe(fc.constantFrom('told', 'passed-over')),
  seed: maybe(fc.integer({ min: 0, max: 2 ** 31 - 1 })),
  skip: maybe(fc.record({ real: text, 'epson-tm-t88v': maybe(text) })),
  timeLimitMs: maybe(fc.constantFrom(1, 1_800_000)),
  settleMs: maybe(ms),
};

/** Whatever the language can say, and the names in it are the fixture's own. */
export function anyFixture(): fc.Arbitrary<Fixture> {
  const names = fc.uniqueArray(fc.constantFrom('coffee', 'tea', 'sale', '$x', '7', 'null', '奶茶', 'a: b'), {
    maxLength: 4,
  });
  return names
    .chain((own) => {
      const sale = fc.constantFrom('1', ...own);
      const sells = fc.tuple(...['', ...own].map((as) => sellStep(as)));
      const others = fc.array(step(sale, sale), { maxLength: 8 });
      return fc.record({
        ...options,
        title: fc.record({ zh: text, en: text }),
        faults: fc.array(fault, { maxLength: 3 }),
        steps: fc.tuple(sells, others).map(([first, rest]) => [...first, ...rest]),
        expect: maybe(expectation(sale)),
      });
    })
    .map(checked);
}

function sellStep(as: string) {
  const fen = fc.oneof(fc.integer({ min: 1, max: 5_000_000 }), fc.constant(5_000_001));
  const sale = { fen, subject: maybe(text), customer, refused: maybe(fc.constant('PJ_BUSY')) };
  return fc.record(sale).map((sell) => ({ sell: as === '' ? sell : { ...sell, as } }));
}

function checked(drawn: unknown): Fixture {
  const fixture = FIXTURE.parse(plainOf(drawn)); // A file holds no `undefined`.
  const [problem] = nameProblems(fixture);
  if (problem !== undefined) throw new Error(problem.problem);
  return fixture;
}
