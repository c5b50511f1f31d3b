import { describe, expect, test } from 'vitest';
import type { PrinterLanguage, PrinterProfile } from '../../../src/ports/device.js';
import type { TicketElement } from '../../../src/ports/ticket.js';
import { prepareDialect } from '../../../src/printer/prepare-dialect.js';
import { hex, toHex } from '../bytes.js';
import { WESTERN, WIDE } from '../profiles.js';

const CHINESE = { cjk: 'gb18030' } as const;

async function dialectOf(language: PrinterLanguage, changes: Partial<PrinterProfile> = {}) {
  return prepareDialect({ ...WESTERN, language, checkpoint: 'GS r', ...changes });
}

async function bytesOf(language: PrinterLanguage, element: TicketElement, changes: Partial<PrinterProfile> = {}) {
  const { blocks } = (await dialectOf(language, changes)).encode({ elements: [element] });
  return toHex(Buffer.concat(blocks.map(({ bytes }) => bytes)));
}

/** An 8 × 2 picture: one black row, one white. */
const PICTURE: TicketElement = { kind: 'image', widthDots: 8, heightDots: 2, rows: hex('ff 00') };
const TITLE: TicketElement = { kind: 'text', text: 'A', align: 'center', bold: true, width: 2, height: 2 };
const CODE: TicketElement = { kind: 'barcode', system: 'code128', data: 'A%1', heightDots: 60, hri: false };
const EAN: TicketElement = { kind: 'barcode', system: 'ean13', data: '4006381333931', moduleDots: 3 };

describe('who answers ESC/POS questions', () => {
  test.each([
    ['escpos', 'escpos'],
    ['tanca', 'escpos'],
    ['custom', 'escpos'],
    ['star-line', 'nothing'],
    ['star-prnt', 'nothing'],
    ['daruma', 'nothing'],
    ['brother', 'nothing'],
  ] as const)('%s: %s', async (language, answers) => {
    expect((await dialectOf(language)).answers).toBe(answers);
  });

  test('a profile that names no language is ESC/POS', async () => {
    expect((await prepareDialect(WIDE)).answers).toBe('escpos');
  });
});

describe.each(['star-line', 'star-prnt'] as const)('%s', (language) => {
  const BEGIN = '1b 40 1b 1e 61 00 1b 1e 46 00 1b 7a 01';

  test('begins with ESC @, silence, Font A and lines of 4 mm, and in code page 437', async () => {
    expect(await bytesOf(language, { kind: 'text', text: 'é¥' })).toBe(`${BEGIN} 1b 1d 74 01 82 9d 0a`);
  });

  test('has Chinese as it stands, with no space beside it', async () => {
    expect(await bytesOf(language, { kind: 'text', text: '中' }, CHINESE)).toBe(`${BEGIN} 1b 73 30 30 d6 d0 0a`);
  });

  test('has QR codes of more than 255 bytes, with their length in two', async () => {
    expect(await bytesOf(language, { kind: 'qr', data: 'x'.repeat(260), level: 'L', moduleDots: 2 })).toContain(
      '1b 1d 79 44 31 00 04 01 78 78',
    );
  });

  test('needs as many zeros to end a command as its longest picture has bytes', async () => {
    const { longestCommandBytes } = await dialectOf(language);
    expect(longestCommandBytes).toBeGreaterThan(4 + 24 * (576 / 8));
    expect(longestCommandBytes).toBeGreaterThan(2_000);
  });

  test('has sizes of one to six times by ESC i, the height first', async () => {
    const style = (width: number, height: number) =>
      bytesOf(language, { kind: 'text', text: 'A', width, height }, CHINESE);
    expect(await style(2, 1)).toContain('1b 69 00 01 41 0a 1b 69 00 00');
    expect(await style(1, 3)).toContain('1b 69 02 00 41 0a');
    expect(await style(9, 9)).toContain('1b 69 05 05 41 0a');
  });

  test('wears what a title wears', async () => {
    expect(await bytesOf(language, TITLE, CHINESE)).toBe(
      `${BEGIN} 1b 73 30 30 1b 1d 61 01 1b 69 01 01 1b 45 41 0a 1b 46 1b 69 00 00 1b 1d 61 00`,
    );
  });

  test('has QR codes with the data in UTF-8, counted in bytes', async () => {
    const bytes = await bytesOf(language, { kind: 'qr', data: '中', level: 'H', moduleDots: 4 }, CHINESE);
    expect(bytes).toContain(
      '1b 1d 61 01 1b 1d 79 53 30 02 1b 1d 79 53 31 03 1b 1d 79 53 32 04 1b 1d 79 44 31 00 03 00 e4 b8 ad 1b 1d 79 50',
    );
  });

  test('has bar codes, with a per cent sign as %0 in Code 128, and EAN without its check digit', async () => {
    expect(await bytesOf(language, CODE, CHINESE)).toContain('1b 62 36 31 31 3c 41 25 30 31 1e');
    expect(await bytesOf(language, EAN, CHINESE)).toContain('1b 62 33 32 32 50 34 30 30 36 33 38 31 33 33 33 39 33 1e');
  });

  test('names the widths of bars as Star does: 2:5, 3:9 and 4:10 dots of ITF are modes 1, 8 and 2', async () => {
    const modes = [2, 3, 4].map(async (moduleDots) => {
      const itf: TicketElement = { kind: 'barcode', system: 'itf', data: '1234', moduleDots };
      return /1b 62 35 32 (3\d) 50 31 32 33 34 1e/.exec(await bytesOf(language, itf, CHINESE))?.[1];
    });
    expect(await Promise.all(modes)).toEqual(['31', '38', '32']);
  });

  test('cuts by ESC d 3, which feeds to the blade; without a cutter it feeds past the edge', async () => {
    expect(await bytesOf(language, { kind: 'cut' }, CHINESE)).toBe(`${BEGIN} 1b 73 30 30 1b 64 03`);
    expect(
      (await bytesOf(language, { kind: 'cut' }, { ...CHINESE, cutter: false })).endsWith('30 30 0a 0a 0a 0a'),
    ).toBe(true);
    expect(toHex((await dialectOf(language)).finishPiece)).toBe('1b 40 0a 1b 64 03');
  });
});

