import { type Connection, Drawer, Image, Model, Printer, Style } from 'escpos-buffer';
import { CharacterSet, PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import { expect, test } from 'vitest';
import { type Bench, instantBench } from './bench.js';

/** Streams that programs written by others make: none of their bytes may be unknown, and the text must come out. */
class Collector implements Connection {
  readonly parts: Buffer[] = [];

  async open(): Promise<void> {}

  async write(data: Buffer): Promise<void> {
    this.parts.push(data);
  }

  async close(): Promise<void> {}
}

function print(bytes: Buffer): Bench {
  const bench = instantBench().send(bytes);
  bench.printer.tear();
  return bench;
}

async function withEscposBuffer(
  model: ConstructorParameters<typeof Model>[0],
  job: (printer: Printer) => Promise<void>,
): Promise<Bench> {
  const collector = new Collector();
  const printer = await Printer.CONNECT(new Model(model), collector);
  await job(printer);
  return print(Buffer.concat(collector.parts));
}

test('escpos-buffer: text, styles, sizes, drawer, cut', async () => {
  const bench = await withEscposBuffer('TM-T20', async (printer) => {
    await printer.writeln('Bold', Style.Bold);
    await printer.writeln('Ação 12,80', Style.DoubleWidth | Style.DoubleHeight);
    await printer.withStyle({ width: 3, height: 2, bold: true }, async () => printer.writeln('Grande'));
    await printer.drawer(Drawer.First);
    await printer.feed(3);
    await printer.cutter();
  });
  expect(bench.printer.unknown).toEqual([]);
  expect(bench.lines).toEqual(['Bold', 'Ação 12,80', 'Grande']);
  expect(bench.printer.paper.pieces[0]?.wholeLines.map((line) => line.heightDots)).toEqual([24, 48, 48]);
  expect(bench.printer.counters).toMatchObject({ pulses: 1, cuts: 1 });
});

test('escpos-buffer: a QR code, level L', async () => {
  const bench = await withEscposBuffer('TM-T20', async (printer) => {
    await printer.qrcode('https://github.com/grandchef/escpos-buffer', 5);
  });
  expect(bench.printer.unknown).toEqual([]);
  expect(bench.printer.paper.pieces[0]?.wholeLines[0]?.items).toMatchObject([
    { kind: 'qr', data: 'https://github.com/grandchef/escpos-buffer', level: 'L', moduleDots: 5 },
  ]);
});

test('escpos-buffer: a picture in bands of ESC * without a gap', async () => {
  const width = 48;
  const height = 48;
  const black = { width, height, data: Buffer.alloc(width * height * 4, 0).fill(Buffer.from([0, 0, 0, 255])) };
  const bench = await withEscposBuffer('TM-T20', async (printer) => {
    await printer.draw(new Image(black as ConstructorParameters<typeof Image>[0]));
  });
  expect(bench.printer.unknown).toEqual([]);
  expect(bench.printer.paper.pieces[0]?.wholeLines.map((line) => line.feedDots)).toEqual([24, 24]);
});

async function withThermalPrinter(job: (printer: ThermalPrinter) => void | Promise<void>): Promise<Bench> {
  const printer = new ThermalPrinter({
    type: PrinterTypes.EPSON,
    // Any object will do, though the typings ask for a string.
    interface: { isPrinterConnected: async () => true, execute: async () => Buffer.alloc(0) } as unknown as string,
    characterSet: CharacterSet.PC852_LATIN2,
    width: 48,
  });
  await job(printer);
  return print(printer.getBuffer() ?? Buffer.alloc(0));
}

test('node-thermal-printer, EPSON: text, tables, styles, cut', async () => {
  const bench = await withThermalPrinter((printer) => {
    printer.alignCenter();
    printer.bold(true);
    printer.println('RAČUN');
    printer.bold(false);
    printer.alignLeft();
    printer.drawLine();
    printer.leftRight('Skupaj', '12,80');
    printer.table(['ena', 'dva', 'tri']);
    printer.setTextQuadArea();
    printer.println('Veliko');
    printer.setTextNormal();
    printer.invert(true);
    printer.println('obrnjeno');
    printer.invert(false);
    printer.underlineThick(true);
    printer.println('pod');
    printer.underline(false);
    printer.cut();
  });
  expect(bench.printer.unknown).toEqual([]);
  const { lines } = bench;
  expect(lines[0]).toBe('RAČUN');
  expect(lines[1]).toBe('-'.repeat(48));
  expect(lines[2]).toBe(`Skupaj${' '.repeat(37)}12,80`);
  expect(lines[3]?.split(/ +/).filter(Boolean)).toEqual(['ena', 'dva', 'tri']);
  expect(lines.slice(4)).toEqual(['Veliko', 'obrnjeno', 'pod']);
  expect(bench.printer.paper.pieces[0]?.cut).toBeDefined();
});

test('node-thermal-printer, EPSON: QR code and barcodes', async () => {
  const bench = await withThermalPrinter((printer) => {
    printer.printQR('https://paperjam.example', { cellSize: 4, correction: 'Q', model: 2 });
    printer.code128('A12345');
    printer.println('behind');
  });
  expect(bench.printer.unknown).toEqual([]);
  const [line] = bench.printer.paper.pieces[0]?.wholeLines ?? [];
  expect(line?.items).toMatchObject([{ kind: 'qr', data: 'https://paperjam.example', level: 'Q', moduleDots: 4 }]);
  expect(bench.lines.at(-1)).toBe('behind');
});
