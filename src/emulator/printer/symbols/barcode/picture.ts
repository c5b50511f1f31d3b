import { fill, newRaster, type Raster } from '../../paper/bitmap.js';
import type { BarcodeItem, BarcodeSymbology, TextItem } from '../../paper/operations.js';
import { cellOf } from '../../paper/style.js';
import { type BwipRequest, bwipRuns } from '../bwip.js';
import { ean8Runs, ean13Runs, upceRuns } from './ean.js';
import { wideDots } from './widths.js';

type Bars = Pick<BarcodeItem, 'symbology' | 'data' | 'moduleDots' | 'widthDots'>;

/** How `bwip-js` is asked for those that are not drawn here. */
const REQUESTS: Readonly<Partial<Record<BarcodeSymbology, Omit<BwipRequest, 'text'>>>> = {
  code39: { bcid: 'code39' },
  itf: { bcid: 'interleaved2of5' },
  codabar: { bcid: 'rationalizedCodabar' },
  code93: { bcid: 'code93ext', includecheck: true },
  code128: { bcid: 'code128', raw: true },
  databaromni: { bcid: 'databaromni' },
  databartruncated: { bcid: 'databartruncated' },
  databarlimited: { bcid: 'databarlimited' },
  databarexpanded: { bcid: 'databarexpanded', dontlint: true },
};

/** These have elements of two widths only, whose ratio is the printer's. */
const TWO_WIDTHS: ReadonlySet<BarcodeSymbology> = new Set(['code39', 'itf', 'codabar']);

/** The bars as one row of dots. Data that no encoder takes is a bar over the whole width, so that nobody overlooks it. */
export function drawBars(item: Bars): Raster {
  const row = newRaster(item.widthDots, 1);
  const runs = elements(item);
  if (runs === undefined) fill(row, 0, 0, item.widthDots, 1);
  let x = 0;
  runs?.forEach((dots, index) => {
    if (index % 2 === 0) fill(row, x, 0, dots, 1);
    x += dots;
  });
  return row;
}

/** Widths of bars and spaces in turn, in dots. */
export function elements({ symbology, data, moduleDots }: Bars): number[] | undefined {
  const runs = moduleRuns(symbology, data);
  if (!TWO_WIDTHS.has(symbology)) return runs?.map((modules) => modules * moduleDots);
  return runs?.map((modules) => (modules > 1 ? wideDots(moduleDots) : moduleDots));
}

function moduleRuns(symbology: BarcodeSymbology, data: string): readonly number[] | undefined {
  if (symbology === 'ean13') return [...ean13Runs(data)].map(Number);
  if (symbology === 'ean8') return [...ean8Runs(data)].map(Number);
  if (symbology === 'upce') return [...upceRuns(data)].map(Number);
  const request = REQUESTS[symbology];
  const runs = request === undefined ? undefined : bwipRuns({ ...request, bcid: String(request.bcid), text: data });
  // The gap behind the last character is no part of the symbol.
  return TWO_WIDTHS.has(symbology) && runs !== undefined && runs.length % 2 === 0 ? runs.slice(0, -1) : runs;
}

/** The characters for people as a run of text, centred on the bars; wider than they, it is pushed in from the left edge. */
export function hriItem(item: BarcodeItem): TextItem {
  const style = item.hriStyle ?? 0;
  const advance = cellOf(style).widthDots;
  const cells = item.text.length;
  const x = Math.max(item.x + ((item.widthDots - cells * advance) >> 1), 0);
  return { kind: 'text', x, text: item.text, cells, style, advance };
}

/** Bars and characters together, from top to bottom. */
export function barcodeHeight(item: Pick<BarcodeItem, 'barDots' | 'hri' | 'hriStyle'>): number {
  const lines = item.hri === undefined ? 0 : item.hri === 'both' ? 2 : 1;
  return item.barDots + lines * cellOf(item.hriStyle ?? 0).heightDots;
}