test('Star Line mode prints pictures in stripes of 24 rows with lines of 3 mm, StarPRNT as they come', async () => {
  const line = await bytesOf('star-line', PICTURE, CHINESE);
  expect(line).toContain(`1b 1d 61 01 1b 30 1b 6b 01 00 ff ${'00 '.repeat(23)}0a 1b 7a 01 1b 1d 61 00`);
  const prnt = await bytesOf('star-prnt', PICTURE, CHINESE);
  expect(prnt).toContain('1b 1d 61 01 1b 1d 53 01 01 00 02 00 00 ff 00 1b 1d 61 00');
});

describe('Daruma', () => {
  test('has double width and height and nothing more, and no white on black', async () => {
    expect(await bytesOf('daruma', { ...TITLE, width: 8, height: 8, reverse: true })).toBe(
      '1b 40 1b 6a 01 1b 57 01 1b 77 01 1b 45 41 0a 1b 46 1b 57 00 1b 77 00 1b 6a 00',
    );
  });

  test('is written in ASCII, since its code page is set at the printer: accents are dropped', async () => {
    expect(await bytesOf('daruma', { kind: 'text', text: 'Ação ¥1 中：ﬁ' })).toBe(
      `1b 40 ${toHex(Buffer.from('Acao Y1 ?:fi'))} 0a`,
    );
  });

  test('has QR codes by ESC 81, of which the length counts size and level too', async () => {
    const bytes = await bytesOf('daruma', { kind: 'qr', data: '中', level: 'Q', moduleDots: 16 });
    expect(bytes).toContain('1b 6a 01 1b 81 05 00 07 51 e4 b8 ad 1b 6a 00');
    expect(await bytesOf('daruma', { kind: 'qr', data: 'a', level: 'L' })).toContain('1b 81 03 00 06 4d 61');
    expect(await bytesOf('daruma', { kind: 'qr', data: 'x'.repeat(300) })).toContain('1b 81 2e 01');
  });

  test('refuses a QR code that its smallest module makes too wide, and one of more than 700 bytes', async () => {
    const narrow = { columns: 32, paper: { widthMm: 58, printableDots: 384, dpi: 203 } };
    await expect(bytesOf('daruma', { kind: 'qr', data: 'x'.repeat(700), level: 'H' }, narrow)).rejects.toThrow(
      'the QR code of 700 bytes is 411 dots wide. Allowed: up to 384 dots',
    );
    await expect(bytesOf('daruma', { kind: 'qr', data: 'x'.repeat(701) })).rejects.toThrow('1 to 700 bytes');
  });

  test('has bar codes of at least 50 dots', async () => {
    expect(await bytesOf('daruma', CODE)).toContain('1b 62 05 02 3c 00 41 25 31 00');
    expect(await bytesOf('daruma', { ...EAN, heightDots: 1 })).toContain(
      '1b 62 01 03 32 01 34 30 30 36 33 38 31 33 33 33 39 33 00',
    );
  });

  test('has bar codes of 50 to 200 dots, whatever is asked', async () => {
    expect(await bytesOf('daruma', { ...EAN, heightDots: 255 })).toContain('1b 62 01 03 c8 01 34');
  });

  test('prints no picture, and says so', async () => {
    await expect(bytesOf('daruma', PICTURE)).rejects.toThrow('a Daruma prints only pictures that were stored in it');
  });

  test('feeds to the blade before it cuts', async () => {
    expect(await bytesOf('daruma', { kind: 'cut' })).toBe('1b 40 0a 0a 0a 0a 1b 6d');
  });
});

