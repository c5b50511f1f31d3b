import type { PageDirection } from '../../paper/operations.js';
import { type Command, lowHigh, word } from '../command.js';
import type { Device } from '../device.js';
import { newSpacing, spacingOf } from '../layout.js';

/** Page mode: text and pictures are put on a page, in four directions, and printed as a whole. */
export const PAGE_MODE_COMMANDS: readonly Command[] = [
  {
    name: 'ESC L',
    size: 0,
    run: (device) => {
      if (!device.composer.atLineStart) return;
      const { composer } = device;
      device.standardSpacing = spacingOf(composer.layout);
      Object.assign(composer.layout, newSpacing());
      composer.beginPage(device.from);
    },
  },
  { name: 'ESC S', size: 0, run: leave },
  {
    name: 'FF',
    size: 0,
    run: (device) => {
      // In standard mode it feeds to the next label, on printers that have labels.
      if (device.composer.page === undefined) return;
      device.composer.printPage(device.to);
      leave(device);
    },
  },
  { name: 'ESC FF', size: 0, run: ({ composer, to }) => composer.printPage(to) },
  {
    name: 'CAN',
    size: 0,
    run: ({ composer }) => {
      if (composer.page === undefined) return;
      composer.clear();
      composer.page.erase();
    },
  },
  {
    name: 'ESC W',
    size: 8,
    run: ({ composer }, args) => {
      const { page, layout, options } = composer;
      if (page === undefined) return;
      composer.place();
      composer.clear();
      const dots = (at: number, unit: number) => Math.floor((word(args, at) * options.dpi) / unit + 1e-6);
      page.setArea(dots(0, layout.unitX), dots(2, layout.unitY), dots(4, layout.unitX), dots(6, layout.unitY));
    },
  },
  {
    name: 'ESC T',
    size: 1,
    run: ({ composer }, args) => {
      const direction = directionOf(args[0] ?? 0);
      if (composer.page === undefined || direction === undefined) return;
      composer.place();
      composer.clear();
      composer.page.setDirection(direction);
    },
  },
  {
    name: 'GS $',
    size: 2,
    run: ({ composer }, args) => {
      composer.place();
      composer.page?.moveTo(composer.dotsY(word(args, 0)));
    },
  },
  {
    name: 'GS \\',
    size: 2,
    run: ({ composer }, args) => {
      if (composer.page === undefined) return;
      composer.place();
      const units = word(args, 0);
      const dots = composer.dotsY(Math.abs(units < 0x8000 ? units : units - 0x10000));
      composer.page.moveTo(composer.page.y + (units < 0x8000 ? dots : -dots));
    },
  },
  { name: 'GS A', size: 2 },
  { name: 'GS ( P', size: lowHigh, run: pageSize },
];

/** Standard mode ignores it. */
function leave(device: Device): void {
  if (device.composer.page !== undefined) device.leavePage();
}

function directionOf(n: number): PageDirection | undefined {
  const direction = n & 0xcf;
  return direction === 0 || direction === 1 || direction === 2 || direction === 3 ? direction : undefined;
}

/** `GS ( P 08 00 30 wxL wxH wyL wyH oxL oxH c` <Function 48>: the height of a page, in standard mode. */
function pageSize({ composer, notes, from }: Device, args: Uint8Array, size: number): void {
  if (args[2] !== 48 || size < 10) notes.warn(from, `GS ( P <Function ${args[2]}>`);
  else if (composer.page === undefined && word(args, 5) > 0)
    composer.layout.pageDots = Math.min(composer.dotsY(word(args, 5)), composer.options.pageDots);
}
