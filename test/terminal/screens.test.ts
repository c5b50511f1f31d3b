import { expect, test } from 'vitest';
import { PaperjamError } from '../../src/base/errors.js';
import type { PrinterFault } from '../../src/ports/printer.js';
import { PRINTER_NOT_SEEN, type TerminalContext } from '../../src/terminal/context.js';
import { applyEntry } from '../../src/terminal/facts.js';
import { damagedScreen, FAULT_WORDS, SCREEN_NAMES, screen } from '../../src/terminal/screens.js';
import { DEFAULT_TIMINGS } from '../../src/terminal/timings.js';

const columns = (text: string) => [...text].reduce((sum, char) => sum + (char.charCodeAt(0) < 0x80 ? 1 : 2), 0);
const FAULTS = Object.keys(FAULT_WORDS) as PrinterFault[]; // The keys of a record of faults.

/** The largest sale, with a ticket that failed in the given way. */
function context(reason: PrinterFault): TerminalContext {
  const saleId = 'T01';
  const opened = applyEntry(undefined, { kind: 'sale-opened', saleId, amountFen: 5_000_000, subject: 'x' }, 0);
  const asked = applyEntry(opened, { kind: 'print-intent', saleId, jobId: '1', copy: 0 }, 0);
  const result = { outcome: 'partial', block: 1, blocks: 4, reason } as const;
  return {
    version: '0',
    merchant: { name: '', terminalId: 'T01', utcOffsetMinutes: 0 },
    policy: { reprint: 'ask' },
    timings: DEFAULT_TIMINGS,
    wallets: [],
    found: Array.from({ length: 99 }, () => ({ finding: 'ask' as const, facts: opened })),
    unfinishedPaper: false,
    pagesCutShort: [],
    torn: undefined,
    mended: [],
    configuration: '0',
    now: () => 0,
    selfTest: undefined,
    facts: applyEntry(asked, { kind: 'print-result', saleId, jobId: '1', result }, 0),
    queue: [],
    queries: 0,
    cancels: 0,
    printer: { ...PRINTER_NOT_SEEN, faults: [reason] },
    trouble: undefined,
  };
}

test.each(SCREEN_NAMES)('%s fits the display: 40 columns in both languages, whatever the printer has', (name) => {
  for (const fault of FAULTS) {
    const { zh, en } = screen(name, context(fault));
    expect(columns(zh), zh).toBeLessThanOrEqual(40);
    expect(columns(en), en).toBeLessThanOrEqual(40);
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).not.toMatch(/[\u4e00-\u9fff]/);
  }
});

test('so does a jam that may be a broken ribbon, and both are named where a sensor watches the ribbon', () => {
  const device = { id: 'n76', technology: 'impact', ribbonSensor: true } as const;
  for (const name of ['idle', 'printFault', 'paperRequired'] as const) {
    const { zh, en } = screen(name, { ...context('mechanical-error'), device });
    expect(columns(zh), zh).toBeLessThanOrEqual(40);
    expect(columns(en), en).toBeLessThanOrEqual(40);
    expect(zh).toContain('卡纸或色带断裂');
    expect(en).toContain('jam or broken ribbon');
  }
  expect(screen('printFault', context('mechanical-error')).zh).not.toContain('色带');
});

test('so does a damaged journal, whichever record it is, and one that was put right', () => {
  const damage = (sequence: number) =>
    new PaperjamError('PJ_JOURNAL_CHANGED', { address: 'journal.jsonl', sequence, problem: 'x' });
  const unreadable = new PaperjamError('PJ_STORAGE_OPEN', { path: 'journal.jsonl', problem: 'x', advice: '' });
  const mended = Array.from({ length: 99_999 }, () => ({ seq: 1, byte: 0, bit: 0 }));
  const boot = screen('boot', { ...context('offline'), found: [], mended });
  expect(boot.zh).toBe('交易记录有 99999 处损坏,已修正');
  for (const { zh, en } of [damagedScreen(damage(9_999_999)), damagedScreen(unreadable), boot]) {
    expect(columns(zh), zh).toBeLessThanOrEqual(40);
    expect(columns(en), en).toBeLessThanOrEqual(40);
  }
});
