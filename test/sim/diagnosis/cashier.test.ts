import { describe, expect, test } from 'vitest';
import type { FaultRecord } from '../../../src/faults/fault.js';
import type { DrawnRun } from '../../../src/sim/diagnosis/draw.js';
import { readJournal } from '../../../src/terminal/journal/chain.js';
import { playedWith } from './support.js';

/** What the journal of a run tells after the boot, by kind, with what people said. */
async function told(faults: readonly FaultRecord[], more: Partial<DrawnRun> = {}): Promise<string[]> {
  const { played } = await playedWith(faults, more);
  return readJournal(played.journal, 'journal')
    .records.slice(1)
    .map((record) => {
      const said = record.kind === 'ticket-seen' ? [record.seen, record.how] : [];
      return [record.kind, ...said].filter(Boolean).join(' ');
    });
}

const SALE = ['sale-opened', 'authorize-intent', 'payment', 'print-intent', 'print-result'];
const AGAIN = ['print-intent', 'print-result'];

describe('the cashier', () => {
  test('says nothing of a ticket that is as it should be', async () => {
    expect(await told([])).toEqual(SALE);
  });

  test.each([
    ['printer.upside-down-paper', {}, 'blank'],
    ['printer.faded', { share: 0.1 }, 'unreadable faint'],
    ['printer.wrong-code-page', {}, 'unreadable wrong-characters'],
  ])('says how the ticket of %s looks, mends it, and prints it again', async (fault, attributes, seen) => {
    expect(await told([{ fault, ...attributes }])).toEqual([...SALE, `ticket-seen ${seen}`, ...AGAIN]);
  });

  test('says that it is complete where the printer cannot tell', async () => {
    const records = await told([{ fault: 'printer.mute', when: { line: 17 } }]);
    expect(records).toEqual([...SALE, 'ticket-seen complete']);
  });

  test('mends what the display tells of, and prints again when the printer is back', async () => {
    expect(await told([{ fault: 'printer.cover-open', when: { line: 3 } }])).toEqual([...SALE, ...AGAIN]);
  });

  test('has a code shown again that was not read', async () => {
    expect(await told([{ fault: 'scanner.misread' }])).toEqual(['sale-opened', 'code-rejected', ...SALE.slice(1)]);
    expect(await told([{ fault: 'scanner.nothing' }])).toEqual(SALE);
  });

  test('has room made on a full disk, and goes on', async () => {
    const records = await told([{ fault: 'terminal.disk-full', when: { journal: 'payment' } }]);
    expect(records).toEqual([...SALE.slice(0, 3), 'boot', ...AGAIN]);
  });

  test('begins the next sale when the one before is done with', async () => {
    const sales = [1, 2].map((yuan) => ({ amountFen: yuan * 100, customer: { behaviour: 'pays' } }) as const);
    expect(await told([{ fault: 'printer.paper-out' }], { sales })).toEqual([...SALE, ...AGAIN, ...SALE]);
  });
});
