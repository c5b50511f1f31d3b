import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import type { PrinterProfile } from '../../../src/ports/device.js';
import type { TicketElement } from '../../../src/ports/ticket.js';
import { prepareEscpos } from '../../../src/printer/escpos/dialect.js';
import { hex, toHex } from '../bytes.js';
import { NARROW, WESTERN, WIDE } from '../profiles.js';
import { numbered, SHOP_TICKET } from '../tickets.js';

async function encode(elements: readonly TicketElement[], profile: PrinterProfile = WIDE) {
  return (await prepareEscpos(profile)).encode({ elements });
}

async function bytesOf(elements: readonly TicketElement[], profile: PrinterProfile = WIDE): Promise<string> {
  const { blocks } = await encode(elements, profile);
  return toHex(Buffer.concat(blocks.map((block) => block.bytes)));
}

const BEGIN = '1b 40 1d 61 0e 1c 26';

describe('a ticket in ESC/POS', () => {
  test('begins by putting the printer into a known state: ESC @, GS a, FS &', async () => {
    expect(await bytesOf([{ kind: 'text', text: 'Hi中' }])).toBe(`${BEGIN} 48 69 d6 d0 0d 0a`);
  });

  test('for a printer without Chinese switches it off and selects code page 437', async () => {
    expect(await bytesOf([{ kind: 'text', text: 'é' }], WESTERN)).toBe('1b 40 1d 61 0e 1c 2e 1b 74 00 82 0d 0a');
  });

  test('for a printer proved by GS r switches the automatic status off', async () => {
    expect(await bytesOf([{ kind: 'text', text: 'a' }], NARROW)).toBe('1b 40 1d 61 00 1c 26 61 0d 0a');
  });

  test('has styles around the text, and none around plain text', async () => {
    const bytes = await bytesOf([
      { kind: 'text', text: 'A', align: 'center', bold: true, width: 2, height: 2 },
      { kind: 'text', text: 'B' },
    ]);
    expect(bytes).toBe(`${BEGIN} 1b 61 31 1d 21 11 1b 45 31 41 0d 0a 1b 45 30 1d 21 00 1b 61 30 42 0d 0a`);
  });

  test('has four-byte characters of GB18030', async () => {
    expect(await bytesOf([{ kind: 'text', text: '㐀𠀀' }])).toBe(`${BEGIN} 81 39 ee 39 95 32 82 36 0d 0a`);
  });

  test('cuts with GS V 66, and without a cutter feeds past the edge', async () => {
    expect(await bytesOf([{ kind: 'cut' }])).toBe(`${BEGIN} 1d 56 42 00`);
    expect(await bytesOf([{ kind: 'cut' }], NARROW)).toBe('1b 40 1d 61 00 1c 26 1b 64 04');
  });

  test('feeds with ESC d in steps of 127', async () => {
    expect(await bytesOf([{ kind: 'feed', lines: 3 }])).toBe(`${BEGIN} 1b 64 03`);
    expect(await bytesOf([{ kind: 'feed', lines: 300 }])).toBe(`${BEGIN} 1b 64 7f 1b 64 7f 1b 64 2e`);
    expect(await bytesOf([{ kind: 'feed', lines: 0 }])).toBe(BEGIN);
  });

  test('centres symbols and pictures', async () => {
    const image = await bytesOf([{ kind: 'image', widthDots: 8, heightDots: 1, rows: hex('ff') }]);
    expect(image).toBe(`${BEGIN} 1b 61 31 1d 76 30 00 01 00 01 00 ff 1b 61 30`);
    const qr = await bytesOf([{ kind: 'qr', data: 'a' }]);
    expect(qr.startsWith(`${BEGIN} 1b 61 31 1d 28 6b`)).toBe(true);
    expect(qr.endsWith('31 51 30 1b 61 30')).toBe(true);
  });

  test('is as wide as the paper: 48 columns on 80 mm, 32 on 58 mm, half of it in double width', async () => {
    for (const profile of [WIDE, NARROW]) {
      const { blocks } = (await prepareEscpos(profile)).encode(SHOP_TICKET);
      const text = iconv.decode(Buffer.concat(blocks.map((block) => block.bytes)), 'gb18030');
      const lines = text.split('\r\n');
      expect(lines).toContain('-'.repeat(profile.columns));
      const total = lines.find((line) => line.includes('￥12.80') && line.includes('金额')) ?? '';
      expect(total.replace('\x1d!\x11\x1bE1', '')).toBe(`金额${' '.repeat(profile.columns / 2 - 11)}￥12.80`);
    }
  });

  test('refuses what the printer cannot print, in words', async () => {
    const rows = new Uint8Array(100);
    await expect(encode([{ kind: 'image', widthDots: 800, heightDots: 1, rows }])).rejects.toThrow(
      'The ticket cannot be printed on this printer: the picture is 800 × 1 dots. Allowed: 1 to 576 dots wide',
    );
  });
});

