/** A byte on the line: start bit (0), eight data bits from the lowest, stop bit (1). */
const FRAME_BITS = 10;
/** What printers print for a character that came in damaged (a switch of theirs; the other choice is nothing). */
const DAMAGED = 0x3f; // '?'

/** The rates of the two ends of a serial line, when they are not the same. */
export interface Rates {
  readonly host: number;
  readonly printer: number;
}

/**
 * What the ends of a serial line hear of each other. A printer prints `?` for a byte without a stop bit, as a switch of
 * most models says; at the host the driver of the port drops it (`IGNPAR`, as serialport sets it).
 */
export class Hearing {
  #rates: Rates | undefined;
  #garbled = () => {};

  /** `garbled` hears of it when bytes are taken for others. */
  set(rates: Rates | undefined, garbled = () => {}): void {
    this.#rates = rates;
    this.#garbled = garbled;
  }

  atPrinter(bytes: Uint8Array): Uint8Array {
    if (this.#rates === undefined) return bytes;
    return this.#told(bytes, misheard(bytes, this.#rates.host, this.#rates.printer, DAMAGED));
  }

  atHost(bytes: Uint8Array): Uint8Array {
    if (this.#rates === undefined) return bytes;
    return this.#told(bytes, misheard(bytes, this.#rates.printer, this.#rates.host));
  }

  #told(bytes: Uint8Array, heard: Uint8Array): Uint8Array {
    if (heard.length !== bytes.length || heard.some((byte, at) => byte !== bytes[at])) this.#garbled();
    return heard;
  }
}

/**
 * What a receiver at `heardBaud` makes of bytes that are sent at `sentBaud` one right after the other, with the line idle
 * before and behind them: it takes each falling edge for a start bit and samples in the middle of where its own bits would
 * be. Instead of a byte whose stop bit is not there, `damaged` is heard, or nothing.
 */
export function misheard(bytes: Uint8Array, sentBaud: number, heardBaud: number, damaged?: number): Uint8Array {
  const heard: number[] = [];
  /** The receiver's bit, in bits of the sender. */
  const bit = sentBaud / heardBaud;
  const end = bytes.length * FRAME_BITS;
  for (let at = fallingEdge(bytes, 0, end); at < end; ) {
    if (level(bytes, at + 0.5 * bit) === 1) {
      at = fallingEdge(bytes, at + 0.5 * bit, end); // Too short for a start bit.
      continue;
    }
    let byte = 0;
    for (let data = 0; data < 8; data++) byte |= level(bytes, at + (1.5 + data) * bit) << data;
    const stop = at + 9.5 * bit;
    if (level(bytes, stop) === 1) heard.push(byte);
    else if (damaged !== undefined) heard.push(damaged);
    at = fallingEdge(bytes, stop, end);
  }
  return Uint8Array.from(heard);
}

/** The first place from `from` on where the line falls, counted in bits; `end` if it does not. */
function fallingEdge(bytes: Uint8Array, from: number, end: number): number {
  for (let at = Math.ceil(from); at < end; at++) {
    if (level(bytes, at) === 0 && (at === 0 || level(bytes, at - 1) === 1)) return at;
  }
  return end;
}

function level(bytes: Uint8Array, time: number): 0 | 1 {
  const at = Math.floor(time);
  const byte = bytes[Math.floor(at / FRAME_BITS)];
  const bit = at % FRAME_BITS;
  if (byte === undefined || bit === FRAME_BITS - 1) return 1;
  return bit === 0 || ((byte >> (bit - 1)) & 1) === 0 ? 0 : 1;
}
