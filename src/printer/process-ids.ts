/**
 * Characters of process IDs: those of 0x20-0x7E whose bit 4 is 0. An ASB or a DLE EOT answer that falls into the middle
 * of a process ID response has bit 4 set in its first byte, and so can be told from the ID.
 */
const ALPHABET = Uint8Array.from([0x20, 0x40, 0x60].flatMap((from) => Array.from({ length: 16 }, (_, i) => from + i)));
const IDS = ALPHABET.length ** 4;

/**
 * Process IDs for `GS ( H`, each as one number of four bytes. They count up from a place that the seed gives, so that
 * within one life none comes again for 5.3 million blocks, and a response to an earlier life is hardly ever taken for one.
 */
export class ProcessIds {
  #next: number;

  constructor(seed: string) {
    this.#next = fnv1a(seed) % IDS;
  }

  next(): number {
    let rest = this.#next;
    this.#next = (this.#next + 1) % IDS;
    let id = 0;
    for (let digit = 0; digit < 4; digit++) {
      id = id * 256 + (ALPHABET[rest % ALPHABET.length] ?? 0x20);
      rest = Math.floor(rest / ALPHABET.length);
    }
    return id;
  }
}

/** FNV-1a, 32 bits: spreads short strings well enough for a starting point. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
