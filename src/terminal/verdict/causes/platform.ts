import { subjectOf } from './answer-codes.js';
import type { CaseFile, Found, Rule } from './rule.js';

type Answer = CaseFile['answers'][number];

/** The platform's time has no more than a second's resolution, and no clock is quite right. */
const CLOCKS_AGREE_MS = 2_000;
/** A notice of something that was known for so long is late. */
const NOTICE_LATE_MS = 15_000;

/** The platform's answer came, after the terminal had given up waiting for it. That none can come any more is no answer. */
const delay: Rule = (file) => {
  const patience = file.answers.find(({ call, outcome }) => call === 'authorize' && outcome === 'no-answer');
  const { payment } = file;
  if (patience === undefined) return [];
  const late = file.of('platform-answer').find(({ seq, call, outcome, code, words }) => {
    const answered = outcome !== 'no-answer' && code?.startsWith('PJ_') !== true;
    return seq > patience.seq && call === 'authorize' && answered && subjectOf(code, words) !== 'network';
  });
  const answer = payment?.by === 'authorize' ? payment : late;
  if (answer === undefined) return [];
  const after = answer.afterMs === undefined ? '' : ` (${seconds(answer.afterMs)})`;
  return [
    {
      id: 'platform.delay',
      confidence: 'certain',
      reason: {
        zh: `平台的应答在超时之后才到${after}`,
        en: `the platform’s answer came after the terminal’s time was up${after}`,
      },
      evidence: [patience.seq, answer.seq],
      stage: file.isAllSilent ? 'aside' : 'payment',
    },
  ];
};

/**
 * A query was right to find nothing: the time of payment lies behind it. The request had waited somewhere, until long
 * after the terminal had given up waiting for it.
 */
const bookedLate: Rule = (file) => {
  const { payment, answers } = file;
  const paidAtMs = timeOfPayment(file);
  const early = answers.find(({ call, outcome }) => call === 'query' && outcome === 'not-found');
  if (payment === undefined || paidAtMs === undefined || early === undefined || isStale(early, paidAtMs)) return [];
  if (isBuyerAsked(file)) return []; // Then there was an order to be found.
  return [
    {
      id: 'platform.delay',
      confidence: 'likely',
      reason: { zh: '查询之后才入账', en: 'it was booked only after a query had found nothing' },
      evidence: [early.seq, payment.seq],
      stage: 'payment',
    },
  ];
};

/** Paid by what a query says, and no answer to the payment ever came. */
const unreported: Rule = (file) => {
  const { payment, answers } = file;
  const silence = answers.find(({ call, outcome }) => call === 'authorize' && outcome === 'no-answer');
  const found = payment?.fact === 'paid' && (payment.by === 'query' || payment.by === 'notify');
  if (silence === undefined || payment === undefined || !found || delay(file).length > 0) return [];
  const others = answers.filter(({ seq }) => seq !== silence.seq);
  if (others.length > 0) return []; // Then more went wrong than one answer that was lost.
  return [
    {
      id: 'platform.unreported',
      confidence: 'likely',
      reason: {
        zh: '付款请求没有应答,查询时已支付',
        en: 'the request was never answered, and the first question found it paid',
      },
      evidence: [silence.seq, payment.seq],
      stage: 'payment',
    },
  ];
};

/** A query that said something else than what was already true. */
const sync: Rule = (file) => [
  ...staleQuery(file),
  ...foundByCancel(file),
  ...notices(file),
  ...otherAmount(file),
  ...forgotten(file),
];

/** No query knew the order, and the cancel found it paid, and gave the money back. */
function foundByCancel({ payment, answers }: CaseFile): Found[] {
  const unknown = answers.find(({ call, outcome }) => call === 'query' && outcome === 'not-found');
  const found = payment?.fact === 'reversed' && payment.by === 'cancel';
  if (payment === undefined || unknown === undefined || !found) return [];
  return [
    {
      id: 'platform.sync',
      confidence: 'likely',
      reason: {
        zh: '查询说没有这笔交易,撤销时却已支付',
        en: 'a query knew no such order, and the cancel found it paid',
      },
      evidence: [unknown.seq, payment.seq],
      stage: 'payment',
    },
  ];
}

function staleQuery(file: CaseFile): Found[] {
  const { payment, answers, facts } = file;
  if (payment?.fact !== 'paid') return [];
  const paidAtMs = timeOfPayment(file);
  const buyerAsked = isBuyerAsked(file);
  for (const answer of answers) {
    if (answer.call !== 'query') continue;
    const unpaid = answer.outcome === 'not-found' || answer.outcome === 'waiting';
    if (!unpaid) continue;
    const stale = paidAtMs !== undefined && isStale(answer, paidAtMs);
    if (!stale && (answer.outcome === 'waiting' || buyerAsked || paidAtMs !== undefined)) continue;
    return [
      {
        id: 'platform.sync',
        confidence: stale ? 'certain' : 'likely',
        reason: stale
          ? {
              zh: '平台说未支付时,其实已经支付',
              en: `a query said ${answer.outcome} after the time at which it had been paid`,
            }
          : {
              zh: '平台先说没有这笔交易,后来说已支付',
              en: 'a query knew no such order, and a later one found it paid',
            },
        evidence: [answer.seq, payment.seq],
        stage: facts.payment === 'paid' ? 'payment' : 'aside',
      },
    ];
  }
  return [];
}

/** When it was paid, as the platform says; a time before the asking, or after the knowing, is none to reckon with. */
function timeOfPayment(file: CaseFile): number | undefined {
  const intent = file.of('authorize-intent')[0];
  const { payment } = file;
  if (payment?.paidAtMs === undefined || intent === undefined) return undefined;
  const { paidAtMs } = payment;
  const honest =
    paidAtMs >= Date.parse(intent.at) - CLOCKS_AGREE_MS && paidAtMs <= Date.parse(payment.at) + CLOCKS_AGREE_MS;
  return honest ? paidAtMs : undefined;
}

