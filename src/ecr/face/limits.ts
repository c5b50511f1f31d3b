/** What a server takes from its clients before it refuses them. */
export interface Limits {
  /** Of a request's body. Default 64 KiB. */
  readonly bodyBytes: number;
  /** Of a request's address and headers. Default 16 KiB. */
  readonly headerBytes: number;
  /** How many connections at a time. Default 2,000. */
  readonly connections: number;
  /** From one address; as many may come at once. Default: no limit on loopback, else 200. */
  readonly requestsPerSecond: number;
  /** For a request to arrive, for a handshake, and for an answer to be read by the other side. Default 30,000. */
  readonly arrivalMs: number;
  /** For the next request on a connection. Default 72,000. */
  readonly idleMs: number;
}

export function limitsOf(given: Partial<Limits> | undefined, loopback: boolean): Limits {
  return {
    bodyBytes: 64 * 1024,
    headerBytes: 16 * 1024,
    connections: 2_000,
    requestsPerSecond: loopback ? Number.POSITIVE_INFINITY : 200,
    arrivalMs: 30_000,
    idleMs: 72_000,
    ...given,
  };
}
