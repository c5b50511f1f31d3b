import { describe, expect, test } from 'vitest';
import { applyEntry, type SaleFacts } from '../../../src/terminal/facts.js';
import type { BootPolicy, SaleEntry } from '../../../src/terminal/journal/record.js';
import { advise } from '../../../src/terminal/verdict/advice.js';
import type { Cause } from '../../../src/terminal/verdict/cause.js';
import { CAUSE_IDS, CAUSES } from '../../../src/terminal/verdict/causes/catalogue.js';
import { verdictOf } from '../../../src/terminal/verdict/verdict.js';
import {
  answer,
  cancel,
  failed,
  INTENT,
  OPENED,
  PAID,
  PRINTED,
  pageOf,
  payment,
  print,
  SALE,
  seen,
} from './records.js';

const columns = (text: string) => [...text].reduce((sum, char) => sum + (char.charCodeAt(0) < 0x80 ? 1 : 2), 0);
const facts = (...told: SaleEntry[]): SaleFacts => {
  const first = applyEntry(undefined, OPENED, 0);
  return told.reduce<SaleFacts>((so, entry) => applyEntry(so, entry, 0), first);
};

/** How a sale can stand: each payment, and of a paid one each ticket, with and without the policy that gives money back. */
const STANDS: Readonly<Record<string, SaleFacts>> = {
  open: facts(),
  asked: facts(INTENT),
  cancelling: facts(INTENT, cancel('cashier')),
  voiding: facts(...PAID, ...print(failed('paper-out')), cancel('unprinted')),
  'not-paid': facts(INTENT, payment('not-paid', 'query')),
  reversed: facts(INTENT, payment('reversed', 'cancel')),
  voided: facts(...PAID, ...print(failed('paper-out')), cancel('unprinted'), payment('reversed', 'cancel')),
  pending: facts(...PAID),
  printed: facts(...PAID, ...print(PRINTED)),
  partial: facts(...PAID, ...print(failed('mechanical-error'))),
  'partial, to be voided': facts(
    INTENT,
    payment('paid', 'query', { voidAfterMs: 60_000 }),
    ...print(failed('mechanical-error')),
  ),
  'not-printed': facts(...PAID, ...print({ outcome: 'not-printed', blocks: 4, reason: 'paper-out' })),
  unknown: facts(...PAID, ...print({ outcome: 'unknown', block: 1, blocks: 4, reason: 'no-answer' })),
  unconfirmed: facts(...PAID, ...print({ outcome: 'unconfirmed', blocks: 4 })),
  blank: facts(...PAID, ...print(PRINTED), seen('blank')),
  unreadable: facts(...PAID, ...print(PRINTED), seen('unreadable')),
  refused: facts(...PAID, { kind: 'ticket-declined', saleId: SALE }),
  digital: facts(...PAID, { kind: 'ticket-digital', saleId: SALE, url: 'https://x.example/1' }),
  left: facts(...PAID, { kind: 'ticket-left', saleId: SALE, why: 'customer-left' }),
};

const CAUSE_OR_NONE: readonly (Cause | undefined)[] = [
  undefined,
  ...CAUSE_IDS.map((id) => ({ id, ...CAUSES[id], confidence: 'likely' as const, reason: CAUSES[id], evidence: [1] })),
];
const POLICIES: readonly (BootPolicy | undefined)[] = [
  undefined,
  { reprint: 'ask', unprinted: 'keep-and-reprint', paper: 'required', print: 'at-once' },
];

/** Words of engineers, which nobody at a till should have to know. */
const JARGON =
  /\b(API|HTTP|query|quer(y|ied)|timeout|baud|journal|null|undefined|fault|ASB|QR|poll|acquirer|NaN|PJ_)\b|日志|接口|超时/i;

describe('advice', () => {
  test.each(Object.keys(STANDS))(
    'for %s is there whatever the cause: in both languages, whole, without jargon, one thing to do',
    (name) => {
      const stand = STANDS[name];
      if (stand === undefined) throw new Error('named above');
      for (const cause of CAUSE_OR_NONE) {
        for (const policy of POLICIES) {
          const { cashier, customer, display } = advise(stand, cause, policy);
          for (const [who, { zh, en }] of Object.entries({ cashier, customer, display })) {
            const where = `${name}, ${cause?.id}, ${who}: ${zh} ${en}`;
            expect(zh, where).toMatch(/[\u4e00-\u9fff]/);
            expect(en, where).toMatch(/^[A-Z]/);
            expect(en, where).not.toMatch(/[\u4e00-\u9fff]/);
            expect(`${zh} ${en}`.replace('within 60 s of the fault', ''), where).not.toMatch(JARGON);
            if (who === 'display') {
              expect(columns(zh), where).toBeLessThanOrEqual(40);
              expect(columns(en), where).toBeLessThanOrEqual(40);
            } else {
              expect(zh, where).toMatch(/。$/);
              expect(en, where).toMatch(/\.$/);
            }
          }
        }
      }
    },
  );

  test('warns of charging again whenever money may have been taken and nobody can be sure to see it', () => {
    for (const name of [
      'asked',
      'cancelling',
      'voiding',
      'partial',
      'not-printed',
      'unknown',
      'unconfirmed',
      'blank',
      'pending',
    ]) {
      const stand = STANDS[name];
      if (stand === undefined) throw new Error('named above');
      for (const cause of CAUSE_OR_NONE) {
        const { cashier } = advise(stand, cause, undefined);
        expect(cashier.zh, name).toContain('勿重复收款');
        expect(cashier.en, name).toMatch(/do not charge again/i);
      }
    }
  });

  test('never says paid of a sale that is not, nor not paid of one that is', () => {
    for (const cause of CAUSE_OR_NONE) {
      for (const [name, stand] of Object.entries(STANDS)) {
        const { cashier, display } = advise(stand, cause, undefined);
        const said = `${cashier.zh} ${display.zh}`;
        if (stand.payment === 'paid') expect(said, name).not.toContain('未支付');
        else expect(said, name).not.toContain('已支付');
      }
    }
  });
});

