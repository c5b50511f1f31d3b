/** One exchange as it really was: a test plays all of them, in this order, with a terminal of a simulation. */
export interface Example {
  readonly request?: unknown;
  readonly status: number;
  readonly answer?: unknown;
}

export const EXAMPLES: Readonly<Record<string, Example>> = {};
