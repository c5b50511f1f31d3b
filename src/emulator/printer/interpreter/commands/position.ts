import { type Command, word } from '../command.js';

/** Where on the paper things go. Most take effect at the beginning of a line only, and are ignored elsewhere. */
export const POSITION_COMMANDS: readonly Command[] = [
  {
    name: 'ESC a',
    size: 1,
    run: ({ composer }, args) => {
      if (!composer.atLineStart) return;
      const n = (args[0] ?? 0) & 0xcf; // 0 or 48 left, 1 or 49 centred, 2 or 50 right.
      if (n <= 2) composer.layout.align = n === 0 ? 'left' : n === 1 ? 'center' : 'right';
    },
  },
  {
    name: 'GS L',
    size: 2,
    run: ({ composer }, args) => {
      if (!composer.atLineStart) return;
      composer.layout.marginDots = Math.min(composer.dotsX(word(args, 0)), composer.options.printableDots - 1);
    },
  },
  {
    name: 'GS W',
    size: 2,
    run: ({ composer }, args) => {
      if (composer.atLineStart) composer.layout.areaDots = composer.dotsX(word(args, 0));
    },
  },
  {
    name: 'GS P',
    size: 2,
    run: ({ composer }, args) => {
      const { motionUnits } = composer.options;
      composer.layout.unitX = args[0] || motionUnits.x;
      composer.layout.unitY = args[1] || motionUnits.y;
    },
  },
  { name: 'GS T', size: 1, run: ({ composer, to }, args) => atStart(args, composer, to) },
];

/** `GS T n`: to the beginning of the line, losing (0) or printing (1) what was collected. */
function atStart(args: Uint8Array, composer: { clear(): void; flush(to: number): void }, to: number): void {
  if (((args[0] ?? 0) & 1) === 0) composer.clear();
  else composer.flush(to);
}
