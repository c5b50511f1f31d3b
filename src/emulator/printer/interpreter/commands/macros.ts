import type { Command } from '../command.js';
import type { Device } from '../device.js';
import { answered } from '../replies.js';

/** Macros, counters, and what the host says to long answers. */
export const MACRO_COMMANDS: readonly Command[] = [
  {
    name: 'GS :',
    size: 0,
    run: ({ macro }) => {
      if (!macro.running) macro.toggle();
    },
  },
  {
    name: 'GS ^',
    size: 3,
    run: (device, args) => {
      const { macro, composer, from, to } = device;
      if (macro.running) return; // A macro does not carry out itself.
      macro.execute(args[0] ?? 0, (args[1] ?? 0) * 100, ((args[2] ?? 0) & 1) === 1);
      if (macro.running) composer.origin = { from, to };
    },
  },
  { name: 'ACK', size: 0, run: (device) => answer(device, 'ACK', 0x06) },
  { name: 'NAK', size: 0, run: (device) => answer(device, 'NAK', 0x15) },
];

/** Outside an exchange these bytes are no commands. */
function answer(device: Device, name: 'ACK' | 'NAK', byte: number): void {
  if (!answered(device, name)) device.unknown(device.from, Uint8Array.of(byte));
}
