/** Bytes that wait for room on a line which takes what it can and says how much that was. */
export class SendQueue {
  readonly #send: (bytes: Uint8Array) => number;
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;

  /** `send` hands bytes to the line and returns how many it took: fewer than all means that it is full for now. */
  constructor(send: (bytes: Uint8Array) => number) {
    this.#send = send;
  }

  /** Bytes that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  push(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#bytes += bytes.length;
  }

  /** Sends until the line is full or nothing waits. */
  send(): void {
    for (let chunk = this.#chunks[0]; chunk !== undefined; chunk = this.#chunks[0]) {
      const count = this.#send(chunk);
      this.#bytes -= count;
      if (count < chunk.length) {
        this.#chunks[0] = chunk.subarray(count);
        return;
      }
      this.#chunks.shift();
    }
  }

  clear(): void {
    this.#chunks.length = 0;
    this.#bytes = 0;
  }
}
