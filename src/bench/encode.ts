import type { TicketDocument } from '../ports/ticket.js';
import { prepareDialect } from '../printer/prepare-dialect.js';
import { readPrinterProfile } from '../world/devices.js';
import {
  asDocument,
  escposBuffer,
  nodeThermalPrinter,
  receiptline,
  receiptPrinterEncoder,
  type Slip,
  slipOf,
} from './encode-rivals.js';
import { alternate, row, timesAsFast, title } from './measure.js';
import { BenchPrinter } from './printer-inputs.js';

const ROUNDS = 9;
const SLIPS = 300;

type Encode = (slip: Slip) => Uint8Array | Promise<Uint8Array>;

/** From a sales slip to bytes, beside the libraries that others use for it, all in one run. */
export async function encodingFigures(): Promise<void> {
  title(`encoding a sales slip with a QR code, each one different, ${SLIPS} a round; all come out alike on paper`);
  const profile = readPrinterProfile('epson-tm-m30');
  const dialect = await prepareDialect(profile);
  const bytesOf = (ticket: TicketDocument) => Buffer.concat(dialect.encode(ticket).blocks.map(({ bytes }) => bytes));
  const encoders: readonly (readonly [string, Encode])[] = [
    ['paperjam, from its ticket document, in blocks', (slip) => bytesOf(asDocument(slip))],
    ['node-thermal-printer', nodeThermalPrinter()],
    ['escpos-buffer alone', await escposBuffer()],
    ['receiptline', receiptline],
    ['receipt-printer-encoder', receiptPrinterEncoder()],
  ];
  for (const [name, encode] of encoders) checkOnPaper(name, await encode(slipOf(7)), slipOf(7));
  const slips = Array.from({ length: SLIPS }, (_, n) => slipOf(n));
  const series = await alternate(
    ROUNDS,
    ...encoders.map(([, encode]) => ({
      times: SLIPS,
      async run() {
        for (const slip of slips) {
          const bytes = encode(slip);
          if (bytes instanceof Promise) await bytes;
        }
      },
    })),
  );
  const [ours] = series;
  if (ours === undefined) return;
  for (const [i, [name]] of encoders.entries()) {
    const theirs = series[i] ?? ours;
    const { median, least, most } = timesAsFast(ours, theirs);
    const beside = `paperjam is ${median.toFixed(1)} times as fast (${least.toFixed(1)} to ${most.toFixed(1)})`;
    row(name, `${Math.round(1e6 / theirs.median)} tickets/s`, theirs === ours ? '' : beside);
  }
}

/** Every one of them must have said what it should: a library that leaves something out is fast too. */
function checkOnPaper(name: string, bytes: Uint8Array, slip: Slip): void {
  const printer = new BenchPrinter(readPrinterProfile('epson-tm-m30'));
  printer.feed(bytes);
  printer.emulated.tear();
  const pieces = printer.emulated.paper.takeFinished();
  const text = pieces.flatMap(({ lines }) => lines).join('\n');
  const words = [slip.shop, slip.title, ...slip.facts.flat(), ...slip.amount, ...slip.status, slip.end];
  const missing = words.filter((word) => !text.includes(word));
  const symbols = pieces
    .flatMap(({ operations }) => operations)
    .flatMap((operation) => (operation.op === 'line' ? operation.items : []))
    .filter(({ kind }) => kind === 'qr' || kind === 'image'); // receiptline draws it itself, in stripes.
  if (missing.length > 0 || symbols.length === 0) {
    throw new Error(`the slip of ${name} lacks ${missing.join(', ') || 'its QR code'}:\n${text}`);
  }
}
