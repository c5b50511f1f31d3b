import bwip from 'bwip-js';
import { fill, newRaster, type Raster } from '../paper/bitmap.js';
import { type QrItem, qrModules } from '../paper/operations.js';

/** The symbol, one dot for each module, without a quiet zone. The bytes go in exactly as they were sent. */
export function drawQr(item: Pick<QrItem, 'data' | 'level' | 'version'>): Raster {
  const [symbol] = bwip.raw({
    // The named export `raw` is something else.
    bcid: 'qrcode',
    text: item.data,
    eclevel: item.level,
    version: String(item.version),
    binarytext: true, // One character is one byte.
    suppresskanjimode: true, // UTF-8 can look like Shift-JIS, and would come back changed.
  } as Parameters<typeof bwip.raw>[0]); // The typings know the options of all symbologies only in part.
  if (symbol === undefined || !('pixs' in symbol)) throw new TypeError('bwip-js drew no modules for a QR code');
  const side = qrModules(item.version);
  const raster = newRaster(side, side);
  const modules = symbol.pixs;
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) if (modules[y * side + x]) fill(raster, x, y, 1, 1);
  return raster;
}
