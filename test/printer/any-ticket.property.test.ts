import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PaperjamError } from '../../src/base/errors.js';
import type { PrinterLanguage, PrinterProfile } from '../../src/ports/device.js';
import type { TextStyle, TicketDocument, TicketElement } from '../../src/ports/ticket.js';
import type { Dialect, EncodedTicket } from '../../src/printer/dialect.js';
import { prepareDialect } from '../../src/printer/prepare-dialect.js';
import { instantBench } from '../emulator/printer/bench.js';
import { WESTERN } from './profiles.js';

/** The commands of tickets without symbols, from the manuals: what each begins with, and how many bytes follow. */
interface Grammar {
  readonly commands: readonly (readonly [string, number])[];
  /** The one that sets the width of text; its last byte says how wide. */
  readonly size: string;
  readonly times: (last: number) => number;
}

const ESCPOS: Grammar = {
  commands: [
    ...['\x1b@', '\x1c&', '\x1c.', '\x1bi', '\x1dVB\0', '\x1dV\x01'].map((head) => [head, 0] as const),
    ...['\x1da', '\x1bt', '\x1ba', '\x1d!', '\x1bE', '\x1b-', '\x1c-', '\x1dB', '\x1bd'].map(
      (head) => [head, 1] as const,
    ),
  ],
  size: '\x1d!',
  times: (last) => (last >> 4) + 1,
};
const STAR: Grammar = {
  commands: [
    ...['\x1b@', '\x1bE', '\x1bF', '\x1b4', '\x1b5'].map((head) => [head, 0] as const),
    ...['\x1b\x1ea', '\x1b\x1eF', '\x1bz', '\x1b\x1dt', '\x1b\x1da', '\x1b-', '\x1bd'].map(
      (head) => [head, 1] as const,
    ),
    ['\x1bs', 2],
    ['\x1bi', 2],
  ],
  size: '\x1bi',
  times: (last) => last + 1,
};
const DARUMA: Grammar = {
  commands: [
    ...['\x1b@', '\x1bE', '\x1bF', '\x1bm'].map((head) => [head, 0] as const),
    ...['\x1bj', '\x1bW', '\x1bw', '\x1b-'].map((head) => [head, 1] as const),
  ],
  size: '\x1bW',
  times: (last) => last + 1,
};
const BROTHER: Grammar = {
  commands: [
    ...['\x1b@', '\x1bg', '\x1bE', '\x1bF', '\f'].map((head) => [head, 0] as const),
    ...['\x1bia', '\x1biC', '\x1bt', '\x1bk', '\x1bp', '\x1b3', '\x1ba', '\x1bW', '\x1b-'].map(
      (head) => [head, 1] as const,
    ),
    ['\x1bX', 3],
  ],
  size: '\x1bW',
  times: (last) => last + 1,
};

const GRAMMARS: Readonly<Record<PrinterLanguage, Grammar>> = {
  escpos: ESCPOS,
  tanca: ESCPOS,
  custom: ESCPOS,
  'star-line': STAR,
  'star-prnt': STAR,
  daruma: DARUMA,
  brother: BROTHER,
};

const CASES = (Object.keys(GRAMMARS) as PrinterLanguage[]).flatMap(
  (
    language, // The keys of a complete record.
  ) =>
    (['gb18030', 'none'] as const).flatMap((cjk) =>
      [
        [48, 576],
        [32, 384],
        [10, 120],
      ].map(([columns = 0, printableDots = 0]) => ({
        name: `${language}, ${cjk}, ${columns} columns`,
        profile: { ...WESTERN, language, cjk, columns, paper: { widthMm: 80, printableDots, dpi: 203 } } as const,
      })),
    ),
);

/** Letters, Chinese, marks that close, accents, emoji, control characters and whole commands. */
const text = fc.string({
  unit: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('a', 'Z', '9', ' ', '中', '，', '。', 'é', '￥', '𠀀', '\n') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('\x1b@', '\x1dV\0', '\x10\x04\x01', '\x1bia\0', '\x1b\x1da\x01', '\x0c', '\t', '\r'),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
  ),
  maxLength: 90,
});
const times = fc.option(fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constantFrom(-1, 0, 0.5, 99, Number.NaN)), {
  nil: undefined,
});
const style: fc.Arbitrary<TextStyle> = fc
  .record({
    align: fc.constantFrom('left' as const, 'center' as const, 'right' as const),
    bold: fc.boolean(),
    width: times,
    height: times,
    underline: fc.boolean(),
    reverse: fc.boolean(),
  })
  .map(({ width, height, ...rest }) => ({
    ...rest,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  }));
