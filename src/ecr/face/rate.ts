/** So many addresses are remembered; one that has been silent for a second needs no remembering. */
const ADDRESSES_MAX = 10_000;

interface Bucket {
  left: number;
  atMs: number;
}

/** How many requests may come from an address: so many at once, and so many a second. */
export class Rate {
  readonly #perSecond: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** Whether one more is let in. `nowMs`: any clock that only goes forward. */
  lets(address: string, nowMs: number): boolean {
    if (!Number.isFinite(this.#perSecond)) return true;
    const bucket = this.#buckets.get(address) ?? this.#newBucket(address, nowMs);
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

  #newBucket(address: string, nowMs: number): Bucket {
    if (this.#buckets.size >= ADDRESSES_MAX) this.#forget(nowMs);
    const bucket = { left: this.#perSecond, atMs: nowMs };
    this.#buckets.set(address, bucket);
    return bucket;
  }

  /** Whoever has been silent for a second has all of it again; if everybody talks, the oldest go. */
  #forget(nowMs: number): void {
    for (const [address, { atMs }] of this.#buckets) {
      if (nowMs - atMs >= 1_000) this.#buckets.delete(address);
    }
    for (const address of this.#buckets.keys()) {
      if (this.#buckets.size < ADDRESSES_MAX) break;
      this.#buckets.delete(address);
    }
  }
}