describe('Tanca and Custom', () => {
  test.each(['tanca', 'custom'] as const)('%s: ESC/POS with the width in the upper half of GS !', async (language) => {
    expect(await bytesOf(language, { ...TITLE, width: 2, height: 1 })).toBe(
      '1b 40 1b 74 00 1b 61 01 1d 21 10 1b 45 01 41 0a 1b 45 00 1d 21 00 1b 61 00',
    );
  });

  test('a model with Chinese is told so by FS &', async () => {
    expect(await bytesOf('tanca', { kind: 'text', text: '中' }, CHINESE)).toBe('1b 40 1c 26 d6 d0 0a');
  });

  test('feed to the blade before they cut: their cuts do not', async () => {
    const headToCutterMm = 10; // 80 dots: three lines.
    expect(await bytesOf('tanca', { kind: 'cut' }, { headToCutterMm })).toBe('1b 40 1b 74 00 1b 64 03 1d 56 01');
    expect(await bytesOf('custom', { kind: 'cut' }, { headToCutterMm })).toBe('1b 40 1b 74 00 1b 64 03 1b 69');
  });

  test('a Tanca prints pictures by GS v 0, a Custom by columns of 24 dots', async () => {
    expect(await bytesOf('tanca', PICTURE)).toContain('1d 76 30 00 01 00 02 00 ff 00');
    expect(await bytesOf('custom', PICTURE)).toContain(`1b 33 00 1b 2a 21 08 00 ${'80 00 00 '.repeat(8)}0a 1b 32`);
  });

  test('a column that would hide a real-time command gets one dot more', async () => {
    // Rows 3 and 13 of one column: 10 04 00.
    const rows = new Uint8Array(24);
    rows[3] = 0x80;
    rows[13] = 0x80;
    expect(await bytesOf('custom', { kind: 'image', widthDots: 1, heightDots: 24, rows })).toContain(
      '1b 2a 21 01 00 30 04 00 0a',
    );
  });

  test('a Custom needs as many zeros to end a command as a stripe of its widest picture has bytes', async () => {
    expect((await dialectOf('custom')).longestCommandBytes).toBeGreaterThan(5 + 3 * 576);
  });

  test('a Custom gets a QR code as a picture: its GS ( k is another', async () => {
    const { blocks } = (await dialectOf('custom')).encode({ elements: [{ kind: 'qr', data: 'a' }] });
    expect(new Set(blocks.map(({ name }) => name))).toEqual(new Set(['QR'])); // In as many blocks as its buffer wants.
    expect(toHex(Buffer.concat(blocks.map(({ bytes }) => bytes)))).toContain('1b 2a');
    expect(toHex(Buffer.concat(blocks.map(({ bytes }) => bytes)))).not.toContain('1d 28 6b');
  });
});

describe('Brother', () => {
  const BEGIN = '1b 69 61 00 1b 40 1b 74 02 1b 6b 01 1b 58 00 18 00 1b 70 00 1b 67 1b 33 20';

  test('is put into ESC/P, Western characters, a fixed pitch of 15 to the inch; a form feed prints the page', async () => {
    expect(await bytesOf('brother', { kind: 'text', text: 'é¥中€' })).toBe(`${BEGIN} e9 a5 3f 3f 0a 0c`);
  });

  test('has double width, and no height but one', async () => {
    expect(await bytesOf('brother', TITLE)).toContain('1b 61 01 1b 57 01 1b 45 41 0a 1b 46 1b 57 00 1b 61 00');
  });

  test('has QR codes by ESC i Q with binary data and its length in digits', async () => {
    expect(await bytesOf('brother', { kind: 'qr', data: '\\中', level: 'H', moduleDots: 7 })).toContain(
      '1b 69 51 06 02 00 00 00 00 04 01 42 30 30 30 34 5c e4 b8 ad 5c 5c 5c 0a',
    );
  });

  test('has bar codes that end with a backslash, or three', async () => {
    expect(await bytesOf('brother', CODE)).toContain(
      `${toHex(Buffer.from('\x1bitar0h'))} 3c 00 ${toHex(Buffer.from('w0z1BA%1\\\\\\\n'))}`,
    );
    expect(await bytesOf('brother', EAN)).toContain(toHex(Buffer.from('w1z1B400638133393\\\n')));
    const backslash: TicketElement = { kind: 'barcode', system: 'code128', data: 'a\\b' };
    await expect(bytesOf('brother', backslash)).rejects.toThrow('holds a backslash, which ends it here');
  });

  test('has no bar code lower than 48 dots', async () => {
    expect(await bytesOf('brother', { ...CODE, heightDots: 1 })).toContain(`${toHex(Buffer.from('\x1bitar0h'))} 30 00`);
  });

  test('prints pictures by columns, as many as fit a page', async () => {
    expect(await bytesOf('brother', PICTURE)).toContain(`1b 33 18 1b 2a 27 08 00 ${'80 00 00 '.repeat(8)}0a 1b 33 20`);
    const rows = new Uint8Array(1_513);
    await expect(bytesOf('brother', { kind: 'image', widthDots: 8, heightDots: 1_513, rows })).rejects.toThrow(
      'the picture is 1513 dots high. Allowed: up to 1512',
    );
  });

  test('cuts where the page ends, and ends it once', async () => {
    expect(await bytesOf('brother', { kind: 'cut' })).toBe(`${BEGIN} 1b 69 43 01 0c`);
    expect(await bytesOf('brother', { kind: 'cut' }, { cutter: false })).toBe(`${BEGIN} 0c`);
  });
});
