import type { LinkListener, LinkLoss } from '../../src/ports/link.js';

/** Keeps what a link says. */
export class Collector implements LinkListener {
  readonly events: string[] = [];
  readonly chunks: Uint8Array[] = [];
  readonly losses: LinkLoss[] = [];
  drains = 0;
  /** Called after each event, to react to it. */
  after: (event: string) => void = () => {};

  opened(): void {
    this.#say('opened');
  }
  received(bytes: Uint8Array): void {
    this.chunks.push(bytes);
    this.#say('received');
  }
  drained(): void {
    this.drains++;
    this.#say('drained');
  }
  lost(loss: LinkLoss): void {
    this.losses.push(loss);
    this.#say(`lost ${loss.code}`);
  }

  get bytes(): Uint8Array {
    return Buffer.concat(this.chunks);
  }
  get text(): string {
    return Buffer.from(this.bytes).toString('latin1');
  }
  /** How often it was opened. */
  get opens(): number {
    return this.events.filter((event) => event === 'opened').length;
  }
  get length(): number {
    return this.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  #say(event: string): void {
    this.events.push(event);
    this.after(event);
  }
}

/** Bytes of a text, one per character. */
export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** `length` bytes that go through all 256 values and do not repeat with a short period. */
export function allBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (i + (i >> 8) * 7 + (i >> 16) * 13) & 0xff;
  return bytes;
}

/** Waits for something real to happen. */
export async function until(done: () => boolean, withinMs = 5_000): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!done()) {
    if (performance.now() > endMs) throw new Error(`did not happen within ${withinMs} ms: ${done}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
