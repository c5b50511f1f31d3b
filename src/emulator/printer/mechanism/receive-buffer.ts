/** Up to so many are copied faster one by one. */
const FEW_BYTES = 16;

/**
 * The printer's receive buffer: what has come in and is not interpreted yet. What arrives is never dropped; `isFull`
 * tells when the line has to be stopped, and a delivery that was under way then is still taken.
 */
export class ReceiveBuffer {
  readonly #capacity: number;
  #bytes = Buffer.alloc(512);
  #start = 0;
  #end = 0;
  #offset = 0;
  #clears = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#end - this.#start;
  }

  /** Offset in the stream of the first byte that is still here. */
  get offset(): number {
    return this.#offset;
  }

  /** Bytes that still fit; 0 when it holds more than it should. */
  get free(): number {
    return Math.max(this.#capacity - this.length, 0);
  }

  /** At most 128 bytes are free (or a quarter of a small buffer): the host is to stop. */
  get isFull(): boolean {
    return this.#capacity - this.length <= Math.min(128, this.#capacity >> 2);
  }

  /** At least 256 bytes are free again (or half of a small buffer). */
  get hasRoom(): boolean {
    return this.#capacity - this.length >= Math.min(256, this.#capacity >> 1);
  }

  append(chunk: Uint8Array, from: number, to: number): void {
    const count = to - from;
    if (this.#end + count > this.#bytes.length) this.#makeRoom(count);
    if (count <= FEW_BYTES) for (let i = 0; i < count; i++) this.#bytes[this.#end + i] = chunk[from + i] ?? 0;
    else this.#bytes.set(from === 0 && to === chunk.length ? chunk : chunk.subarray(from, to), this.#end);
    this.#end += count;
  }

  /** Hands all bytes to `take`, which says up to which index it took them; those are gone then. */
  consume(take: (bytes: Buffer, start: number, end: number, base: number) => number): void {
    const start = this.#start;
    const clears = this.#clears;
    const taken = take(this.#bytes, start, this.#end, this.#offset - start) - start;
    if (clears !== this.#clears) return; // Cleared while they were taken: the power went.
    this.#offset += taken;
    this.#start += taken;
    if (this.#start === this.#end) this.#rewind();
  }

  /** Forgets everything that is here. */
  clear(): void {
    this.#clears++;
    this.#offset += this.length;
    this.#rewind();
  }

  /** Forgets the place in the stream as well. */
  reset(): void {
    this.#clears++;
    this.#offset = 0;
    this.#rewind();
  }

  #rewind(): void {
    this.#start = 0;
    this.#end = 0;
    if (this.#bytes.length > 4 * this.#capacity) this.#bytes = Buffer.alloc(512);
  }

  #makeRoom(count: number): void {
    const needed = this.length + count;
    const target = needed > this.#bytes.length / 2 ? Buffer.alloc(2 * needed) : this.#bytes;
    target.set(this.#bytes.subarray(this.#start, this.#end));
    this.#bytes = target;
    this.#end -= this.#start;
    this.#start = 0;
  }
}
