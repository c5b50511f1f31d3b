import type { PrinterFault } from '../../../ports/printer.js';
import type { SaleRecord } from '../../book.js';
import type { CauseId } from './catalogue.js';
import type { CaseFile, Confidence, Found, Rule } from './rule.js';

type PrintResult = Extract<SaleRecord, { kind: 'print-result' }>;

const BY_FAULT: Record<PrinterFault, CauseId> = {
  'paper-out': 'printer.paper-out',
  'cover-open': 'printer.cover-open',
  'mechanical-error': 'printer.paper-jam',
  'cutter-error': 'printer.cutter',
  overheat: 'printer.overheat',
  'unrecoverable-error': 'printer.broken',
  offline: 'printer.offline',
  'link-lost': 'link.printer-lost',
  'no-answer': 'printer.no-answer',
  stalled: 'printer.no-answer',
  'power-cut': 'terminal.power-cut',
  cancelled: 'operation.print-cancelled',
  unprintable: 'terminal.misconfigured',
};

/** Silence has many causes; the rest the printer, or the terminal itself, has said. */
const CONFIDENCE: Partial<Record<PrinterFault, Confidence>> = { 'no-answer': 'likely', stalled: 'likely' };

/** What the printer said, or its silence showed, while a ticket was being printed. */
const results: Rule = (file) => file.of('print-result').flatMap((record) => resultCauses(file, record));

function resultCauses(file: CaseFile, record: PrintResult): Found[] {
  const { result, printer } = record;
  if (result.outcome === 'unconfirmed') return [unconfirmed(file, record)];
  if (result.outcome === 'printed') {
    // It came out in the end, after what the printer told in between.
    return (printer?.faults ?? []).flatMap((fault) => faultCauses(file, record, fault));
  }
  const also = (printer?.faults ?? []).filter((fault) => BY_FAULT[fault] !== BY_FAULT[result.reason]);
  const main = notUnderstood(file, record) ?? faultCauses(file, record, result.reason);
  if (isGarbage(file, record)) return main.map(aside); // What is on the paper tells more than silence.
  return [...main, ...also.flatMap((fault) => faultCauses(file, record, fault).map(aside))];
}

/** A person saw other characters than there should be, from a printer that never answered: the two do not understand each other. */
function isGarbage(file: CaseFile, { jobId, result }: PrintResult): boolean {
  const silent = 'reason' in result && (result.reason === 'no-answer' || result.reason === 'stalled');
  const sight = file.of('ticket-seen').find((record) => record.jobId === jobId);
  return silent && sight?.seen === 'unreadable' && sight.how !== 'faint';
}

function faultCauses(file: CaseFile, { seq, result }: PrintResult, fault: PrinterFault): Found[] {
  const found = (id: CauseId, confidence: Confidence, stage: Found['stage'] = 'ticket'): Found => ({
    id,
    confidence,
    reason: { zh: `打印结果:${fault}`, en: `the print job told: ${fault}` },
    evidence: [seq],
    stage,
  });
  if (fault === 'mechanical-error' && file.device?.ribbonSensor === true) {
    // One and the same status bit. A ribbon is found broken before anything is inked, a jam in the midst of it.
    const fromTheStart = result.outcome === 'not-printed';
    return fromTheStart
      ? [found('printer.ribbon-break', 'likely'), found('printer.paper-jam', 'possible', 'aside')]
      : [found('printer.paper-jam', 'likely'), found('printer.ribbon-break', 'possible', 'aside')];
  }
  return [found(BY_FAULT[fault], CONFIDENCE[fault] ?? 'certain')];
}

/**
 * The line is up, and since the boot not one answer has come from the printer that could be understood: the two do not
 * speak at the same rate, or it is switched off.
 */
