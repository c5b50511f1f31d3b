import { type Command, word } from '../command.js';
import type { Device } from '../device.js';

const MOST_BACK_MM = 24;

/** Commands that print the line that was collected, and move the paper. */
export const LINE_COMMANDS: readonly Command[] = [
  { name: 'NUL', size: 0 },
  {
    name: 'LF',
    size: 0,
    run: ({ composer, to }) => composer.print(composer.layout.lineSpacingDots, to),
  },
  // With automatic line feed off, as on serial lines and USB, CR does nothing.
  { name: 'CR', size: 0 },
  { name: 'HT', size: 0, run: ({ composer }) => composer.tab() },
  {
    name: 'ESC J',
    size: 1,
    run: ({ composer, to }, args) => composer.print(composer.dotsY(args[0] ?? 0), to),
  },
  {
    name: 'ESC d',
    size: 1,
    run: ({ composer, to }, args) => composer.print((args[0] ?? 0) * composer.layout.lineSpacingDots, to),
  },
  { name: 'ESC K', size: 1, run: (device, args) => back(device, device.composer.dotsY(args[0] ?? 0)) },
  {
    name: 'ESC e',
    size: 1,
    run: (device, args) => back(device, (args[0] ?? 0) * device.composer.layout.lineSpacingDots),
  },
  {
    name: 'ESC 2',
    size: 0,
    run: ({ composer }) => {
      composer.layout.lineSpacingDots = 30;
    },
  },
  {
    name: 'ESC 3',
    size: 1,
    run: ({ composer }, args) => {
      composer.layout.lineSpacingDots = composer.dotsY(args[0] ?? 0);
    },
  },
  {
    name: 'ESC D',
    size: (args, have) => (have > 0 && (args[have - 1] === 0 || have > 32) ? have : have + 1),
    run: ({ composer }, args, size) => {
      const tabs: number[] = [];
      for (let at = 0; at < size; at++) {
        const columns = args[at] ?? 0;
        const dots = columns * composer.half.advance;
        if (columns === 0 || dots <= (tabs[tabs.length - 1] ?? 0)) break; // Positions rise; the first that does not ends the list.
        tabs.push(dots);
      }
      composer.layout.tabs = tabs;
    },
  },
  {
    name: 'ESC $',
    size: 2,
    run: ({ composer }, args) => composer.moveTo(composer.dotsX(word(args, 0))),
  },
  {
    name: 'ESC \\',
    size: 2,
    run: ({ composer }, args) => {
      const units = word(args, 0);
      composer.moveTo(composer.x + composer.dotsX(units < 0x8000 ? units : units - 0x10000));
    },
  },
];

/** Prints what was collected, and feeds the paper backwards, at most as far as a mechanism can: 24 mm. */
function back({ composer, from, to }: Device, dots: number): void {
  composer.flush(from);
  const feedDots = Math.min(dots, Math.round((MOST_BACK_MM * composer.options.dpi) / 25.4));
  if (composer.page !== undefined) composer.page.moveTo(composer.page.y - feedDots);
  else if (feedDots > 0) composer.submit({ op: 'feed', from, to, feedDots: -feedDots });
}
