import type { BarcodeItem } from '../../paper/operations.js';
import { FONT_B } from '../../paper/style.js';
import { encodeBarcode } from '../../symbols/barcode/encode.js';
import { barcodeData, barcodeSize, barcodeSystem } from '../../symbols/barcode/intake.js';
import { barcodeHeight } from '../../symbols/barcode/picture.js';
import type { Command } from '../command.js';
import type { Device } from '../device.js';

const HRI_PLACES = [undefined, 'above', 'below', 'both'] as const;

/** Bar codes. Values out of range leave a setting as it is. */
export const BARCODE_COMMANDS: readonly Command[] = [
  { name: 'GS k', size: barcodeSize, run: printBarcode },
  {
    name: 'GS h',
    size: 1,
    run: ({ symbols }, args) => {
      symbols.barcode.heightDots = args[0] || symbols.barcode.heightDots;
    },
  },
  {
    name: 'GS w',
    size: 1,
    run: ({ symbols }, args) => {
      const n = args[0] ?? 0;
      if (n >= 1 && n <= 6) symbols.barcode.moduleDots = n;
    },
  },
  {
    name: 'GS H',
    size: 1,
    run: ({ symbols }, args) => {
      const n = (args[0] ?? 0) & 0xcf;
      if (n < HRI_PLACES.length) symbols.barcode.hri = HRI_PLACES[n];
    },
  },
  {
    name: 'GS f',
    size: 1,
    run: ({ symbols }, args) => {
      const n = (args[0] ?? 0) & 0xcf; // 0 Font A, 1 Font B; the further fonts of some models are not known here.
      if (n <= 1) symbols.barcode.hriStyle = n === 1 ? FONT_B : 0;
    },
  },
];

/** `GS k`. A bar code that cannot be printed leaves no trace on the paper, and its reason in the warnings. */
function printBarcode({ composer, symbols, notes, from, to }: Device, args: Uint8Array, size: number): void {
  const system = barcodeSystem(args[0] ?? 0);
  if (system === undefined) {
    notes.warn(from, `GS k ${args[0]}: no bar code system`);
    return;
  }
  const { heightDots, moduleDots, hri, hriStyle } = symbols.barcode;
  const bytes = barcodeData(system, args, size);
  const encoded = typeof bytes === 'string' ? bytes : encodeBarcode(system, bytes, moduleDots);
  if (typeof encoded === 'string') {
    notes.warn(from, `GS k <${system.name}>: ${encoded}`);
    return;
  }
  const { leastModulesHigh = 0, ...symbol } = encoded;
  if (symbol.widthDots > composer.freeDots) {
    notes.warn(from, `GS k <${system.name}>: the symbol is larger than the printing area`);
    return;
  }
  const barDots = Math.max(heightDots, leastModulesHigh * moduleDots);
  const item: BarcodeItem = { kind: 'barcode', x: 0, ...symbol, moduleDots, barDots, ...hriFields(hri, hriStyle) };
  composer.block(item, barcodeHeight(item), from, to);
}

function hriFields(hri: BarcodeItem['hri'], hriStyle: number): Pick<BarcodeItem, 'hri' | 'hriStyle'> {
  if (hri === undefined) return {};
  return hriStyle === 0 ? { hri } : { hri, hriStyle };
}
