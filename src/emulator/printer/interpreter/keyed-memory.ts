/** What an entry takes besides its content. */
const ENTRY_BYTES = 4;

/** Memory of a limited size for entries with a name. */
export class KeyedMemory {
  readonly capacityBytes: number;
  readonly #changed: (key: string, content: Uint8Array | undefined) => void;
  readonly #entries = new Map<string, Uint8Array>();
  #usedBytes = 0;

  constructor(capacityBytes: number, changed: (key: string, content: Uint8Array | undefined) => void = () => {}) {
    this.capacityBytes = capacityBytes;
    this.#changed = changed;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  get freeBytes(): number {
    return Math.max(this.capacityBytes - this.#usedBytes, 0);
  }

  /** In their order by code. */
  get keys(): string[] {
    return [...this.#entries.keys()].sort();
  }

  get(key: string): Uint8Array | undefined {
    return this.#entries.get(key);
  }

  /** Keeps a copy in the place of what was there; `false`, and nothing changes, when there is no room. */
  set(key: string, content: Uint8Array): boolean {
    const before = this.#entries.get(key);
    const freed = before === undefined ? 0 : ENTRY_BYTES + before.length;
    if (this.#usedBytes - freed + ENTRY_BYTES + content.length > this.capacityBytes) return false;
    this.#usedBytes += ENTRY_BYTES + content.length - freed;
    const kept = content.slice();
    this.#entries.set(key, kept);
    this.#changed(key, kept);
    return true;
  }

  delete(key: string): void {
    const content = this.#entries.get(key);
    if (content === undefined) return;
    this.#usedBytes -= ENTRY_BYTES + content.length;
    this.#entries.delete(key);
    this.#changed(key, undefined);
  }

  clear(): void {
    for (const key of this.keys) this.delete(key);
  }
}
