import { type Command, lowHigh, word } from '../command.js';
import type { Device } from '../device.js';
import { sendBlock, sendKeys, sendNumber, sendParts } from '../replies.js';

/** The user's own bytes in non-volatile memory: by address (`FS g`), and by key (`GS ( C`). */
export const USER_MEMORY_COMMANDS: readonly Command[] = [
  { name: 'FS g 1', size: (args, have) => (have < 7 ? 7 : 7 + word(args, 5)), run: writeBytes },
  { name: 'FS g 2', size: 7, run: readBytes },
  { name: 'GS ( C', size: lowHigh, run: records },
];

const BYTES = 'FS g';
/** `FS g 2` reads at most so many at a time. */
const MOST_READ_BYTES = 80;
/** A record is sent in parts of at most so many bytes. */
const RECORD_PART_BYTES = 80;

/** `FS g 1 m a1 a2 a3 a4 nL nH d…`: m is 0, a the address. What does not lie in the memory is not written at all. */
function writeBytes(device: Device, args: Uint8Array, size: number): void {
  const memory = device.nv.bytes;
  const address = word(args, 1) + word(args, 3) * 0x10000;
  const count = size - 7;
  const capacity = memory.capacityBytes - 4;
  if (args[0] !== 0 || count === 0 || address + count > capacity) {
    device.notes.warn(device.from, `FS g 1: ${count} bytes at ${address}; the memory has ${capacity}`);
    return;
  }
  const content = new Uint8Array(capacity);
  content.set(memory.get(BYTES) ?? new Uint8Array(capacity).fill(0x20));
  content.set(args.subarray(7, size), address);
  memory.set(BYTES, content);
}

/** `FS g 2 m a1 a2 a3 a4 nL nH`: `5F`, the bytes, `00`. Unwritten places hold spaces. */
function readBytes(device: Device, args: Uint8Array): void {
  const memory = device.nv.bytes;
  const address = word(args, 1) + word(args, 3) * 0x10000;
  const count = word(args, 5);
  const capacity = memory.capacityBytes - 4;
  if (args[0] !== 0 || count === 0 || count > MOST_READ_BYTES || address + count > capacity) {
    device.notes.warn(device.from, `FS g 2: ${count} bytes at ${address}; the memory has ${capacity}`);
    return;
  }
  const content = memory.get(BYTES) ?? new Uint8Array(capacity).fill(0x20);
  device.machine.reply(Buffer.from([0x5f, ...content.subarray(address, address + count), 0]));
}

/** `GS ( C pL pH m fn b …`. */
function records(device: Device, args: Uint8Array, size: number): void {
  const { nv, notes, from } = device;
  const memory = nv.records;
  const fn = args[3] ?? 0;
  const key = String.fromCharCode(args[5] ?? 0, args[6] ?? 0);
  switch (fn) {
    case 0:
    case 48:
      if (size >= 7) memory.delete(key);
      break;
    case 1:
    case 49:
      if (size > 7 && !memory.set(key, args.subarray(7, size))) notes.warn(from, 'GS ( C: the memory is full');
      break;
    case 2:
    case 50:
      if (size >= 7) sendRecord(device, memory.get(key));
      break;
    case 3:
    case 51:
      sendNumber(device, 0x28, memory.usedBytes);
      break;
    case 4:
    case 52:
      sendNumber(device, 0x29, memory.freeBytes);
      break;
    case 5:
    case 53:
      sendKeys(device, 0x71, memory.keys);
      break;
    case 6:
    case 54: // `CLR` guards it against nonsense.
      if (Buffer.from(args.subarray(5, size)).toString('latin1') === 'CLR') memory.clear();
      break;
    default:
      notes.warn(from, `GS ( C <Function ${fn}>`);
  }
}

/** `37 70 status …`; without a record the status alone. */
function sendRecord(device: Device, content: Uint8Array | undefined): void {
  if (content === undefined) {
    sendBlock(device, 0x70, Uint8Array.of(0x40));
    return;
  }
  const parts: Uint8Array[] = [];
  for (let at = 0; at < content.length; at += RECORD_PART_BYTES)
    parts.push(content.subarray(at, at + RECORD_PART_BYTES));
  sendParts(device, 0x70, parts);
}