describe('what the causes table promises the cashier', () => {
  test.each([
    ['printer.paper-jam', '清除卡纸后补打'],
    ['printer.ribbon-break', '更换色带后补打'],
    ['printer.faded', '补打或电子凭证'],
    ['printer.paper-out', '装纸后补打'],
    ['link.printer-lost', '检查打印机连接'],
    ['customer.left-early', '可补打或发送电子凭证'],
  ] as const)('%s: %s, beside a ticket that is missing', (id, words) => {
    const cause = CAUSE_OR_NONE.find((one) => one?.id === id);
    const { cashier, display } = advise(STANDS['not-printed'] ?? facts(), cause, undefined);
    expect(cashier.zh).toContain(words);
    expect(display.zh).toContain(words);
  });

  test.each([
    ['platform.delay', '等待,勿重复收款'],
    ['platform.sync', '正在核对,勿重复收款'],
    ['platform.maintenance', '稍后自动核对'],
    ['network.unstable', '网络中断,正在核对'],
  ] as const)('%s: %s, while the result is not known', (id, words) => {
    const cause = CAUSE_OR_NONE.find((one) => one?.id === id);
    expect(advise(STANDS.asked ?? facts(), cause, undefined).display.zh).toBe(words);
  });

  test.each([
    ['terminal.misread', '请重新扫码'],
    ['terminal.misconfigured', '配置错误:请联系管理员'],
    ['terminal.outdated', '需要更新'],
    ['operation.timeout', '未支付,请重新扫码'],
    ['customer.skipped-scan', '未扫码,未支付'],
  ] as const)('%s: %s, of a sale that was not paid', (id, words) => {
    const cause = CAUSE_OR_NONE.find((one) => one?.id === id);
    expect(advise(STANDS['not-paid'] ?? facts(), cause, undefined).display.zh).toBe(words);
  });
});

describe('the paragraph', () => {
  test('answers all three: has the customer paid, why is there no ticket, what now', () => {
    expect(verdictOf(pageOf([...PAID, ...print(failed('mechanical-error'))])).words).toEqual({
      zh: '¥12.80 已支付,小票只打印了一部分。原因:卡纸。勿重复收款,清除卡纸后补打。',
      en: '¥12.80: Paid, the ticket is only partly printed. Cause: paper jam. Do not charge again; clear the jam, then reprint.',
    });
    expect(verdictOf(pageOf([INTENT, answer('authorize', 'no-answer')])).words).toEqual({
      zh: '¥12.80 暂时没有应答,结果未知,终端正在自动核对。原因:网络连接不稳定(可能)。请等待,勿重复收款。',
      en: '¥12.80: There is no answer yet and the result is not known; the terminal keeps checking. Cause: the network to the payment platform failed (possible). Please wait. Do not charge again.',
    });
    expect(verdictOf(pageOf([payment('not-paid', 'nothing-sent', { why: 'no-code' })])).words.zh).toBe(
      '¥12.80 未支付。原因:顾客未扫码(很可能)。没有扫到付款码,请重新收款并请顾客出示付款码。',
    );
    expect(verdictOf(pageOf([...PAID, ...print(PRINTED)])).words.zh).toBe('¥12.80 已支付,小票已打印。');
  });

  test('says what is to be done about the last try, and keeps the first cause: a jam that was cleared, then no paper', () => {
    const said = verdictOf(
      pageOf([...PAID, ...print(failed('mechanical-error')), ...print(failed('paper-out'), {}, 2)]),
    );
    expect(said.cause?.id).toBe('printer.paper-jam');
    expect(said.words.zh).toBe('¥12.80 已支付,小票只打印了一部分。原因:卡纸,后来缺纸。勿重复收款,装纸后补打。');
    expect(said.words.en).toContain(
      'Cause: paper jam, then out of paper. Do not charge again; load paper, then reprint.',
    );
    expect(said.advice.display.zh).toBe('已支付,装纸后补打');
  });

  test('does not tell of the first cause when what came out afterwards is blank', () => {
    const { words, advice } = verdictOf(
      pageOf([
        ...PAID,
        ...print(failed('mechanical-error')),
        ...print(PRINTED, {}, 2),
        { kind: 'ticket-seen', saleId: SALE, jobId: `${SALE}/2`, seen: 'blank' },
      ]),
    );
    expect(words.zh).toContain('原因:卡纸,后来纸装反了(很可能)');
    expect(advice.cashier.zh).not.toContain('清除卡纸');
  });

  test('speaks of a jam again when it was the last to come, after another', () => {
    const jam = failed('mechanical-error');
    const told = [...PAID, ...print(jam), ...print(failed('cover-open'), {}, 2), ...print(jam, {}, 3)];
    expect(verdictOf(pageOf(told)).advice.cashier.zh).toContain('清除卡纸后补打');
  });
});
