import { describe, expect, test } from 'vitest';
import type { BootPolicy } from '../../../src/terminal/journal/record.js';
import { findCauses } from '../../../src/terminal/verdict/cause.js';
import { CAUSE_IDS, type CauseId } from '../../../src/terminal/verdict/causes/catalogue.js';
import {
  answer,
  BOOT,
  cancel,
  failed,
  INTENT,
  PAID,
  PRINTED,
  pageOf,
  payment,
  print,
  SALE,
  START_MS,
  seen,
  type Told,
} from './records.js';

const IMPACT = { device: { id: 'u220', technology: 'impact' } } as const;
const SENSOR = { device: { id: 'u220', technology: 'impact', ribbonSensor: true } } as const;
const POLICY: BootPolicy = { reprint: 'ask', unprinted: 'keep-and-reprint', paper: 'required', print: 'at-once' };
const CLOSED = payment('not-paid', 'cancel');
const BY_QUERY = payment('paid', 'query', { afterMs: 50 });
const LOST = { code: 'PJ_PLATFORM_LOST', words: 'ECONNRESET' };
const NEVER = { code: 'PJ_PLATFORM_TIMEOUT', words: 'Request timeout for 15000 ms', afterMs: 15_000 };
const BUSY = { code: 'ACQ.SYSTEM_ERROR', words: '系统繁忙' };
const silent = answer('authorize', 'no-answer', { afterMs: 10_000 });
const notice = (noticeId: string, outcome: 'paid' | 'closed' = 'paid') =>
  ({ kind: 'notified', saleId: SALE, noticeId, outcome }) as const;
const foundBy = (finding: 'ask' | 'reprint') => ({ ...BOOT, found: [{ saleId: SALE, finding }] });

interface Case {
  readonly says: string;
  readonly told: readonly Told[];
  readonly boot?: Partial<typeof BOOT>;
  readonly main: readonly [id: CauseId, confidence: 'certain' | 'likely' | 'possible'];
  readonly also?: readonly CauseId[];
}

