import { type Connection, Drawer, Model, Printer, Style } from 'escpos-buffer';
import { describe, expect, test } from 'vitest';
import { printed } from './on-paper.js';

class Collector implements Connection {
  readonly parts: Buffer[] = [];

  async open(): Promise<void> {}

  async write(data: Buffer): Promise<void> {
    this.parts.push(data);
  }

  async close(): Promise<void> {}
}

type ModelName = Extract<ConstructorParameters<typeof Model>[0], string>;

/** Every model that the library knows, with the profile by which it speaks. */
const MODELS = Model.ALL().map(({ model, profile }) => ({ model: model as ModelName, profile: String(profile) }));

/** Makers with commands of their own, which no manual of an ESC/POS printer defines, and what comes of them here. */
const FOREIGN: Readonly<Record<string, { unknown?: string[]; text?: string; cut?: undefined }>> = {
  bematech: { unknown: ['1df9'], text: '50Cupom fiscal' }, // `GS F9 35 0` chooses their own language.
  daruma: { cut: undefined }, // They kick the drawer by `ESC p` without its numbers, and the cut is eaten for them.
  diebold: { cut: undefined }, // Their drawer kick, `ESC & 0`, begins a user-defined character here.
};

async function made(model: ModelName, job: (printer: Printer) => Promise<void>) {
  const collector = new Collector();
  await job(await Printer.CONNECT(new Model(model), collector));
  return printed(Buffer.concat(collector.parts));
}

test('the library knows many models', () => {
  expect(MODELS.length).toBeGreaterThan(30);
});

test.each(MODELS)('$model ($profile): text, drawer and cut', async ({ model, profile }) => {
  const paper = await made(model, async (printer) => {
    await printer.writeln('Cupom fiscal');
    await printer.feed(2);
    await printer.drawer(Drawer.First);
    await printer.cutter();
  });
  const { unknown = [], text = 'Cupom fiscal', ...rest } = FOREIGN[profile] ?? {};
  expect(paper.unknown.map(({ hex }) => hex)).toEqual(unknown);
  expect(paper.lines[0]).toBe(text);
  expect(paper.cuts[0] === undefined).toBe('cut' in rest);
});

describe('models that speak as Epson does', () => {
  test.each(['TM-T20', 'TM-T81', 'TM-T88', 'I9'] as const)('%s: accents, bold, QR code', async (model) => {
    const paper = await made(model, async (printer) => {
      await printer.writeln('Ação 12,80', Style.Bold);
      await printer.qrcode('https://paperjam.example/r/3', 5);
      await printer.drawer(Drawer.First);
      await printer.cutter();
    });
    expect(paper.unknown).toEqual([]);
    expect(paper.lines).toEqual(['Ação 12,80']);
    expect(await paper.codes()).toEqual([{ format: 'QRCode', text: 'https://paperjam.example/r/3' }]);
    expect(paper.bench.printer.counters).toMatchObject({ pulses: 1, cuts: 1 });
  });
});
