import { describe, expect, test } from 'vitest';
import { startPaperjam } from '../../src/index.js';

describe('a terminal in this process, on virtual time', () => {
  test('sells, prints, and says that it was paid', async () => {
    await using paperjam = await startPaperjam();
    const { terminal } = paperjam;
    const sale = await terminal.settled(terminal.sell('12.80'));
    expect(sale).toEqual({
      id: expect.stringMatching(/^T01\d{20}$/),
      amount: '12.80',
      amountFen: 1_280,
      payment: 'paid',
      ticket: 'printed',
      delivery: 'none',
      final: true,
    });
    expect(terminal.verdict(sale.id)).toMatchObject({ payment: 'paid', ticket: 'printed', tickets: { originals: 1 } });
    expect(terminal.paper(sale.id).join()).toContain('12.80');
    expect(Buffer.from(terminal.picture(sale.id)).subarray(1, 4).toString()).toBe('PNG');
    expect(terminal.journal(sale.id).map(({ kind }) => kind)).toEqual([
      'sale-opened',
      'authorize-intent',
      'payment',
      'print-intent',
      'print-result',
    ]);
    expect(terminal.journal().length).toBeGreaterThan(5);
  });

  test('jams, and prints a marked copy once the jam is cleared', async () => {
    await using paperjam = await startPaperjam({ seed: 7 });
    const { terminal } = paperjam;
    const undo = terminal.fault('printer.paper-jam');
    const { id } = await terminal.settled(terminal.sell('3'));
    expect(terminal.sale(id)).toMatchObject({ payment: 'paid', ticket: 'partial' });
    expect(terminal.verdict(id).cause?.id).toBe('printer.paper-jam');
    undo();
    expect(paperjam.runUntil(() => terminal.screen.en.includes('Printer is back'))).toBe(true);
    terminal.reprint(id);
    expect(paperjam.runUntil(() => terminal.sale(id).ticket === 'printed')).toBe(true);
    expect(terminal.paper(id).join()).toContain('COPY');
  });

  test('time passes only as it is told to: a customer who never shows a code runs into the time-out', async () => {
    await using paperjam = await startPaperjam({ startsAt: Date.UTC(2030, 0, 1) });
    const { terminal } = paperjam;
    const id = terminal.sell('1', { customer: 'none' });
    const beganMs = paperjam.now();
    paperjam.advance(59_000);
    expect([terminal.state, paperjam.now() - beganMs]).toEqual(['scanning', 59_000]);
    paperjam.advance(2_000);
    expect(terminal.sale(id)).toMatchObject({ payment: 'not-paid', final: true });
    expect(id).toMatch(/^T0120300101/);
  });

  test('loses its power in the middle of a sale, and settles it by itself', async () => {
    await using paperjam = await startPaperjam();
    const { terminal } = paperjam;
    const id = terminal.sell('5', { customer: { behaviour: 'confirms', afterMs: 8_000 } });
    paperjam.runUntil(() => terminal.state === 'settling.awaitingBuyer');
    terminal.powerCut(2_000);
    expect(terminal.state).toBe('off');
    expect(await terminal.settled(id)).toMatchObject({ payment: 'paid', ticket: 'printed' });
  });

  test('is the same from the same seed and start', async () => {
    const story = async () => {
      await using paperjam = await startPaperjam({ seed: 3, startsAt: 0, terminals: 2 });
      const ids = paperjam.terminals.map((terminal) => terminal.sell('1'));
      paperjam.runUntil(() => paperjam.terminals.every((one) => one.sales()[0]?.ticket === 'printed'));
      return { ids, now: paperjam.now(), journals: paperjam.terminals.map((one) => one.journal()) };
    };
    const [one, other] = [await story(), await story()];
    expect(one).toEqual(other);
    expect(one.ids.map((id) => id.slice(0, 3))).toEqual(['T01', 'T02']);
  });

  test('several differ as they were asked to', async () => {
    await using paperjam = await startPaperjam({
      policy: { reprint: 'when-ready' },
      terminals: [{ id: 'BAR1', device: 'epson-tm-t88v' }, { merchant: { name: 'Kiosk' } }],
    });
    const [bar, kiosk] = paperjam.terminals;
    expect([bar?.id, kiosk?.id]).toEqual(['BAR1', 'T02']);
    await kiosk?.settled(kiosk.sell('2'));
    expect(kiosk?.paper().join()).toContain('Kiosk');
    expect(bar?.paper()).toEqual([]);
  });

  test.each<[options: object, message: string]>([
    [{ terminals: 0 }, 'of startPaperjam is not accepted at terminals: must be a whole number, 1 to 1000'],
    [{ device: 3 }, 'of startPaperjam is not accepted at device: Invalid input: expected string'],
    [{ terminals: [{ id: 'T 1' }] }, 'of startPaperjam is not accepted at 1.id: must be 1 to 12 letters'],
    [{ tills: { faces: ['sqare'] } }, 'at tills.faces.0: Invalid option: expected one of "api"|"nexo"'],
    [{ tills: { customer: { behaviour: 'none', afterMs: 3 } } }, 'at tills.customer.afterMs: is for a customer'],
  ])('%j is refused, with the place and what is allowed', async (options, message) => {
    await expect(startPaperjam(options)).rejects.toThrowError(message);
  });
});
