import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeBarcode } from '../../../../src/emulator/printer/symbols/barcode/encode.js';
import { barcodeSize } from '../../../../src/emulator/printer/symbols/barcode/intake.js';
import { elements } from '../../../../src/emulator/printer/symbols/barcode/picture.js';
import { BARCODE_SYSTEMS, type BarcodeSystem } from '../../../../src/emulator/printer/symbols/barcode/systems.js';
import { bwipModules } from '../../../../src/emulator/printer/symbols/bwip.js';
import type { SymbolFamily } from '../../../../src/emulator/printer/symbols/matrix/family.js';
import { PDF417 } from '../../../../src/emulator/printer/symbols/matrix/pdf417.js';
import { rawPdf417 } from '../../../../src/emulator/printer/symbols/matrix/pdf417-codewords.js';
import { drawMatrix } from '../../../../src/emulator/printer/symbols/matrix/picture.js';
import { QR } from '../../../../src/emulator/printer/symbols/matrix/qr.js';
import {
  AZTEC,
  aztecModules,
  DATA_MATRIX,
  dataMatrixModules,
} from '../../../../src/emulator/printer/symbols/matrix/squares.js';
import { drawQr } from '../../../../src/emulator/printer/symbols/qr-picture.js';
import { newSymbolSettings, type SymbolSettings } from '../../../../src/emulator/printer/symbols/settings.js';
import { hex, instantBench } from '../bench.js';
import { barcode, matrix, scan } from './support.js';

const ROOM = { widthDots: 576, dpi: 203.2 };

/** Bytes of which each is one that the system has, of a length that it has. */
function dataOf(system: BarcodeSystem): fc.Arbitrary<Uint8Array> {
  const allowed = [...Array(256).keys()].filter((byte) => system.allows(byte, -1) && byte !== 0x7b);
  const most = Math.min(system.most, 40);
  return fc
    .array(fc.constantFrom(...allowed), { minLength: system.least, maxLength: most })
    .filter(({ length }) => system.lengths?.includes(length) !== false && (system.name !== 'ITF' || length % 2 === 0))
    .map((bytes) => {
      const text = Buffer.from(bytes).toString('latin1');
      if (system.name === 'Code 39') return Buffer.from(text.replaceAll('*', 'X'));
      if (system.name === 'Codabar') return Buffer.from(`A${text.replace(/[A-D]/gi, '0')}b`);
      if (system.name === 'Code 128')
        return Buffer.concat([Buffer.from('{B'), Buffer.from(bytes.map((byte) => 0x20 + (byte % 0x5b)))]);
      if (system.name === 'UPC-E' && bytes.length > 6) return Buffer.from(`0${text.slice(1)}`);
      return Buffer.from(bytes);
    });
}

test.each(BARCODE_SYSTEMS.map((system) => [system.name, system] as const))(
  '%s: the bars are as wide as was reckoned while printing',
  (_, system) => {
    fc.assert(
      fc.property(dataOf(system), fc.integer({ min: 1, max: 6 }), (bytes, moduleDots) => {
        const encoded = encodeBarcode(system, bytes, moduleDots);
        if (typeof encoded === 'string') return;
        const runs = elements({ ...encoded, moduleDots });
        expect(runs?.reduce((sum, dots) => sum + dots, 0)).toBe(encoded.widthDots);
      }),
      { numRuns: 60 },
    );
  },
);

test('PDF417: columns and rows are as was reckoned while printing', () => {
  const data = fc.oneof(
    fc.string({ minLength: 1, maxLength: 200 }),
    fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc
      .array(fc.constantFrom('1234567890123', 'Ab', ';', '\xe4', 'x,y', '7'), { minLength: 1, maxLength: 40 })
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(data, fc.integer({ min: 0, max: 8 }), fc.boolean(), (sent, level, truncated) => {
      const bytes = Buffer.from(sent, 'utf8').toString('latin1');
      const settings = newSymbolSettings();
      settings.pdf417.correction = { level };
      settings.pdf417.truncated = truncated;
      const encoded = PDF417.encode(settings, { cn: 48, data: bytes }, ROOM);
      if (typeof encoded === 'string' || encoded.item.kind !== 'matrix') return;
      const { columns = 0, rows = 0 } = encoded.item.options;
      const modules = bwipModules({
        bcid: truncated ? 'pdf417compact' : 'pdf417',
        text: rawPdf417(bytes),
        raw: true,
        columns,
        rows,
        eclevel: level,
      });
      expect(modules?.columns).toBe(encoded.widthDots / 3);
      expect((modules?.cells.length ?? 0) / (modules?.columns ?? 1)).toBe(encoded.heightDots / 9);
    }),
    { numRuns: 150 },
  );
});

