import { flagged, SMALL, sized, underlined } from '../../paper/style.js';
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
  {
    name: 'FS C', // The code of Japanese models: 0 JIS, 1 Shift JIS (2 with the characters of 2004).
    size: 1,
    run: ({ composer }, args) => {
      const n = (args[0] ?? 0) & 0xcf;
      if (n <= 2 && composer.options.cjk === 'shift_jis') composer.layout.code = n > 0 ? 'shift_jis' : 'jis';
    },
  },
  {
    name: 'FS ( A', // <Function 48>: the font: A and B 24×24, C 16×16.
    size: lowHigh,
    run: ({ composer, notes, from }, args, size) => {
      const n = (args[3] ?? 0) & 0xcf;
      if (args[2] !== 48 || size < 4 || n > 2) return notes.warn(from, `FS ( A <Function ${args[2]}>`);
      composer.layout.fullStyle = flagged(composer.layout.fullStyle, SMALL, n === 2);
      composer.restyle();
    },
  },
  { name: 'FS ( C', size: lowHigh, run: selectEncoding },
  {
    name: 'FS 2', // Two bytes of code, 24 columns of 3 bytes.
    size: 74,
    run: ({ userCharacters }, args) => userCharacters.defineFull(args[0] ?? 0, args[1] ?? 0, args.subarray(2, 74)),
  },
  { name: 'FS ?', size: 2, run: ({ userCharacters }, args) => userCharacters.cancelFull(args[0] ?? 0, args[1] ?? 0) },
  {
    name: 'ESC 9', // The code of some Chinese makers: 0 GBK, 1 UTF-8, 3 Big5.
    size: 1,
    run: ({ composer, notes, from }, args) => {
      const n = args[0] ?? 0;
      const { layout, options } = composer;
      if (options.cjk !== 'gb18030' && options.cjk !== 'big5') return;
      layout.utf8 = n === 1;
      if (n === 0 || n === 3) layout.code = n === 0 ? 'gb18030' : 'big5';
      else if (n !== 1) notes.warn(from, `ESC 9 ${n}`);
    },
  },
];

/** `FS ( C`: <Function 48> one byte a character (1) or UTF-8 (2); <Function 60> the font that comes first (0 half-width, 11, 20, 30, 41 Asian). */
function selectEncoding({ composer, notes, from }: Device, args: Uint8Array, size: number): void {
  const fn = args[2] ?? 0;
  if (fn === 48 && size === 4) {
    const m = (args[3] ?? 0) & 0xcf;
    if (m === 1 || m === 2) composer.layout.utf8 = m === 2;
  } else if (fn === 60 && size === 5) {
    if (args[3] === 0) composer.layout.fontPriority = args[4] ?? 0;
  } else notes.warn(from, `FS ( C <Function ${fn}>`);
}

function kanji({ composer }: Device, on: boolean): void {
  if (composer.options.cjk !== 'none') composer.layout.kanji = on;
}
