import iconv from 'iconv-lite';
import { transform } from 'receiptline';
import { toPng } from '../emulator/printer/paper/png.js';
import { rasterise } from '../emulator/printer/paper/raster.js';
import { openGlyphs } from '../glyphs/glyphs.js';
import { readPrinterProfile } from '../world/devices.js';
import { alternate, row, type Series, title, type Work } from './measure.js';
import { BenchPrinter, chineseTicket, plainText, randomBytes, rasterPictures } from './printer-inputs.js';

const MB = 1_000_000;
const STREAM_BYTES = 20 * MB;
const GARBAGE_BYTES = 100 * MB;
const GARBAGE_PIECE_BYTES = 20_000;
const ROUNDS = 5;
const TICKETS = 50;

/**
 * The emulated printer alone. npm has no other interpreter of ESC/POS to run beside it (what there is writes it, or is in
 * other languages); beside each figure stands the nearest that npm offers for the same data.
 */
export async function printerFigures(): Promise<void> {
  const profile = readPrinterProfile('epson-tm-m30');
  title(
    `the emulated printer: interpreting ${STREAM_BYTES / MB} MB, to lines on paper; in brackets what runs beside it`,
  );
  const text = plainText(STREAM_BYTES);
  const pictures = rasterPictures(STREAM_BYTES);
  const through = (stream: Uint8Array): Work => ({
    times: stream.length,
    run: () => new BenchPrinter(profile).print(stream),
  });
  const [ourText, decoded] = await alternate(ROUNDS, through(text), {
    times: text.length,
    run: () => iconv.decode(text, 'cp437').split('\n').length,
  });
  row('text', speed(ourText), `to reach: 50 MB/s  (iconv-lite, decoding only: ${speed(decoded)})`);
  const [ourPictures, copied] = await alternate(ROUNDS, through(pictures), {
    times: pictures.length,
    run: () => Buffer.from(pictures).length,
  });
  row('raster pictures', speed(ourPictures), `to reach: 300 MB/s  (Buffer.from, a copy only: ${speed(copied)})`);
  const garbage = randomBytes(GARBAGE_BYTES);
  const beganMs = performance.now();
  // A printer soon deselects itself, or waits for gigabytes of picture: a fresh one for each piece.
  for (let at = 0; at < GARBAGE_BYTES; at += GARBAGE_PIECE_BYTES)
    new BenchPrinter(profile).print(garbage.subarray(at, at + GARBAGE_PIECE_BYTES));
  row('random bytes, 100 MB', `${((performance.now() - beganMs) / 1_000).toFixed(2)} s`);

  await ticketFigures();
}

async function ticketFigures(): Promise<void> {
  title('a Chinese ticket of 40 lines with a QR code, each one different, from bytes to PNG on one core; fonts warm');
  const profile = readPrinterProfile('epson-tm-m30');
  const glyphs = openGlyphs();
  let n = 0;
  const picture = (bytes: Uint8Array) => {
    const printer = new BenchPrinter(profile);
    printer.feed(bytes);
    return printer.emulated.paper.takeFinished().map((piece) => toPng(rasterise(piece, glyphs)));
  };
  if (picture(chineseTicket(0)).length !== 1) throw new Error('the ticket of the bench is not one piece of paper');
  const tickets = Array.from({ length: TICKETS }, (_, index) => chineseTicket(index));
  const [ours, theirs] = await alternate(
    ROUNDS,
    { times: TICKETS, run: () => tickets.map((bytes) => picture(bytes)) },
    {
      times: TICKETS,
      run: () => tickets.map(() => transform(asReceiptline(n++), { command: 'svg', encoding: 'gb18030', cpl: 48 })),
    },
  );
  row('bytes to PNG', perSecond(ours), 'to reach: 200/s');
  row('(receiptline, from its own language to SVG without dots)', perSecond(theirs));
}

/** The same ticket in the language of receiptline. */
function asReceiptline(n: number): string {
  const items = Array.from({ length: 36 }, (_, item) => {
    const count = ((n + item) % 3) + 1;
    return `${String(item + 1).padStart(2, '0')} 拿铁咖啡大杯少糖加奶 x${count} | ￥${(12.8 * count).toFixed(2)}`;
  });
  const code = `{code:https://shop.example/r/20260101${String(n).padStart(8, '0')};option:qrcode,6,m}`;
  return ['^^街角咖啡', ...items, '"合计" | "￥998.40"', code, '谢谢惠顾', '欢迎再来', '='].join('\n');
}

/** Microseconds a byte as megabytes a second. */
function speed({ median }: Series): string {
  return `${(1 / median).toFixed(0)} MB/s`;
}

function perSecond({ median }: Series): string {
  return `${Math.round(1e6 / median)}/s`;
}
