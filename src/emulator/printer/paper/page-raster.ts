import { fill, newRaster, type Raster, stamp, turned } from './bitmap.js';
import type { LineItem, PageArea, PageDirection, PageItem, PagePart } from './operations.js';

type DrawItem = (area: Raster, y: number, lineDots: number, item: LineItem) => void;

/** Draws what page mode put together: each area by itself, upright for its reader, then turned into its direction. */
export function drawPage(sheet: Raster, y: number, item: PageItem, drawItem: DrawItem): void {
  const page = newRaster(item.widthDots, item.heightDots);
  let open: { readonly part: PagePart; readonly frame: Raster } | undefined;
  const close = () => {
    if (open !== undefined) put(page, open.frame, open.part.area, open.part.direction);
    open = undefined;
  };
  for (const part of item.parts) {
    if (open === undefined || !sameFrame(open.part, part)) {
      close();
      if (part.erased) {
        erase(page, part.area);
        continue;
      }
      open = { part, frame: newFrame(part) };
    }
    for (const each of part.items) drawItem(open.frame, part.bottom - part.heightDots, part.heightDots, each);
  }
  close();
  stamp(sheet, page, item.x, y);
}

/** Neighbours of one area and one direction are drawn together. */
function sameFrame(a: PagePart, b: PagePart): boolean {
  return (
    a.direction === b.direction &&
    b.erased !== true &&
    a.area.x === b.area.x &&
    a.area.y === b.area.y &&
    a.area.widthDots === b.area.widthDots &&
    a.area.heightDots === b.area.heightDots
  );
}

function newFrame({ area, direction }: PagePart): Raster {
  return direction & 1 ? newRaster(area.heightDots, area.widthDots) : newRaster(area.widthDots, area.heightDots);
}

/** `turned` turns clockwise: once for text that runs down, twice for the left, three times for text that runs up. */
const QUARTERS: Readonly<Record<PageDirection, number>> = { 0: 0, 1: 3, 2: 2, 3: 1 };

function put(page: Raster, frame: Raster, area: PageArea, direction: PageDirection): void {
  let seen = frame;
  for (let quarter = 0; quarter < QUARTERS[direction]; quarter++) seen = turned(seen);
  stamp(page, seen, area.x, area.y);
}

function erase(page: Raster, area: PageArea): void {
  fill(page, area.x, area.y, area.widthDots, area.heightDots);
  fill(page, area.x, area.y, area.widthDots, area.heightDots, true);
}
