import { fill, newRaster, type Raster } from '../../paper/bitmap.js';
import type { MatrixItem } from '../../paper/operations.js';
import { bwipModules, type Modules } from '../bwip.js';
import { compositeRows } from './composite.js';
import { drawMaxiCode } from './maxicode-picture.js';
import { rawPdf417 } from './pdf417-codewords.js';
import { aztecModules, dataMatrixModules } from './squares.js';
import { stackedModules, stackedRows } from './stacked.js';

type Symbol2d = Omit<MatrixItem, 'kind' | 'x'>;

/** The symbol dot for dot. Data that no encoder takes is a black box, so that nobody overlooks it. */
export function drawMatrix(item: Symbol2d): Raster {
  const raster = newRaster(item.widthDots, item.heightDots);
  if (item.symbology === 'maxicode') {
    if (!drawMaxiCode(raster, item.data, Number(item.options.mode), item.moduleDots)) blacken(raster);
    return raster;
  }
  const modules = modulesOf(item);
  if (modules === undefined) blacken(raster);
  else drawRows(raster, modules, rowHeights(item, modules), item.moduleDots);
  return raster;
}

function blacken(raster: Raster): void {
  fill(raster, 0, 0, raster.widthDots, raster.heightDots);
}

function modulesOf({ symbology, data, options }: Symbol2d): Modules | undefined {
  switch (symbology) {
    case 'microqr': {
      const { version = '', level = '' } = options;
      return bwipModules({ bcid: 'microqrcode', text: data, version, eclevel: level, binarytext: true });
    }
    case 'pdf417': {
      const { columns = 0, rows = 0, level = 0, truncated } = options;
      const bcid = truncated ? 'pdf417compact' : 'pdf417';
      return bwipModules({ bcid, text: rawPdf417(data), raw: true, columns, rows, eclevel: level });
    }
    case 'aztec':
      return aztecModules(data, options);
    case 'datamatrix':
      return dataMatrixModules(data, options);
    case 'composite':
      return stackedModules(String(options.bcid), data, Number(options.segments), options.tall === true);
    default:
      return stackedModules(symbology, data, Number(options.segments));
  }
}

/** Heights of the rows of modules, in modules. */
function rowHeights({ symbology, options, heightDots, moduleDots }: Symbol2d, modules: Modules): number[] {
  const rows = modules.cells.length / modules.columns;
  switch (symbology) {
    case 'composite':
      return compositeRows(Number(options.kind), rows, modules.heightModules);
    case 'databarstacked':
    case 'databarstackedomni':
    case 'databarexpandedstacked':
      return stackedRows(symbology, rows);
    default:
      return Array<number>(rows).fill(heightDots / rows / moduleDots);
  }
}

function drawRows(raster: Raster, { columns, cells }: Modules, heights: readonly number[], moduleDots: number): void {
  let y = 0;
  heights.forEach((height, row) => {
    for (let from = 0; from < columns; ) {
      let to = from + 1;
      const dark = cells[row * columns + from] !== 0;
      while (to < columns && (cells[row * columns + to] !== 0) === dark) to++;
      if (dark) fill(raster, from * moduleDots, y, (to - from) * moduleDots, height * moduleDots);
      from = to;
    }
    y += height * moduleDots;
  });
}
