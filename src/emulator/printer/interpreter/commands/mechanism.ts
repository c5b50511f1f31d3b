import type { CutKind } from '../../paper/operations.js';
import { type Command, lowHigh } from '../command.js';
import type { Device } from '../device.js';

/** Cutter, drawer, buzzer. */
export const MECHANISM_COMMANDS: readonly Command[] = [
  { name: 'GS V', size: (args, have) => (have < 1 || (args[0] ?? 0) < 65 ? 1 : 2), run: selectCut },
  { name: 'ESC i', size: 0, run: (device) => cut(device, 'full', 0) },
  { name: 'ESC m', size: 0, run: (device) => cut(device, 'partial', 0) },
  {
    name: 'ESC p',
    size: 3,
    run: ({ machine }, args) => machine.pulse(((args[0] ?? 0) & 1) === 0 ? 2 : 5, (args[1] ?? 0) * 2),
  },
  // Buzzers: Epson's, and that of many Chinese printers.
  { name: 'ESC ( A', size: lowHigh, run: buzzer },
  { name: 'ESC B', size: 2, run: ({ machine }, args) => machine.beep?.(args[0] ?? 0) },
  // The mechanism's home position, one-way printing: impact models.
  { name: 'ESC U', size: 1 },
  { name: 'ESC <', size: 0 },
];

/**
 * `GS V m` and `GS V m n`. 0, 48, 65, 97, 103: full cut; 1, 49, 66, 98, 104: partial cut. From 65 on the paper is first
 * fed to the cutter, and by `n` further.
 */
function selectCut(device: Device, args: Uint8Array): void {
  const m = args[0] ?? 0;
  const { composer, machine } = device;
  if (m === 0 || m === 48) cut(device, 'full', 0);
  else if (m === 1 || m === 49) cut(device, 'partial', 0);
  else if (m === 65 || m === 66 || m === 97 || m === 98 || m === 103 || m === 104)
    cut(
      device,
      m === 65 || m === 97 || m === 103 ? 'full' : 'partial',
      machine.headToCutterDots + composer.dotsY(args[1] ?? 0),
    );
}

/** Cuts where the paper is: what is printed so far is on this piece, the rest on the next one. */
function cut({ composer, machine, from, to }: Device, kind: CutKind, feedDots: number): void {
  composer.flush(from);
  if (feedDots > 0) composer.submit({ op: 'feed', from, to, feedDots });
  if (machine.cutter) composer.submit({ op: 'cut', from, to, kind });
}

/** `ESC ( A`: <Function 97> `61 n c t`, pattern n, c times; <Function 48> and others set when it sounds by itself. */
function buzzer({ machine, notes, from }: Device, args: Uint8Array, size: number): void {
  if (args[2] === 97 && size >= 5) machine.beep?.(args[4] ?? 0);
  else notes.warn(from, `ESC ( A <Function ${args[2]}>`);
}