describe('the blocks of a ticket', () => {
  test('are closed at the first element border after seven lines, and say which lines they hold', async () => {
    const { blocks, lines } = await encode(numbered(25).elements);
    expect(blocks.map(({ name, lines }) => [name, lines])).toEqual([
      ['lines 1-7', [1, 7]],
      ['lines 8-14', [8, 14]],
      ['lines 15-21', [15, 21]],
      ['lines 22-25, cut', [22, 25]],
    ]);
    expect(lines).toBe(25);
  });

  test('a QR code is one of its own, and feeds and cuts go with what stands before them', async () => {
    const { blocks } = (await prepareEscpos(WIDE)).encode(SHOP_TICKET);
    expect(blocks.map((block) => block.name)).toEqual([
      'lines 1-7',
      'lines 8-14',
      'lines 15-21',
      'line 22',
      'QR',
      'lines 23-25, cut',
    ]);
    const last = await encode([
      { kind: 'text', text: 'a' },
      { kind: 'qr', data: 'b' },
      { kind: 'feed', lines: 2 },
      { kind: 'cut' },
    ]);
    expect(last.blocks.map((block) => block.name)).toEqual(['line 1', 'QR, cut']);
  });

  test('seven lines and a cut are one block: the cut is never alone', async () => {
    expect((await encode(numbered(7).elements)).blocks.map((block) => block.name)).toEqual(['lines 1-7, cut']);
  });

  test('a tall picture is several, each of some stripes', async () => {
    const rows = new Uint8Array(72 * 130).fill(0x55);
    const { blocks } = await encode([
      { kind: 'text', text: 'a' },
      { kind: 'image', widthDots: 576, heightDots: 130, rows },
      { kind: 'text', text: 'b' },
      { kind: 'cut' },
    ]);
    expect(blocks.map((block) => block.name)).toEqual([
      'line 1',
      // A stripe of 13 rows is 936 bytes; four blocks fit into the buffer of 4,096.
      ...[1, 14, 27, 40, 53, 66, 79, 92, 105, 118].map((row) => `image from row ${row}`),
      'line 2, cut',
    ]);
    expect(Math.max(...blocks.map((block) => block.bytes.length))).toBeLessThanOrEqual(1_024);
  });

  test('each cut ends one: two copies in one job are told apart', async () => {
    const { blocks } = await encode([...numbered(3).elements, ...numbered(3).elements]);
    expect(blocks.map((block) => block.name)).toEqual(['lines 1-3, cut', 'lines 4-6, cut']);
  });
});

test('a piece of paper left unfinished is ended by ESC @, a line end and a cut, or a feed', async () => {
  expect(toHex((await prepareEscpos(WIDE)).finishPiece)).toBe('1b 40 0d 0a 1d 56 42 00');
  expect(toHex((await prepareEscpos(NARROW)).finishPiece)).toBe('1b 40 0d 0a 1b 64 04');
});

test('a 25-line ticket with a QR code is encoded in well under a millisecond', async () => {
  const dialect = await prepareEscpos(WIDE);
  for (let i = 0; i < 500; i++) dialect.encode(SHOP_TICKET);
  const start = process.hrtime.bigint();
  for (let i = 0; i < 500; i++) dialect.encode(SHOP_TICKET);
  expect(Number(process.hrtime.bigint() - start) / 500 / 1_000).toBeLessThan(400); // Measured: 24 µs; the rest is for a busy machine.
});
