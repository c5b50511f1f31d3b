import { type Command, word } from '../command.js';
import type { Counter, Device } from '../device.js';

/** The serial number counter, which prints itself and counts on. */
export const COUNTER_COMMANDS: readonly Command[] = [
  {
    name: 'GS C 0',
    size: 2,
    run: ({ counter }, args) => {
      const digits = args[0] ?? 0;
      if (digits > 5) return;
      counter.digits = digits;
      const mode = (args[1] ?? 0) & 0xcf;
      counter.mode = mode === 1 ? 'zeros' : mode === 2 ? 'left' : 'spaces';
    },
  },
  {
    name: 'GS C 1',
    size: 6,
    run: ({ counter }, args) => {
      setRange(counter, word(args, 0), word(args, 2), args[4] ?? 0, args[5] ?? 0);
    },
  },
  {
    name: 'GS C 2',
    size: 2,
    run: ({ counter }, args) => {
      counter.value = word(args, 0);
      counter.printed = 0;
    },
  },
  {
    name: 'GS C ;',
    size: fiveSemicolons,
    run: ({ counter }, args, size) => {
      const numbers = Buffer.from(args.subarray(0, size)).toString('latin1').split(';').map(Number);
      const [first = 0, last = 0, step = 0, times = 0, value = 0] = numbers;
      if (![first, last, step, times, value].every((n) => Number.isInteger(n) && n >= 0 && n <= 65_535)) return;
      setRange(counter, first, last, step & 0xff, times & 0xff);
      counter.value = value;
    },
  },
  { name: 'GS c', size: 0, run: printCounter },
];

/** Counts up when `first` is below `last`, else down. Not at all when both are the same, or a step or repetition is 0. */
function setRange(counter: Counter, first: number, last: number, step: number, times: number): void {
  counter.first = first;
  counter.last = last;
  counter.step = first === last || times === 0 ? 0 : step;
  counter.times = Math.max(times, 1);
  counter.value = first;
  counter.printed = 0;
}

/** Puts the number into the line, and counts. */
function printCounter(device: Device): void {
  const { counter, composer, from } = device;
  const digits = String(counter.value);
  const text =
    counter.digits === 0 || counter.mode === 'left'
      ? digits.slice(counter.digits === 0 ? 0 : -counter.digits).padEnd(counter.digits)
      : digits.slice(-counter.digits).padStart(counter.digits, counter.mode === 'zeros' ? '0' : ' ');
  for (const character of text) {
    if (composer.room(composer.half, from) === 0) composer.room(composer.half, from);
    composer.add(composer.half, character, 1, from);
  }
  counter.printed++;
  if (counter.printed < counter.times) return;
  counter.printed = 0;
  const up = counter.first < counter.last;
  const next = counter.value + (up ? counter.step : -counter.step);
  const within = up ? next <= counter.last : next >= counter.last;
  counter.value = within ? next : counter.first;
}

/** `GS C ; sa ; sb ; sn ; sr ; sc ;`: five numbers in digits, each ended by a semicolon. */
function fiveSemicolons(args: Uint8Array, have: number): number {
  let left = 5;
  for (let at = 0; at < have; at++) if (args[at] === 0x3b) left--;
  return left === 0 || have >= 30 ? have : have + left;
}