test('Aztec and DataMatrix: the symbol is as large as was reckoned while printing, for every length', () => {
  const parts = ['Ab', '1234', 'X,Y. ', '\xe4\x00', 'z', '@~'];
  for (let length = 1; length <= 400; length += length < 60 ? 1 : 37) {
    const data = Array.from({ length }, (_, index) => parts[(index * 7 + length) % parts.length])
      .join('')
      .slice(0, length);
    for (const [family, settings] of variants()) {
      const encoded = family.encode(settings, { cn: 0, data }, ROOM);
      if (typeof encoded === 'string' || encoded.item.kind !== 'matrix') continue;
      const { symbology, options } = encoded.item;
      const modules = symbology === 'aztec' ? aztecModules(data, options) : dataMatrixModules(data, options);
      expect([length, modules?.columns, modules?.heightModules]).toEqual([
        length,
        encoded.widthDots / 3,
        encoded.heightDots / 3,
      ]);
    }
  }
});

function variants(): [SymbolFamily, SymbolSettings][] {
  const compact = newSymbolSettings();
  compact.aztec.compact = true;
  const rectangular = newSymbolSettings();
  rectangular.dataMatrix.rectangular = true;
  const plain = newSymbolSettings();
  return [
    [AZTEC, plain],
    [AZTEC, compact],
    [DATA_MATRIX, plain],
    [DATA_MATRIX, rectangular],
  ];
}

test('what the printer encodes by itself reads back, whatever it is', async () => {
  const data = fc.oneof(
    fc.string({ minLength: 1, maxLength: 30 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc
      .array(fc.constantFrom('12', '7', 'A', 'b', 'Cd', ', ', '\r', '\t', '!', '[]', '@', '\x01'), {
        minLength: 1,
        maxLength: 20,
      })
      .map((parts) => parts.join('')),
  );
  await fc.assert(
    fc.asyncProperty(data, fc.constantFrom(48, 53, 54), async (sent, cn) => {
      const bytes = Buffer.from(sent, 'utf8');
      const bench = instantBench().send(matrix(cn, 80, 48, bytes), matrix(cn, 81, 48));
      expect((await scan(bench))[0]?.bytes).toEqual(bytes);
    }),
    { numRuns: 50 },
  );
});

test('Code 128 with code sets of the printer reads back, whatever it is', async () => {
  const data = fc
    .array(fc.constantFrom('12', '7', '345', '9876', 'A', 'b', 'Cd', ' ', '\r', '{', '\x7f', '\xe4'), {
      minLength: 1,
      maxLength: 8,
    })
    .map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(data, async (sent) => {
      const bench = instantBench().send(hex('1d 77 02'), barcode(79, sent));
      if (bench.printer.warnings.length > 0) return; // Wider than the paper.
      expect((await scan(bench))[0]?.bytes.toString('latin1')).toBe(sent);
    }),
    { numRuns: 40 },
  );
});

test('QR and Micro QR: the symbol is as large as was reckoned while printing', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 60 }),
      fc.constantFrom('L', 'M', 'Q', 'H'),
      fc.boolean(),
      (sent, level, micro) => {
        const data = Buffer.from(sent, 'utf8').toString('latin1');
        const settings = newSymbolSettings();
        settings.qr.level = level as 'L';
        settings.qr.model = micro ? 'micro' : 2;
        settings.qr.moduleDots = 1;
        const encoded = QR.encode(settings, { cn: 49, data }, ROOM);
        if (typeof encoded === 'string') return;
        const { item } = encoded;
        const drawn = item.kind === 'qr' ? drawQr(item) : drawMatrix(item);
        expect([drawn.widthDots, drawn.heightDots]).toEqual([encoded.widthDots, encoded.heightDots]);
        expect(drawn.rows.every((byte) => byte === 0xff)).toBe(false);
      },
    ),
    { numRuns: 60 },
  );
});

test('any bytes as a bar code neither throw nor take more than they are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 90 }), fc.uint8Array({ maxLength: 300 }), (m, bytes) => {
      const args = Uint8Array.from([m, ...bytes]);
      for (let have = 0, need = 1; have < args.length; ) {
        have = Math.min(need, args.length);
        need = barcodeSize(args, have);
        expect(need).toBeGreaterThanOrEqual(Math.max(have - 1, 1));
        if (need <= have) break;
      }
      instantBench().send(barcode(m, bytes), '\n');
    }),
    { numRuns: 300 },
  );
});

test('any functions of GS ( k with any data neither throw nor hang', () => {
  const command = fc.tuple(
    fc.integer({ min: 47, max: 55 }),
    fc.oneof(fc.integer({ min: 64, max: 83 }), fc.constantFrom(80, 81, 81, 82)),
    fc.uint8Array({ maxLength: 120 }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
      const bench = instantBench();
      for (const [cn, fn, data] of commands) bench.send(matrix(cn, fn, data));
    }),
    { numRuns: 200 },
  );
});