function isBuyerAsked({ answers }: CaseFile): boolean {
  return answers.some(({ call, outcome }) => call === 'authorize' && outcome === 'waiting');
}

/** Whether a query was asked when it had been paid already. */
function isStale({ at, afterMs = 0 }: Answer, paidAtMs: number): boolean {
  return Date.parse(at) - afterMs > paidAtMs + CLOCKS_AGREE_MS;
}

/** Notices that come twice, late, or in the wrong order: recorded, and without effect. */
function notices(file: CaseFile): Found[] {
  const told = file.of('notified');
  const found = (seqs: number[], zh: string, en: string): Found[] => [
    { id: 'platform.sync', confidence: 'certain', reason: { zh, en }, evidence: seqs, stage: 'aside' },
  ];
  const twice = told.find(({ noticeId }, i) => told.findIndex((other) => other.noticeId === noticeId) < i);
  if (twice !== undefined) return found([twice.seq], '同一通知来了多次', 'the same notice came more than once');
  const stale = told.find(
    ({ outcome }, i) => outcome === 'paid' && told.slice(0, i).some((one) => one.outcome === 'closed'),
  );
  if (stale !== undefined) return found([stale.seq], '通知顺序颠倒', 'notices came in the wrong order');
  const late = told.find(({ seq, at, outcome }) => {
    const known = file
      .of('payment')
      .findLast(({ seq: before, fact }) => before < seq && (fact === 'paid') === (outcome === 'paid'));
    return known !== undefined && known.by !== 'notify' && Date.parse(at) - Date.parse(known.at) > NOTICE_LATE_MS;
  });
  if (late === undefined || file.clockJump !== undefined) return [];
  const boot = file.bootBefore(late.seq);
  if (boot === undefined) return found([late.seq], '通知来得太晚', 'a notice came long after the result was known');
  const reason = {
    zh: '终端断电时没有收到通知,平台后来又发了一次',
    en: 'the notice was sent again, since the terminal was off when it came first',
  };
  return [{ id: 'terminal.power-cut', confidence: 'likely', reason, evidence: [boot.seq, late.seq], stage: 'aside' }];
}

/** The platform speaks of another amount than that of the sale. */
function otherAmount({ answers }: CaseFile): Found[] {
  const answer = answers.find(({ code, words }) => subjectOf(code, words) === 'amount');
  if (answer === undefined) return [];
  return [
    {
      id: 'platform.sync',
      confidence: 'likely',
      reason: { zh: '平台的数据与本笔交易不符', en: 'what the platform says does not fit this sale' },
      evidence: [answer.seq],
      stage: 'payment',
    },
  ];
}

/** A query knew no such order, of which the platform had said before that it waits for the buyer. */
function forgotten({ answers }: CaseFile): Found[] {
  const asked = answers.find(({ call, outcome }) => call === 'authorize' && outcome === 'waiting');
  const lost = answers.find(
    ({ call, outcome, seq }) => call === 'query' && outcome === 'not-found' && seq > (asked?.seq ?? seq),
  );
  if (asked === undefined || lost === undefined) return [];
  return [
    {
      id: 'platform.sync',
      confidence: 'certain',
      reason: {
        zh: '平台先说等待顾客确认,查询时却说没有这笔交易',
        en: 'a query knew no such order, of which the platform had said that it waits for the buyer',
      },
      evidence: [asked.seq, lost.seq],
      stage: 'payment',
    },
  ];
}

/** The platform says itself that it cannot. */
const maintenance: Rule = (file) => {
  const busy = file.answers.filter(({ code, words }) => subjectOf(code, words) === 'maintenance');
  const [first] = busy;
  if (first === undefined) return [];
  return [
    {
      id: 'platform.maintenance',
      confidence: 'certain',
      reason: { zh: `平台应答 ${first.code}`, en: `the platform answered ${first.code}` },
      evidence: busy.map(({ seq }) => seq),
      stage: file.decided ? 'aside' : 'payment',
    },
  ];
};

/** Turned away for what is neither the customer's nor the terminal's fault. */
const refused: Rule = ({ answers }) => {
  const refusal = answers.find(
    ({ outcome, code, words }) => outcome === 'refused' && subjectOf(code, words) === 'platform',
  );
  if (refusal === undefined) return [];
  return [
    {
      id: 'platform.refused',
      confidence: 'certain',
      reason: { zh: `平台拒绝:${refusal.code}`, en: `the platform refused: ${refusal.code}` },
      evidence: [refusal.seq],
      stage: 'payment',
    },
  ];
};

/** Paid, as a notice said before anybody had to ask, and the connection that the answer was to come on failed. */
const toldByNotice: Rule = (file) => {
  const { payment } = file;
  if (payment?.by !== 'notify') return [];
  const failure = file
    .of('platform-answer')
    .find((one) => one.call === 'authorize' && one.seq > payment.seq && subjectOf(one.code, one.words) === 'network');
  if (failure === undefined) return [];
  return [
    {
      id: failure.code === 'PJ_PLATFORM_TIMEOUT' ? 'platform.unreported' : 'network.unstable',
      confidence: 'likely',
      reason: {
        zh: '付款请求没有应答,由异步通知得知已支付',
        en: 'the request was never answered, and a notice told that it was paid',
      },
      evidence: [payment.seq, failure.seq],
      stage: 'aside',
    },
  ];
};

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

export const platformCauses: Rule = (file) =>
  [delay, bookedLate, unreported, toldByNotice, sync, maintenance, refused].flatMap((rule) => rule(file));