function notUnderstood(file: CaseFile, { seq, result, printer }: PrintResult): Found[] | undefined {
  const silent = 'reason' in result && (result.reason === 'no-answer' || result.reason === 'stalled');
  if (!silent || printer?.life !== 'faulty') return undefined;
  const answeredBefore = file.of('print-result').some((one) => one.printer?.answered === true);
  if (printer.answered || answeredBefore) return undefined;
  const { receivedBytes } = printer;
  const reason =
    receivedBytes === 0
      ? {
          zh: '开机以来打印机从未应答:检查波特率和电源',
          en: 'the printer has not answered once since the boot: check rate and power',
        }
      : {
          zh: `打印机发来 ${receivedBytes} 字节,没有一个能懂:检查波特率`,
          en: `${receivedBytes} bytes came from the printer and made no sense: check the baud rate`,
        };
  const base = { reason, evidence: [seq] };
  const settings = { ...base, id: 'terminal.misconfigured' } as const;
  const dead = { ...base, id: 'printer.no-answer', confidence: 'possible' } as const;
  // Of silence from the beginning a printer that is off is the more usual reason; nonsense comes from one that is on.
  return receivedBytes === 0
    ? [
        { ...dead, stage: 'ticket' },
        { ...settings, confidence: 'possible', stage: 'aside' },
      ]
    : [
        { ...settings, confidence: 'likely', stage: 'ticket' },
        { ...dead, stage: 'aside' },
      ];
}

function unconfirmed(file: CaseFile, { seq, jobId }: PrintResult): Found {
  const seen = file.of('ticket-seen').some((record) => record.jobId === jobId);
  return {
    id: 'printer.unconfirmed',
    confidence: 'certain',
    reason: { zh: '打印机从不回答', en: 'all was sent to a printer that answers nothing' },
    evidence: [seq],
    stage: seen ? 'aside' : 'ticket',
  };
}

/** What a person saw on the paper, where no sensor tells. */
const looks: Rule = (file) => file.of('ticket-seen').flatMap((record) => lookCauses(file, record));

function lookCauses(file: CaseFile, record: Extract<SaleRecord, { kind: 'ticket-seen' }>): Found[] {
  const { seq, jobId, seen, how } = record;
  const result = file.of('print-result').find((one) => one.jobId === jobId);
  const garbage = result !== undefined && isGarbage(file, result);
  const told = result !== undefined && 'reason' in result.result && !garbage;
  const stage = told ? 'aside' : 'ticket'; // What the printer told itself goes before what it could not notice.
  const evidence = result === undefined ? [seq] : [result.seq, seq];
  const found = (id: CauseId, confidence: Confidence, zh: string, en: string): Found => ({
    id,
    confidence,
    reason: { zh, en },
    evidence,
    stage,
  });
  const { device, selfTest } = file;
  const testBad = selfTest?.phase === 'seen' && selfTest.seq > seq && selfTest.seen === seen;
  const sure = testBad ? 'certain' : 'likely';
  if (garbage || (seen === 'unreadable' && how === 'wrong-characters')) {
    return [
      found(
        'terminal.misconfigured',
        'likely',
        garbage ? '打印机没有应答,打出的是乱码:检查波特率' : '有人看到小票上是乱码:检查代码页',
        garbage
          ? 'the printer never answered, and printed garbage: check the rate of its line'
          : 'a person saw wrong characters: check the code page',
      ),
    ];
  }
  if (seen === 'unreadable') {
    const faded = found('printer.faded', sure, '有人看到小票不清', 'a person saw that the ticket cannot be read');
    if (how === 'faint') return [faded];
    return [
      faded,
      aside(found('terminal.misconfigured', 'possible', '也可能是乱码', 'wrong characters would look so too')),
    ];
  }
  if (seen !== 'blank') return [];
  if (device?.technology === 'impact') {
    return [
      found(
        'printer.ribbon-break',
        sure,
        '针式打印机走纸,小票空白',
        'an impact printer moved its paper, and the ticket is blank',
      ),
    ];
  }
  const upsideDown = found(
    'printer.upside-down',
    device === undefined ? 'possible' : 'likely',
    '热敏打印机一切正常,小票空白',
    'a thermal printer told no fault, and the ticket is blank',
  );
  return [
    upsideDown,
    aside(found('printer.faded', 'possible', '也可能是打印头故障', 'a dead print head would look so too')),
  ];
}

function aside(found: Found): Found {
  return { ...found, stage: 'aside' };
}

export const printerCauses: Rule = (file) => [...results(file), ...looks(file)];