const written: fc.Arbitrary<TicketElement> = fc.oneof(
  fc.tuple(text, style).map(([words, look]): TicketElement => ({ kind: 'text', text: words, ...look })),
  fc.tuple(text, text, style).map(([label, value, look]): TicketElement => ({ kind: 'pair', label, value, ...look })),
  fc.constant<TicketElement>({ kind: 'rule' }),
  fc.integer({ min: -1, max: 300 }).map((lines): TicketElement => ({ kind: 'feed', lines })),
  fc.constant<TicketElement>({ kind: 'cut' }),
);
const number = fc.oneof(fc.integer({ min: -1, max: 300 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 1e9));
const symbol: fc.Arbitrary<TicketElement> = fc.oneof(
  fc
    .tuple(
      fc.oneof(text, fc.webUrl(), fc.constant('x'.repeat(900))),
      number,
      fc.constantFrom('L' as const, 'H' as const),
    )
    .map(([data, moduleDots, level]): TicketElement => ({ kind: 'qr', data, moduleDots, level })),
  fc
    .tuple(
      fc.constantFrom(
        'code128' as const,
        'code39' as const,
        'ean13' as const,
        'ean8' as const,
        'upca' as const,
        'itf' as const,
        'codabar' as const,
      ),
      fc.oneof(text, fc.stringMatching(/^\d{0,14}$/), fc.stringMatching(/^[A-Z0-9]{1,12}$/)),
      number,
      number,
      fc.boolean(),
    )
    .map(
      ([system, data, moduleDots, heightDots, hri]): TicketElement => ({
        kind: 'barcode',
        system,
        data,
        moduleDots,
        heightDots,
        hri,
      }),
    ),
  fc
    .tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 60 }), fc.boolean(), fc.nat(255))
    .map(([widthDots, heightDots, whole, fill]): TicketElement => {
      const bytes = Math.ceil(widthDots / 8) * heightDots + (whole ? 0 : 1);
      return { kind: 'image', widthDots, heightDots, rows: new Uint8Array(bytes).fill(fill) };
    }),
  number.map((lines): TicketElement => ({ kind: 'feed', lines })),
);

const documentOf = (element: fc.Arbitrary<TicketElement>) =>
  fc.array(element, { maxLength: 12 }).map((elements): TicketDocument => ({ elements }));

/** `undefined`: the ticket was refused, in words. Anything else that is thrown is a failure. */
function encoded(dialect: Dialect, ticket: TicketDocument): EncodedTicket | undefined {
  try {
    return dialect.encode(ticket);
  } catch (error) {
    if (error instanceof PaperjamError && error.code === 'PJ_TICKET') return undefined;
    throw error;
  }
}

/** Columns that a line takes: whatever is outside ASCII takes two where the printer has Chinese. */
function columnsOf(line: string, cjk: PrinterProfile['cjk']): number {
  if (cjk !== 'gb18030') return line.length;
  let columns = 0;
  for (const char of new TextDecoder('gb18030').decode(Buffer.from(line, 'latin1'))) columns += char > '\x7f' ? 2 : 1;
  return columns;
}

interface Line {
  readonly text: string;
  /** The widest that anything in it is. */
  readonly times: number;
}

/** Reads a stream as the printer does. Throws at a control byte that begins no command of the language. */
function linesOf(stream: string, { commands, size, times }: Grammar): { lines: Line[]; begun: string } {
  const lines: Line[] = [];
  let text = '';
  let widest = 1;
  let now = 1;
  for (let at = 0; at < stream.length; ) {
    const char = stream.charAt(at);
    const command = commands.find(([head]) => stream.startsWith(head, at));
    if (command !== undefined) {
      const [head, following] = command;
      at += head.length + following;
      if (head === size) now = times(stream.charCodeAt(at - 1));
    } else if (char === '\n') {
      lines.push({ text, times: widest });
      text = '';
      widest = 1;
      at++;
    } else if (char === '\r' && stream.charAt(at + 1) === '\n') {
      at++;
    } else {
      if (char < ' ' || char === '\x7f') throw new Error(`byte ${char.charCodeAt(0)} begins no command, at ${at}`);
      text += char;
      widest = Math.max(widest, now);
      at++;
    }
  }
  return { lines, begun: text };
}

describe.each(CASES)('any ticket in $name', ({ profile }) => {
  const grammar = GRAMMARS[profile.language];
  // Daruma and Brother have no Chinese, whatever the profile says.
  const cjk = profile.language === 'daruma' || profile.language === 'brother' ? 'none' : profile.cjk;

  test('is text and known commands, no line wider than the paper, each block to the end of a line', async () => {
    const dialect = await prepareDialect(profile);
    fc.assert(
      fc.property(documentOf(written), (ticket) => {
        const { blocks, lines } = dialect.encode(ticket);
        for (const { bytes } of blocks) {
          const read = linesOf(Buffer.from(bytes).toString('latin1'), grammar);
          expect(read.begun).toBe('');
          for (const { text, times } of read.lines) {
            expect(columnsOf(text, cjk) * times).toBeLessThanOrEqual(profile.columns);
          }
        }
        const counted = blocks.flatMap(({ lines: range }) => (range === undefined ? [] : [range[1] - range[0] + 1]));
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(lines);
      }),
      { numRuns: 60 },
    );
  });

  test('is encoded or refused in words, whatever its symbols are, in blocks that are shorter than any parser waits for', async () => {
    const dialect = await prepareDialect(profile);
    fc.assert(
      fc.property(documentOf(fc.oneof(symbol, written)), (ticket) => {
        for (const { bytes, paperMm = Number.NaN } of encoded(dialect, ticket)?.blocks ?? []) {
          expect(bytes.length).toBeGreaterThan(0);
          expect(paperMm).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(CASES.filter(({ profile: { language } }) => ['escpos', 'tanca', 'custom'].includes(language)))(
  'any ticket on an emulated printer: $name',
  ({ profile }) => {
    test('holds nothing that is not understood, and nothing that is left out', async () => {
      const dialect = await prepareDialect(profile);
      fc.assert(
        fc.property(documentOf(fc.oneof(symbol, written)), (ticket) => {
          const blocks = encoded(dialect, ticket)?.blocks ?? [];
          const { printer } = instantBench(profile)
            .send(...blocks.map(({ bytes }) => bytes))
            .finish();
          expect(printer.unknown).toEqual([]);
          expect(printer.warnings).toEqual([]);
        }),
        { numRuns: 40 },
      );
    });
  },
);
