import type { Device } from './device.js';

const HEADER = 0x37;
/** More parts follow, once the host has sent ACK; or this is the last one. */
const CONTINUES = 0x41;
const LAST = 0x40;
const KEYS_IN_A_PART = 40;

/** `37 id`, the number in digits, `00`. */
export function sendNumber({ machine }: Device, id: number, value: number): void {
  machine.reply(Buffer.from([HEADER, id, ...Buffer.from(String(value), 'latin1'), 0]));
}

/** `37 id`, the bytes, `00`. */
export function sendBlock({ machine }: Device, id: number, content: Uint8Array): void {
  machine.reply(Buffer.from([HEADER, id, ...content, 0]));
}

/** `37 id status`, at most 40 key codes, `00`. The host acknowledges each part with ACK, asks again with NAK, ends with CAN. */
export function sendKeys(device: Device, id: number, keys: readonly string[]): void {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < keys.length; at += KEYS_IN_A_PART)
    parts.push(Buffer.from(keys.slice(at, at + KEYS_IN_A_PART).join(''), 'latin1'));
  sendParts(device, id, parts.length === 0 ? [new Uint8Array(0)] : parts);
}

/** Sends the first part; the others wait for the host. */
export function sendParts(device: Device, id: number, parts: readonly Uint8Array[]): void {
  const [part, ...rest] = parts;
  if (part === undefined) return;
  sendBlock(device, id, Buffer.concat([Buffer.from([rest.length > 0 ? CONTINUES : LAST]), part]));
  device.answer = { id, parts };
}

/** What the host says to the part that it was sent; `false` when it was sent none. */
export function answered(device: Device, byte: 'ACK' | 'NAK'): boolean {
  const { answer } = device;
  if (answer === undefined) return false;
  device.answer = undefined;
  const { id, parts } = answer;
  sendParts(device, id, byte === 'NAK' ? parts : parts.slice(1));
  return true;
}
