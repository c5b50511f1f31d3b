import { subjectOf } from './answer-codes.js';
import { type Found, type Rule, rejectedCodes } from './rule.js';

/** So far apart are clocks of which one is set wrongly, and not only a little off. */
const CLOCK_WRONG_MS = 5 * 60_000;

/** What the scanner read was no payment code, or one that the platform does not take. */
const misread: Rule = (file) => {
  const { others: rejected } = rejectedCodes(file);
  const { payment, answers, facts } = file;
  const refusal = answers.find(({ outcome, code }) => outcome === 'refused' && subjectOf(code) === 'code');
  const found: Found[] = [];
  if (rejected.length > 0) {
    const neverSent = payment?.by === 'nothing-sent';
    found.push({
      id: 'terminal.misread',
      confidence: 'certain',
      reason: {
        zh: `读到的不是付款码:${rejected[0]?.problem}`,
        en: `what was read is no payment code: ${rejected[0]?.problem}`,
      },
      evidence: rejected.map(({ seq }) => seq),
      stage: neverSent || !facts.sent ? 'payment' : 'aside',
    });
  }
  if (refusal !== undefined) {
    found.push({
      id: 'terminal.misread',
      confidence: 'likely',
      reason: { zh: '平台不认此付款码:读错或已过期', en: 'the platform does not know the code: misread, or expired' },
      evidence: [refusal.seq],
      stage: 'payment',
    });
  }
  return found;
};

/** Settings that do not fit: keys, rights, certificates. */
const misconfigured: Rule = ({ answers }) => {
  const wrong = answers.filter(({ code, words }) => subjectOf(code, words) === 'set-up');
  const [first] = wrong;
  if (first === undefined) return [];
  return [
    {
      id: 'terminal.misconfigured',
      confidence: 'likely',
      reason: { zh: `设置不符:${first.code}`, en: `the settings do not fit: ${first.code}` },
      evidence: wrong.map(({ seq }) => seq),
      stage: 'payment',
    },
  ];
};

const outdated: Rule = ({ answers }) => {
  const old = answers.filter(({ code, words }) => subjectOf(code, words) === 'outdated');
  const [first] = old;
  if (first === undefined) return [];
  return [
    {
      id: 'terminal.outdated',
      confidence: 'likely',
      reason: { zh: `已过期或被更换:${first.code}`, en: `something is out of date: ${first.code}` },
      evidence: old.map(({ seq }) => seq),
      stage: 'payment',
    },
  ];
};

/** The terminal's own times do not agree with each other, or the platform's time of payment is nowhere near them. */
const clock: Rule = (file) => {
  const { payment, clockJump } = file;
  if (clockJump !== undefined) {
    return [
      {
        id: 'terminal.misconfigured',
        confidence: 'likely',
        reason: { zh: '终端的时间在交易中被改动', en: 'the terminal’s clock was set in the middle of the sale' },
        evidence: clockJump.map(({ seq }) => seq),
        stage: 'aside',
      },
    ];
  }
  const intent = file.of('authorize-intent')[0];
  if (payment?.paidAtMs === undefined || intent === undefined) return [];
  const early = Date.parse(intent.at) - payment.paidAtMs;
  const late = payment.paidAtMs - Date.parse(payment.at);
  const offMs = Math.max(early, late);
  if (offMs < CLOCK_WRONG_MS) return [];
  return [
    {
      id: 'terminal.misconfigured',
      confidence: 'possible',
      reason: { zh: '终端与平台的时间相差太大', en: 'the clocks of terminal and platform are far apart' },
      evidence: [intent.seq, payment.seq],
      stage: 'aside',
    },
  ];
};

/** The power went, and a boot found the sale open. */
const powerCut: Rule = (file) => {
  const { payment, facts, boots } = file;
  const found = (evidence: number[], stage: Found['stage'], zh: string, en: string): Found => ({
    id: 'terminal.power-cut',
    confidence: 'certain',
    reason: { zh, en },
    evidence,
    stage,
  });
  const neverSent = payment?.by === 'nothing-sent' && payment.why === 'power-cut';
  if (neverSent) return [found([payment.seq], 'payment', '发送之前断电', 'the power went before anything was sent')];
  return boots.flatMap(({ seq, found: open }) => {
    const finding = open.find(({ saleId }) => saleId === facts.saleId)?.finding;
    const failedBefore = file.of('print-result').some((record) => record.seq < seq && 'reason' in record.result);
    if (finding === 'ask' || finding === 'reverse') {
      const stage = file.decided ? 'aside' : 'payment';
      return [found([seq], stage, '开机时付款结果未知', 'a boot found the payment open')];
    }
    if (finding !== 'print' && finding !== 'reprint' && finding !== 'left') return [];
    return [found([seq], failedBefore ? 'aside' : 'ticket', '开机时小票未打完', 'a boot found the ticket open')];
  });
};

export const terminalCauses: Rule = (file) =>
  [misread, misconfigured, outdated, clock, powerCut].flatMap((rule) => rule(file));
