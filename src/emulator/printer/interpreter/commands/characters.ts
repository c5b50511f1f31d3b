import {
  DOUBLE_STRIKE,
  EMPHASIS,
  FONT_B,
  flagged,
  REVERSE,
  ROTATED,
  SECOND_COLOUR,
  SMOOTH,
  sized,
  underlined,
} from '../../paper/style.js';
import { type Command, lowHigh } from '../command.js';
import type { Composer } from '../composer.js';
import type { Device } from '../device.js';

/** Commands that change how characters look and which characters the bytes stand for. */
export const CHARACTER_COMMANDS: readonly Command[] = [
  {
    name: 'ESC !',
    size: 1,
    run: ({ composer }, args) => {
      const n = args[0] ?? 0;
      effect(composer, EMPHASIS, (n & 0x08) !== 0);
      const { layout } = composer;
      let style = flagged(layout.halfStyle, FONT_B, (n & 0x01) !== 0);
      style = sized(style, n & 0x20 ? 2 : 1, n & 0x10 ? 2 : 1);
      layout.halfStyle = underlined(style, n & 0x80 ? layout.underlineDots : 0);
      composer.restyle();
    },
  },
  {
    name: 'GS !',
    size: 1,
    run: ({ composer }, args) => {
      const n = args[0] ?? 0;
      const { layout } = composer;
      layout.halfStyle = sized(layout.halfStyle, ((n >> 4) & 7) + 1, (n & 7) + 1);
      layout.fullStyle = sized(layout.fullStyle, ((n >> 4) & 7) + 1, (n & 7) + 1);
      composer.restyle();
    },
  },
  { name: 'ESC E', size: 1, run: ({ composer }, args) => effect(composer, EMPHASIS, odd(args)) },
  { name: 'ESC G', size: 1, run: ({ composer }, args) => effect(composer, DOUBLE_STRIKE, odd(args)) },
  { name: 'GS B', size: 1, run: ({ composer }, args) => effect(composer, REVERSE, odd(args)) },
  { name: 'ESC V', size: 1, run: ({ composer }, args) => effect(composer, ROTATED, ((args[0] ?? 0) & 0x03) !== 0) },
  {
    name: 'ESC -',
    size: 1,
    run: ({ composer }, args) => {
      const dots = (args[0] ?? 0) & 0x0f;
      if (dots > 2) return;
      const { layout } = composer;
      if (dots > 0) layout.underlineDots = dots === 2 ? 2 : 1;
      layout.halfStyle = underlined(layout.halfStyle, dots);
      composer.restyle();
    },
  },
  {
    name: 'ESC M',
    size: 1,
    run: ({ composer }, args) => {
      const { layout } = composer;
      layout.halfStyle = flagged(layout.halfStyle, FONT_B, odd(args));
      composer.restyle();
    },
  },
  {
    name: 'ESC SP',
    size: 1,
    run: ({ composer }, args) => {
      composer.layout.spacingDots = composer.dotsX(args[0] ?? 0);
      composer.restyle();
    },
  },
  {
    name: 'ESC {',
    size: 1,
    run: ({ composer }, args) => {
      if (composer.atLineStart) composer.layout.upsideDown = odd(args);
    },
  },
  {
    name: 'ESC t',
    size: 1,
    run: ({ composer, notes, from }, args) => {
      if (!composer.options.characters.usePage(args[0] ?? 0)) notes.warn(from, `ESC t ${args[0]}`);
    },
  },
  { name: 'ESC R', size: 1, run: ({ composer }, args) => composer.options.characters.useNationalSet(args[0] ?? 0) },
  {
    name: 'ESC %',
    size: 1,
    run: ({ composer }, args) => {
      composer.layout.userCharacters = odd(args);
    },
  },
  { name: 'ESC &', size: userCharacters, run: defineCharacters },
  {
    name: 'ESC ?',
    size: 1,
    run: (device, args) => device.userCharacters.cancelHalf(args[0] ?? 0, inFontB(device)),
  },
  { name: 'GS b', size: 1, run: ({ composer }, args) => effect(composer, SMOOTH, odd(args)) },
  { name: 'ESC r', size: 1, run: (device, args) => colour(device, (args[0] ?? 0) & 0xcf) },
  {
    name: 'GS ( N', // <Function 48>: the colour of characters, 1 to 4 as '1' to '4'.
    size: lowHigh,
    run: (device, args) => {
      if (args[2] === 48) colour(device, (args[3] ?? 0) - 0x31);
      else device.notes.warn(device.from, `GS ( N <Function ${args[2]}>`);
    },
  },
  // Italics of some makers.
  { name: 'ESC 4', size: 0 },
  { name: 'ESC 5', size: 0 },
];

/** Turns an effect on or off for half-width and full-width characters alike. */
function effect(composer: Composer, flag: number, on: boolean): void {
  const { layout } = composer;
  layout.halfStyle = flagged(layout.halfStyle, flag, on);
  layout.fullStyle = flagged(layout.fullStyle, flag, on);
  composer.restyle();
}

function odd(args: Uint8Array): boolean {
  return ((args[0] ?? 0) & 1) === 1;
}

/** `ESC r n`: 1 is the second colour, on models that have one. */
function colour({ composer }: Device, n: number): void {
  if (composer.options.colours === 2 && (n === 0 || n === 1)) effect(composer, SECOND_COLOUR, n === 1);
}

function inFontB({ composer }: Device): boolean {
  return (composer.layout.halfStyle & FONT_B) !== 0;
}

/** `ESC & y c1 c2 [x d…]…`, for the font that is selected. */
function defineCharacters(device: Device, args: Uint8Array, size: number): void {
  const bytesHigh = args[0] ?? 0;
  for (let code = args[1] ?? 0, at = 3; code <= (args[2] ?? 0) && at < size; code++) {
    const widthDots = args[at] ?? 0;
    const columns = args.subarray(at + 1, Math.min(at + 1 + widthDots * bytesHigh, size));
    device.userCharacters.defineHalf(code, inFontB(device), columns, widthDots, bytesHigh);
    at += 1 + widthDots * bytesHigh;
  }
}

/** `y c1 c2`, then for each character its width `x` and `x * y` bytes. */
function userCharacters(args: Uint8Array, have: number): number {
  if (have < 3) return 3;
  const bytesHigh = args[0] ?? 0;
  const count = (args[2] ?? 0) - (args[1] ?? 0) + 1;
  let at = 3;
  for (let character = 0; character < count; character++) {
    if (at >= have) return at + 1;
    at += 1 + (args[at] ?? 0) * bytesHigh;
  }
  return at;
}
