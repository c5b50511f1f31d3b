import type { SaleRecord } from '../../book.js';
import { subjectOf } from './answer-codes.js';
import type { Found, Rule } from './rule.js';

/** The way to the platform: it broke, or nothing comes back on it. */
export const networkCauses: Rule = (file) => {
  const { answers, facts, payment } = file;
  const broken = answers.filter(({ code, words }) => subjectOf(code, words) === 'network');
  // A request that was answered in the end was only slow, unless all others were as silent.
  const told = file.isAllSilent ? [] : [...answers, ...(payment === undefined ? [] : [payment])];
  const answeredLate = told.findLast(isAnswerToAuthorize);
  const silent = answers.filter(
    ({ outcome, call, seq }) =>
      outcome === 'no-answer' && (call !== 'authorize' || seq > (answeredLate?.seq ?? Number.NEGATIVE_INFINITY)),
  );
  const stage = file.decided ? 'aside' : 'payment';
  const found = (confidence: Found['confidence'], seqs: readonly number[], zh: string, en: string): Found[] => [
    { id: 'network.unstable', confidence, reason: { zh, en }, evidence: seqs, stage },
  ];
  const seqsOf = (records: readonly { readonly seq: number }[]) => records.map(({ seq }) => seq);
  if (broken.length > 0) {
    const sure = broken.some(({ code }) => code === 'PJ_PLATFORM_LOST' || code === 'PJ_PLATFORM_UNREACHABLE');
    const codes = [...new Set(broken.map(({ code }) => code))].join(', ');
    return found(
      sure ? 'certain' : 'likely',
      seqsOf([...broken, ...silent]).sort((a, b) => a - b),
      `连接失败:${codes}`,
      `the connection failed: ${codes}`,
    );
  }
  if (silent.length === 0) return [];
  const [first] = silent;
  const lostOnTheWay = answers.find(
    ({ call, outcome, seq }) => call === 'query' && outcome === 'not-found' && seq > (first?.seq ?? 0),
  );
  if (silent.length > 1)
    return found('likely', seqsOf(silent), '多次请求没有应答', 'several requests were never answered');
  const arrived = facts.payment === 'paid' || facts.payment === 'reversed';
  if (!arrived && lostOnTheWay !== undefined) {
    return found(
      'likely',
      [...seqsOf(silent), lostOnTheWay.seq],
      '请求没有到达平台',
      'the request never reached the platform',
    );
  }
  // One answer that is missing, of a request that arrived all the same, is told by the rules of the platform.
  if (arrived && first?.call === 'authorize') return [];
  return found('possible', seqsOf(silent), '请求没有应答', 'a request was not answered');
};

function isAnswerToAuthorize(record: SaleRecord): boolean {
  if (record.kind === 'payment') return record.by === 'authorize';
  if (record.kind !== 'platform-answer' || record.call !== 'authorize') return false;
  return record.outcome !== 'no-answer' && record.code?.startsWith('PJ_') !== true;
}
