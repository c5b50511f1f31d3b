import { type Command, lowHigh } from '../command.js';
import type { Device } from '../device.js';

/** Requests that are answered when they are reached, so after everything before them is printed. */
export const STATUS_COMMANDS: readonly Command[] = [
  { name: 'GS a', size: 1, run: ({ machine }, args) => machine.sendStatusBack(args[0] ?? 0) },
  { name: 'GS r', size: 1, run: ({ machine }, args) => send(machine.statusReply(args[0] ?? 0), machine) },
  { name: 'GS I', size: 1, run: ({ machine }, args) => send(machine.identityReply(args[0] ?? 0), machine) },
  { name: 'GS ( H', size: lowHigh, run: processId },
  { name: 'ESC v', size: 0, run: ({ machine }) => send(machine.statusReply(1), machine) },
  { name: 'ESC u', size: 1, run: ({ machine }) => send(machine.statusReply(2), machine) },
  // Ink, and the ASB of ink: models without it answer nothing.
  { name: 'GS j', size: 1 },
];

function send(bytes: Uint8Array | undefined, machine: Device['machine']): void {
  if (bytes !== undefined) machine.reply(bytes);
}

/** `GS ( H 06 00 30 30 d1 d2 d3 d4` → `37 22 d1 d2 d3 d4 00`: everything before it is on the paper. */
function processId({ machine, notes, from }: Device, args: Uint8Array, size: number): void {
  const fn = args[2];
  if (!machine.answersProcessId) notes.warn(from, 'GS ( H');
  else if (fn === 48 && size === 8 && args[3] === 48)
    machine.reply(Uint8Array.of(0x37, 0x22, args[4] ?? 0, args[5] ?? 0, args[6] ?? 0, args[7] ?? 0, 0x00));
  else notes.warn(from, `GS ( H <Function ${fn}>`);
}
