/**
 * Append-only bytes that survive a power cut once synced.
 *
 * Fault model: what was appended but not synced may be lost, or kept up to any byte. What was synced stays, except that
 * simulated flash can rot a bit. `sync` may fail (`PJ_STORAGE_FULL`, `PJ_STORAGE_FAILED`); nothing appended since the
 * last good sync may then be relied on.
 */
export interface Storage {
  /** For people: a path, or `flash`. */
  readonly address: string;
  /** Everything that is kept, from the beginning. */
  read(): Uint8Array;
  append(bytes: Uint8Array): void;
  /** Makes everything appended so far durable, then calls `done` once, never from inside this call. Calls in flight share one sync. */
  sync(done: (error?: Error) => void): void;
  /** Cuts the content to `length` bytes, durably: used once at boot, to remove a torn tail. */
  truncate(length: number): void;
  /**
   * Puts this in the place of all that is kept, durably, whole or not at all: used once at boot, before anything is
   * appended. Throws what `sync` fails with; then all is as it was, or nothing more is stored and every sync fails.
   */
  replace?(content: Iterable<Uint8Array>): void;
  close(): void;
}

/** A storage in which faults can let bits rot. */
export interface RottingStorage extends Storage {
  /** Flips one bit (0: the lowest) of what is stored. `false` if there is no such byte. */
  rot(offset: number, bit: number): boolean;
}
