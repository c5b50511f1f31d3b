import type { Timings } from '../../terminal/timings.js';

/** How long a silence of the emulated platform the SDK stands: longer than the terminal, whose own time-outs decide. */
export function sdkTimeoutMs({ authorizeTimeoutMs }: Timings): number {
  return authorizeTimeoutMs + 5_000;
}
