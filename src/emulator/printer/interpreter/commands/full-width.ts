import { sized, underlined } from '../../paper/style.js';
import { type Command, lowHigh } from '../command.js';
import type { Device } from '../device.js';

/** Commands for full-width (Kanji, Hanzi) characters. A model without them has none of these. */
export const FULL_WIDTH_COMMANDS: readonly Command[] = [
  { name: 'FS &', size: 0, run: (device) => kanji(device, true) },
  { name: 'FS .', size: 0, run: (device) => kanji(device, false) },
  {
    name: 'FS !',
    size: 1,
    run: ({ composer }, args) => {
      const n = args[0] ?? 0;
      const { layout } = composer;
      const style = sized(layout.fullStyle, n & 0x04 ? 2 : 1, n & 0x08 ? 2 : 1);
      layout.fullStyle = underlined(style, n & 0x80 ? layout.fullUnderlineDots : 0);
      composer.restyle();
    },
  },
  {
    name: 'FS -',
    size: 1,
    run: ({ composer }, args) => {
      const dots = (args[0] ?? 0) & 0x0f;
      if (dots > 2) return;
      const { layout } = composer;
      if (dots > 0) layout.fullUnderlineDots = dots === 2 ? 2 : 1;
      layout.fullStyle = underlined(layout.fullStyle, dots);
      composer.restyle();
    },
  },
  {
    name: 'FS W',
    size: 1,
    run: ({ composer }, args) => {
      const times = (args[0] ?? 0) & 1 ? 2 : 1;
      composer.layout.fullStyle = sized(composer.layout.fullStyle, times, times);
      composer.restyle();
    },
  },
  {
    name: 'FS S',
    size: 2,
    run: ({ composer }, args) => {
      composer.layout.fullLeftDots = composer.dotsX(args[0] ?? 0);
      composer.layout.fullRightDots = composer.dotsX(args[1] ?? 0);
      composer.restyle();
    },
  },
  // The code system of Japanese models.
  { name: 'FS C', size: 1 },
  { name: 'FS ( A', size: lowHigh },
  // User-defined: two bytes of code, 24 columns of 3 bytes.
  { name: 'FS 2', size: 74, undone: true },
  { name: 'FS ?', size: 2 },
  // The code system of some Chinese makers: 0 GBK, 1 UTF-8, 3 Big5.
  { name: 'ESC 9', size: 1, undone: true },
];

function kanji({ composer }: Device, on: boolean): void {
  if (composer.options.cjk) composer.layout.kanji = on;
}
