import { subjectOf } from './answer-codes.js';
import type { CauseId } from './catalogue.js';
import { type CaseFile, type Confidence, type Found, type Rule, rejectedCodes, type Stage } from './rule.js';

function found(
  id: CauseId,
  confidence: Confidence,
  stage: Stage,
  evidence: readonly number[],
  zh: string,
  en: string,
): Found {
  return { id, confidence, stage, evidence, reason: { zh, en } };
}

/** What the cashier did. */
export const operationCauses: Rule = (file) => {
  const { payment, facts } = file;
  const cancel = file.of('cancel-intent')[0];
  const all: Found[] = [];
  if (cancel?.why === 'cashier') {
    all.push(found('operation.cashier', 'certain', 'payment', [cancel.seq], '收银员取消', 'the cashier cancelled'));
  }
  if (payment?.by === 'nothing-sent' && payment.why === 'cashier') {
    all.push(
      found(
        'operation.cashier',
        'certain',
        'payment',
        [payment.seq],
        '扫码前收银员取消',
        'the cashier cancelled before a code was read',
      ),
    );
  }
  const asked = file.of('cancel-intent').find(({ why }) => why === 'asked');
  if (asked !== undefined) {
    const bearsOn = facts.payment === 'paid' ? 'aside' : 'payment';
    const [zh, en] = ['收银员或收款系统要求撤销', 'the cashier, or the till, wanted the payment reversed'];
    all.push(found('operation.cashier', 'certain', bearsOn, [asked.seq], zh, en));
  }
  if (cancel?.why === 'buyer-did-not-confirm') {
    all.push(
      found(
        'operation.timeout',
        'certain',
        'payment',
        [cancel.seq],
        '顾客一直没有确认',
        'the customer never confirmed',
      ),
    );
  }
  const refused = file.of('key-refused');
  if (refused.length > 0) {
    const seqs = refused.map(({ seq }) => seq);
    all.push(
      found(
        'operation.cashier',
        'certain',
        'aside',
        seqs,
        '交易进行中又按了收款或补打键',
        'a sale or a ticket was asked for again while this sale was under way',
      ),
    );
  }
  const skipped = file.of('ticket-left').find(({ why }) => why === 'skipped');
  if (skipped !== undefined) {
    all.push(
      found(
        'operation.cashier',
        'certain',
        'ticket',
        [skipped.seq],
        '收银员跳过了小票',
        'the cashier went on without the ticket',
      ),
    );
  }
  return all;
};

/** No code was ever read, or first the number on the page of an earlier payment. */
function skippedScan(file: CaseFile): Found | undefined {
  const { payment, facts } = file;
  const { pages, others } = rejectedCodes(file);
  if (pages.length > 0)
    return found(
      'customer.skipped-scan',
      'certain',
      facts.sent ? 'aside' : 'payment',
      pages.map(({ seq }) => seq),
      '读到的是以前一笔付款的编号,不是付款码',
      'what was read is the number of an earlier payment: an old success page was shown',
    );
  if (payment?.by !== 'nothing-sent' || payment.why !== 'no-code' || others.length > 0) return undefined;
  return found(
    'customer.skipped-scan',
    'likely',
    'payment',
    [payment.seq],
    '没有读到任何付款码',
    'no code was ever read',
  );
}

/** What the customer did. */
export const customerCauses: Rule = (file) => {
  const { answers, facts } = file;
  const all: Found[] = [];
  const skipped = skippedScan(file);
  if (skipped !== undefined) all.push(skipped);
  const poor = answers.find(
    ({ outcome, code, words }) => outcome === 'refused' && subjectOf(code, words) === 'customer',
  );
  if (poor !== undefined) {
    all.push(
      found(
        'customer.refused',
        'certain',
        'payment',
        [poor.seq],
        `平台说:${poor.code}`,
        `the platform says: ${poor.code}`,
      ),
    );
  }
  const closed = answers.find(({ call, outcome }) => call === 'query' && outcome === 'closed');
  if (closed !== undefined && facts.cancelling === undefined && file.of('cancel-intent').length === 0) {
    all.push(
      found(
        'customer.refused',
        'likely',
        'payment',
        [closed.seq],
        '顾客在手机上拒绝或放弃',
        'the order was closed on the customer’s side',
      ),
    );
  }
  const left = file.of('ticket-left').find(({ why }) => why === 'customer-left');
  if (left !== undefined) {
    all.push(
      found(
        'customer.left-early',
        'certain',
        'ticket',
        [left.seq],
        '收银员记录:顾客已离开',
        'the cashier noted that the customer had gone',
      ),
    );
  }
  const declined = file.of('ticket-declined')[0];
  if (declined !== undefined) {
    all.push(
      found(
        'customer.no-ticket-wanted',
        'certain',
        'ticket',
        [declined.seq],
        '顾客不要小票',
        'the customer declined the ticket',
      ),
    );
  }
  return all;
};

/** An answer that takes so long comes in time, and is slow all the same. */
const SLOW_MS = 3_000;

/** What lies with the hour and the place. */
export const environmentCauses: Rule = (file) => {
  const all: Found[] = [];
  const ignored = file.of('scan-ignored');
  if (ignored.length > 0) {
    const seqs = ignored.map(({ seq }) => seq);
    all.push(
      found(
        'environment.missed-scan',
        'certain',
        'aside',
        seqs,
        '没有要求扫码时读到了付款码',
        'a code was read while none was asked for',
      ),
    );
  }
  const answered = [...file.of('platform-answer'), ...(file.payment === undefined ? [] : [file.payment])];
  const slow = answered.filter((record) => {
    const none =
      record.kind === 'platform-answer' &&
      (record.outcome === 'no-answer' || subjectOf(record.code, record.words) === 'network');
    return !none && record.afterMs !== undefined && record.afterMs >= SLOW_MS && file.clockJump === undefined;
  });
  if (slow.length > 0) {
    const seqs = slow.map(({ seq }) => seq);
    all.push(found('environment.peak', 'possible', 'aside', seqs, '平台的应答很慢', 'the platform’s answers are slow'));
  }
  return all;
};

/** What was decided beforehand. */
export const policyCauses: Rule = (file) => {
  const { facts, policy } = file;
  if (policy?.paper !== 'required') return [];
  const voided = file.of('cancel-intent').find(({ why }) => why === 'unprinted');
  if (voided !== undefined) {
    return [
      found(
        'policy.paper-required',
        'certain',
        'payment',
        [voided.seq],
        '没有纸质小票,按规定撤销',
        'without a paper ticket the sale is voided',
      ),
    ];
  }
  const failed = file.of('print-result').find(({ result }) => 'reason' in result);
  if (failed === undefined || facts.payment !== 'paid') return [];
  return [
    found(
      'policy.paper-required',
      'certain',
      'aside',
      [failed.seq],
      '没有纸质小票,不能结束',
      'without a paper ticket the sale is held',
    ),
  ];
};
