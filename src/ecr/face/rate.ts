/** So many addresses are remembered. */
const ADDRESSES_MAX = 10_000;

interface Bucket {
  left: number;
  atMs: number;
}

/** How many requests may come from an address: so many at once, and so many a second. */
export class Rate {
  readonly #perSecond: number;
  /** By address, those that have been silent for longest first. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** Whether one more is let in. `nowMs`: any clock that only goes forward. */
  lets(address: string, nowMs: number): boolean {
    if (!Number.isFinite(this.#perSecond)) return true;
    const bucket = this.#buckets.get(address) ?? { left: this.#perSecond, atMs: nowMs };
    this.#remember(address, bucket);
    bucket.left = Math.min(this.#perSecond, bucket.left + ((nowMs - bucket.atMs) / 1_000) * this.#perSecond);
    bucket.atMs = nowMs;
    if (bucket.left < 1) return false;
    bucket.left--;
    return true;
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Whoever has been silent for longest is forgotten, and has all of it again. */
  #remember(address: string, bucket: Bucket): void {
    this.#buckets.delete(address);
    this.#buckets.set(address, bucket);
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= ADDRESSES_MAX) break;
      this.#buckets.delete(oldest);
    }
  }
}
