import { Align as LibraryAlign, Printer as LibraryPrinter, Model } from 'escpos-buffer';
import type { Capability } from 'escpos-buffer/dist/capabilities.js';
import type { Profile as LibraryProfile, StyleConf } from 'escpos-buffer/dist/profile/index.js';
import type { PrinterProfile } from '../../ports/device.js';
import type { TextStyle } from '../../ports/ticket.js';
import { MOST_TIMES, type StylePiece, stylePieces } from '../ticket/styles.js';
import { CP437, GB18030 } from '../ticket/text-encoding.js';

/**
 * Command sequences as escpos-buffer writes them, taken from it once. Every byte is below 0x80, so that a string holds
 * them and is encoded together with the text around them.
 */
export interface EscposPieces {
  /** Selects the text encoding. */
  readonly select: string;
  /** Ends a line: CR LF. */
  readonly lineEnd: string;
  readonly center: string;
  readonly left: string;
  /** The sequences around a text of this style; `undefined` for plain text, which needs none. */
  style(style: TextStyle): StylePiece | undefined;
}

/**
 * The package's index does not export its Epson profile, so a model that has it hands it out; a bare `constructor` has no
 * type, hence the cast.
 */
const Epson = new Model('TM-T88').profile.constructor as new (capability: Capability) => LibraryProfile;

const PLACE = '\0text\0';
/** With one Font A, so that the library never switches fonts. */
const FONT = 'Font A';

/** The text encoding of a model, and the command that selects it. */
export function escposEncoding({ cjk }: Pick<PrinterProfile, 'cjk'>) {
  return cjk === 'gb18030' ? { encoding: GB18030, select: '\x1c&' } : { encoding: CP437, select: '\x1bt\0' };
}

/**
 * A library printer that writes into a list. escpos-buffer has no Chinese of its own; a profile whose only code page is
 * GB18030, selected by `FS &`, makes it write it.
 */
export async function libraryPrinter(
  profile: Pick<PrinterProfile, 'cjk' | 'columns' | 'maker' | 'model'>,
): Promise<{ printer: LibraryPrinter; take(): string; write(text: string): Promise<void> }> {
  const { encoding, select } = escposEncoding(profile);
  const capability: Capability = {
    profile: 'epson',
    brand: profile.maker,
    model: profile.model,
    columns: profile.columns,
    fonts: [{ name: FONT, columns: profile.columns }],
    codepage: encoding.name,
    codepages: [{ code: encoding.name, command: select }],
  };
  let written: Buffer[] = [];
  const connection = {
    open: async () => {},
    close: async () => {},
    write: async (bytes: Buffer) => {
      written.push(bytes);
    },
  };
  const printer = await LibraryPrinter.CONNECT(new Model(new Epson(capability)), connection);
  return {
    printer,
    take() {
      const taken = Buffer.concat(written).toString('latin1');
      written = [];
      return taken;
    },
    write: (text) => connection.write(Buffer.from(text, 'latin1')),
  };
}

/** Asks escpos-buffer for every sequence that a ticket can need. Its calls return promises, so this is done once, at start. */
export async function preparePieces(profile: PrinterProfile): Promise<EscposPieces> {
  const library = await libraryPrinter(profile);
  const select = library.take();

  const around = async (style: StyleConf): Promise<StylePiece> => {
    await library.printer.withStyle(style, () => library.write(PLACE));
    const [before, after] = library.take().split(PLACE);
    if (before === undefined || after === undefined) throw new Error('escpos-buffer lost the text between its styles');
    return { before, after };
  };
  const normal = await around({});
  /** What a property adds before the text (behind the size), and after it (in front of the size). */
  const added = async (style: StyleConf): Promise<StylePiece> => {
    const { before, after } = await around(style);
    return { before: before.slice(normal.before.length), after: after.slice(0, after.length - normal.after.length) };
  };
  const bold = await added({ bold: true });
  const underline = await added({ underline: true });
  const sizes: string[] = [];
  for (let width = 1; width <= MOST_TIMES; width++) {
    for (let height = 1; height <= MOST_TIMES; height++) sizes.push((await around({ width, height })).before);
  }
  const alignment = async (align: LibraryAlign): Promise<string> => {
    await library.printer.setAlignment(align);
    return library.take();
  };
  const left = await alignment(LibraryAlign.Left);
  const center = await alignment(LibraryAlign.Center);
  const right = await alignment(LibraryAlign.Right);
  await library.printer.feed(1);
  const lineEnd = library.take();

  // FS - belongs to ESC -, which leaves Chinese characters alone on most models; escpos-buffer knows neither it nor GS B.
  const chinese = profile.cjk === 'gb18030';
  const underlined = chinese ? { before: `${underline.before}\x1c-1`, after: `\x1c-0${underline.after}` } : underline;
  const sequences = {
    align: { left, center, right },
    size: (width: number, height: number) => sizes[(width - 1) * MOST_TIMES + height - 1] ?? normal.before,
    bold,
    underline: underlined,
    reverse: { before: '\x1dB\x01', after: '\x1dB\0' },
  };
  return { select, lineEnd, center, left, style: stylePieces(sequences, MOST_TIMES, MOST_TIMES) };
}