const CASES: readonly Case[] = [
  // The platform.
  {
    says: 'an answer that came after the time was up, and settled the sale',
    told: [INTENT, silent, payment('paid', 'authorize', { afterMs: 12_000 }), ...print(PRINTED)],
    main: ['platform.delay', 'certain'],
    also: ['environment.peak'],
  },
  {
    says: 'the same, when a query had settled it before',
    told: [INTENT, silent, BY_QUERY, ...print(PRINTED), answer('authorize', 'paid', { afterMs: 20_000 })],
    main: ['platform.delay', 'certain'],
    also: ['environment.peak'],
  },
  {
    says: 'the end of all waiting, told behind the time-out and the payment: no answer',
    told: [INTENT, silent, BY_QUERY, ...print(PRINTED), answer('authorize', 'unknown', NEVER)],
    main: ['platform.unreported', 'likely'],
  },
  {
    says: 'the same, told before a query found it paid',
    told: [INTENT, silent, answer('authorize', 'unknown', NEVER), BY_QUERY, ...print(PRINTED)],
    main: ['platform.unreported', 'likely'],
  },
  {
    says: 'the same, where a query was stale: the silence is told once',
    told: [
      INTENT,
      silent,
      answer('query', 'not-found'),
      answer('authorize', 'unknown', NEVER),
      BY_QUERY,
      ...print(PRINTED),
    ],
    main: ['platform.sync', 'likely'],
  },
  {
    says: 'an answer that came late, and left the sale open',
    told: [INTENT, silent, answer('authorize', 'waiting', { afterMs: 12_000 })],
    main: ['platform.delay', 'certain'],
    also: ['environment.peak'],
  },
  {
    says: 'an answer that never came, of a sale that was paid',
    told: [INTENT, silent, BY_QUERY, ...print(PRINTED)],
    main: ['platform.unreported', 'likely'],
  },
  {
    says: 'the same, found by a notice',
    told: [INTENT, silent, notice('1'), payment('paid', 'notify'), ...print(PRINTED)],
    main: ['platform.unreported', 'likely'],
  },
  {
    says: 'a query that knew no such order, and a later one that found it paid',
    told: [INTENT, silent, answer('query', 'not-found'), BY_QUERY, ...print(PRINTED)],
    main: ['platform.sync', 'likely'],
  },
  {
    says: 'the same, where it was paid only behind that query: the request was slow on its way',
    told: [
      [0, INTENT],
      [10_000, silent],
      [10_050, answer('query', 'not-found', { afterMs: 50 })],
      [20_000, payment('paid', 'query', { paidAtMs: START_MS + 14_000 })],
      ...print(PRINTED),
    ],
    main: ['platform.delay', 'likely'],
  },
  {
    says: 'the same, where it was paid long before: the query spoke from an old copy',
    told: [
      [0, INTENT],
      [10_000, silent],
      [10_050, answer('query', 'not-found', { afterMs: 50 })],
      [20_000, payment('paid', 'query', { paidAtMs: START_MS })],
      ...print(PRINTED),
    ],
    main: ['platform.sync', 'certain'],
  },
  {
    says: 'queries that knew no such order, and a cancel that gave the money back',
    told: [INTENT, silent, answer('query', 'not-found'), cancel('no-answer'), payment('reversed', 'cancel')],
    main: ['platform.sync', 'likely'],
  },
  {
    says: 'a query that said waiting after the time of payment',
    told: [
      [0, INTENT],
      [100, answer('authorize', 'waiting', { afterMs: 100 })],
      [9_000, answer('query', 'waiting', { afterMs: 50 })],
      [14_000, payment('paid', 'query', { paidAtMs: START_MS + 3_000 })],
      ...print(PRINTED),
    ],
    main: ['platform.sync', 'certain'],
  },
  {
    says: 'a notice that came twice',
    told: [...PAID, notice('a'), notice('a'), ...print(PRINTED)],
    main: ['platform.sync', 'certain'],
  },
  {
    says: 'notices in the wrong order',
    told: [...PAID, notice('b', 'closed'), notice('a'), ...print(PRINTED)],
    main: ['platform.sync', 'certain'],
  },
  {
    says: 'a notice that came long after',
    told: [...PAID, ...print(PRINTED), [60_000, notice('a')]],
    main: ['platform.sync', 'certain'],
  },
  {
    says: 'an answer about another amount',
    told: [
      INTENT,
      answer('authorize', 'unknown', { code: 'PJ_PLATFORM_ANSWER', words: 'x' }),
      cancel('no-answer'),
      CLOSED,
    ],
    main: ['platform.sync', 'likely'],
  },
  {
    says: 'a platform that says itself that it cannot',
    told: [INTENT, answer('authorize', 'unknown', BUSY), answer('query', 'unknown', BUSY), BY_QUERY, ...print(PRINTED)],
    main: ['platform.maintenance', 'certain'],
  },
  {
    says: 'a gateway with HTTP status 503',
    told: [
      INTENT,
      answer('authorize', 'unknown', { code: 'PJ_PLATFORM_HTTP', words: 'answered with HTTP status 503.' }),
    ],
    main: ['platform.maintenance', 'certain'],
  },
  {
    says: 'too many requests',
    told: [
      INTENT,
      answer('authorize', 'unknown', { code: 'isv.app-call-limited', words: '' }),
      cancel('no-answer'),
      CLOSED,
    ],
    main: ['platform.maintenance', 'certain'],
  },
  {
    says: 'a refusal that is nobody’s fault here',
    told: [
      INTENT,
      answer('authorize', 'refused', { code: 'ACQ.PAYMENT_REQUEST_HAS_RISK' }),
      payment('not-paid', 'authorize'),
    ],
    main: ['platform.refused', 'certain'],
  },
  // The network.
  {
    says: 'a connection that broke',
    told: [INTENT, answer('authorize', 'unknown', LOST), BY_QUERY, ...print(PRINTED)],
    main: ['network.unstable', 'certain'],
  },
  {
    says: 'half an answer',
    told: [INTENT, answer('authorize', 'unknown', { code: 'PJ_PLATFORM_GARBAGE' }), BY_QUERY],
    main: ['network.unstable', 'likely'],
  },
  {
    says: 'a request that never arrived',
    told: [INTENT, silent, answer('query', 'not-found'), cancel('no-answer'), CLOSED],
    main: ['network.unstable', 'likely'],
  },
  {
    says: 'silence for a while',
    told: [INTENT, silent, answer('query', 'no-answer', { afterMs: 5_000 }), BY_QUERY, ...print(PRINTED)],
    main: ['network.unstable', 'likely'],
  },
  {
    says: 'silence of everything, and then all at once: the link was down',
    told: [
      INTENT,
      silent,
      answer('query', 'no-answer', { afterMs: 5_000 }),
      payment('paid', 'authorize', { afterMs: 25_000 }),
      ...print(PRINTED),
    ],
    main: ['network.unstable', 'likely'],
    also: ['platform.delay', 'environment.peak'],
  },
  { says: 'silence that still lasts', told: [INTENT, silent], main: ['network.unstable', 'possible'] },
  // The printer.
  { says: 'a jam', told: [...PAID, ...print(failed('mechanical-error'))], main: ['printer.paper-jam', 'certain'] },
  { says: 'no paper', told: [...PAID, ...print(failed('paper-out'))], main: ['printer.paper-out', 'certain'] },
  { says: 'an open cover', told: [...PAID, ...print(failed('cover-open'))], main: ['printer.cover-open', 'certain'] },
  { says: 'the cutter', told: [...PAID, ...print(failed('cutter-error'))], main: ['printer.cutter', 'certain'] },
  { says: 'heat', told: [...PAID, ...print(failed('overheat'))], main: ['printer.overheat', 'certain'] },
  { says: 'taken offline', told: [...PAID, ...print(failed('offline'))], main: ['printer.offline', 'certain'] },
  { says: 'broken', told: [...PAID, ...print(failed('unrecoverable-error'))], main: ['printer.broken', 'certain'] },
  { says: 'a cable out', told: [...PAID, ...print(failed('link-lost'))], main: ['link.printer-lost', 'certain'] },
  { says: 'silence', told: [...PAID, ...print(failed('no-answer'), {})], main: ['printer.no-answer', 'likely'] },
  {
    says: 'called off',
    told: [...PAID, ...print(failed('cancelled'))],
    main: ['operation.print-cancelled', 'certain'],
  },
  {
    says: 'a printer that confirms nothing',
    told: [...PAID, ...print({ outcome: 'unconfirmed', blocks: 4 })],
    main: ['printer.unconfirmed', 'certain'],
  },
  {
    says: 'a fault that was over before the job was: the ticket came late',
    told: [...PAID, ...print(PRINTED, { faults: ['paper-out'] })],
    main: ['printer.paper-out', 'certain'],
  },
  {
    says: 'a ribbon with a sensor, from the start',
    told: [...PAID, ...print({ outcome: 'not-printed', blocks: 4, reason: 'mechanical-error' })],
    boot: SENSOR,
    main: ['printer.ribbon-break', 'likely'],
    also: ['printer.paper-jam'],
  },
  {
    says: 'the same status in the midst of a ticket',
    told: [...PAID, ...print(failed('mechanical-error'))],
    boot: SENSOR,
    main: ['printer.paper-jam', 'likely'],
    also: ['printer.ribbon-break'],
  },
  {
    says: 'a blank ticket of an impact printer',
    told: [...PAID, ...print(PRINTED), seen('blank')],
    boot: IMPACT,
    main: ['printer.ribbon-break', 'likely'],
  },
  {
    says: 'a blank ticket of a thermal printer',
    told: [...PAID, ...print(PRINTED), seen('blank')],
    main: ['printer.upside-down', 'likely'],
    also: ['printer.faded'],
  },
  {
    says: 'a blank ticket of nobody knows what printer',
    told: [...PAID, ...print(PRINTED), seen('blank')],
    boot: { device: undefined },
    main: ['printer.upside-down', 'possible'],
    also: ['printer.faded'],
  },
  {
    says: 'a ticket that cannot be read',
    told: [...PAID, ...print(PRINTED), seen('unreadable')],
    main: ['printer.faded', 'likely'],
    also: ['terminal.misconfigured'],
  },
  {
    says: 'the same, since it is faint',
    told: [...PAID, ...print(PRINTED), seen('unreadable', 'faint')],
    main: ['printer.faded', 'likely'],
  },
  // The terminal.
  {
    says: 'wrong characters on the paper',
    told: [...PAID, ...print(PRINTED), seen('unreadable', 'wrong-characters')],
    main: ['terminal.misconfigured', 'likely'],
  },
  {
    says: 'the same, from a printer that never answered: the rate of its line',
    told: [
      ...PAID,
      ...print({ outcome: 'not-printed', blocks: 4, reason: 'no-answer' }, { answered: false, receivedBytes: 0 }),
      seen('unreadable', 'wrong-characters'),
    ],
    main: ['terminal.misconfigured', 'likely'],
    also: ['printer.no-answer'],
  },
  {
    says: 'a printer of which bytes come, and never an answer: the wrong rate',
    told: [
      ...PAID,
      ...print({ outcome: 'not-printed', blocks: 4, reason: 'no-answer' }, { answered: false, receivedBytes: 40 }),
    ],
    main: ['terminal.misconfigured', 'likely'],
    also: ['printer.no-answer'],
  },
  {
    says: 'a printer that has never answered since the boot: the wrong rate, or it is off',
    told: [
      ...PAID,
      ...print({ outcome: 'not-printed', blocks: 4, reason: 'no-answer' }, { answered: false, receivedBytes: 0 }),
    ],
    main: ['printer.no-answer', 'possible'],
    also: ['terminal.misconfigured'],
  },
  {
    says: 'a ticket that this printer cannot print',
    told: [...PAID, ...print({ outcome: 'not-printed', blocks: 0, reason: 'unprintable' })],
    main: ['terminal.misconfigured', 'certain'],
  },
  {
    says: 'a signature that does not match',
    told: [INTENT, answer('authorize', 'unknown', { code: 'PJ_PLATFORM_SIGNATURE' })],
    main: ['terminal.misconfigured', 'likely'],
  },
  {
    says: 'a key that the platform does not accept',
    told: [
      INTENT,
      answer('authorize', 'refused', { code: 'isv.invalid-signature', words: '验签出错,建议检查签名字符串' }),
      payment('not-paid', 'authorize'),
    ],
    main: ['terminal.misconfigured', 'likely'],
  },
  {
    says: 'clocks that are far apart, of a sale that was printed all the same',
    told: [[0, INTENT], payment('paid', 'authorize', { paidAtMs: START_MS + 86_400_000 }), ...print(PRINTED)],
    main: ['terminal.misconfigured', 'possible'],
  },
  {
    says: 'a certificate that has run out',
    told: [
      INTENT,
      answer('authorize', 'refused', { code: 'isv.app-cert-expired', words: '应用公钥证书已过期' }),
      payment('not-paid', 'authorize'),
    ],
    main: ['terminal.outdated', 'likely'],
  },
  {
    says: 'a platform whose certificate has run out',
    told: [INTENT, answer('authorize', 'unknown', { code: 'PJ_PLATFORM_CERTIFICATE', words: 'CERT_HAS_EXPIRED' })],
    main: ['terminal.outdated', 'likely'],
  },
  {
    says: 'a version that is served no more',
    told: [
      INTENT,
      answer('authorize', 'refused', { code: 'isv.invalid-parameter', words: '参数无效:version' }),
      payment('not-paid', 'authorize'),
    ],
    main: ['terminal.outdated', 'likely'],
  },
  {
    says: 'what was read is no code',
    told: [
      { kind: 'code-rejected', saleId: SALE, code: '12', problem: 'it has 2 digits' },
      payment('not-paid', 'nothing-sent', { why: 'no-code' }),
    ],
    main: ['terminal.misread', 'certain'],
  },
  {
    says: 'a code that the platform does not know',
    told: [
      INTENT,
      answer('authorize', 'refused', { code: 'ACQ.PAYMENT_AUTH_CODE_INVALID' }),
      payment('not-paid', 'authorize'),
    ],
    main: ['terminal.misread', 'likely'],
  },
  {
    says: 'a boot that found the payment open',
    told: [INTENT, foundBy('ask'), BY_QUERY, ...print(PRINTED)],
    main: ['terminal.power-cut', 'certain'],
  },
  {
    says: 'a boot in the midst of printing',
    told: [
      ...PAID,
      print(PRINTED)[0] as Told,
      foundBy('reprint'),
      ...print({ outcome: 'unknown', block: 0, blocks: 0, reason: 'power-cut' }).slice(1),
    ],
    main: ['terminal.power-cut', 'certain'],
  },
  // People.
  {
    says: 'a cashier who cancels while it is asked',
    told: [INTENT, cancel('cashier'), answer('cancel', 'cancelled'), CLOSED],
    main: ['operation.cashier', 'certain'],
  },
  {
    says: 'a cashier who cancels before a code is read',
    told: [payment('not-paid', 'nothing-sent', { why: 'cashier' })],
    main: ['operation.cashier', 'certain'],
  },
  {
    says: 'a cashier who skips the ticket',
    told: [...PAID, { kind: 'ticket-left', saleId: SALE, why: 'skipped' }],
    main: ['operation.cashier', 'certain'],
  },
  {
    says: 'a customer who never confirms, on whatever network',
    told: [INTENT, silent, answer('query', 'waiting'), cancel('buyer-did-not-confirm'), CLOSED],
    main: ['operation.timeout', 'certain'],
    also: ['network.unstable'],
  },
  {
    says: 'no code at all',
    told: [payment('not-paid', 'nothing-sent', { why: 'no-code' })],
    main: ['customer.skipped-scan', 'likely'],
  },
  {
    says: 'not enough money',
    told: [
      INTENT,
      answer('authorize', 'refused', { code: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' }),
      payment('not-paid', 'authorize'),
    ],
    main: ['customer.refused', 'certain'],
  },
  {
    says: 'a customer who refuses on the phone',
    told: [INTENT, answer('authorize', 'waiting'), answer('query', 'closed'), payment('not-paid', 'query')],
    main: ['customer.refused', 'likely'],
  },
  {
    says: 'a customer who has gone',
    told: [...PAID, { kind: 'ticket-left', saleId: SALE, why: 'customer-left' }],
    main: ['customer.left-early', 'certain'],
  },
  {
    says: 'a customer who wants none',
    told: [...PAID, { kind: 'ticket-declined', saleId: SALE }],
    main: ['customer.no-ticket-wanted', 'certain'],
  },
  {
    says: 'a code too many',
    told: [...PAID, { kind: 'scan-ignored', saleId: SALE, code: '2812…3456', state: 'printing' }, ...print(PRINTED)],
    main: ['environment.missed-scan', 'certain'],
  },
  {
    says: 'an answer that was slow, and in time',
    told: [INTENT, payment('paid', 'authorize', { afterMs: 6_000 }), ...print(PRINTED)],
    main: ['environment.peak', 'possible'],
  },
  {
    says: 'a sale that was voided since paper is a must',
    told: [...PAID, ...print(failed('paper-out')), cancel('unprinted'), payment('reversed', 'cancel')],
    boot: { policy: POLICY },
    main: ['policy.paper-required', 'certain'],
    also: ['printer.paper-out'],
  },
  // More than one.
  {
    says: 'an answer that was lost, and then a jam: the jam kept the ticket from coming out',
    told: [INTENT, silent, BY_QUERY, ...print(failed('mechanical-error'))],
    main: ['printer.paper-jam', 'certain'],
    also: ['platform.unreported'],
  },
  {
    says: 'a jam, and then no paper: the first',
    told: [
      ...PAID,
      ...print(failed('mechanical-error')),
      ...print(failed('paper-out'), undefined, 2),
      ...print(PRINTED, undefined, 3),
    ],
    main: ['printer.paper-jam', 'certain'],
    also: ['printer.paper-out'],
  },
  {
    says: 'a jam, and a restart to get over it: the jam',
    told: [...PAID, ...print(failed('mechanical-error')), foundBy('reprint'), ...print(PRINTED, undefined, 2)],
    main: ['printer.paper-jam', 'certain'],
    also: ['terminal.power-cut'],
  },
];

describe('the cause', () => {
  test.each(CASES)('$says', ({ told, boot, main: [id, confidence], also = [] }) => {
    const { main, also: others } = findCauses(pageOf(told, boot));
    expect(main).toMatchObject({ id, confidence });
    expect(others.map((other) => other.id)).toEqual(also);
    expect(main?.evidence.length).toBeGreaterThan(0);
    expect(main?.reason.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(main?.reason.en).not.toBe('');
  });

  test('of every kind in the catalogue is found by one of these', () => {
    const found = new Set(CASES.map(({ main: [id] }) => id));
    expect(CAUSE_IDS.filter((id) => !found.has(id))).toEqual([]);
  });

  test.each([
    ['a sale that went straight through', [...PAID, ...print(PRINTED)]],
    [
      'a customer who confirmed',
      [
        INTENT,
        answer('authorize', 'waiting', { afterMs: 90 }),
        answer('query', 'waiting', { afterMs: 50 }),
        BY_QUERY,
        ...print(PRINTED),
      ],
    ],
    ['a sale under way', [INTENT]],
    ['a notice that came in good time', [...PAID, notice('a'), ...print(PRINTED)]],
  ] as const)('is none for %s', (_, told) => {
    expect(findCauses(pageOf(told))).toEqual({ main: undefined, also: [] });
  });

  test('of a sale that is held since paper is a must is the printer’s, and the policy is said too', () => {
    const { main, also } = findCauses(pageOf([...PAID, ...print(failed('paper-out'))], { policy: POLICY }));
    expect([main?.id, ...also.map(({ id }) => id)]).toEqual(['printer.paper-out', 'policy.paper-required']);
  });

  test('rests on records that it names', () => {
    const { main } = findCauses(pageOf([INTENT, silent, BY_QUERY]));
    expect(main?.evidence).toEqual([4, 5]);
  });
});
