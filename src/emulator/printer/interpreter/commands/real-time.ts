import type { Command } from '../command.js';

/**
 * Real-time commands, as they pass in the stream: they were carried out when they came in (`mechanism/real-time.ts`),
 * and here they are only taken away, so that nothing of them becomes text.
 */
export const REAL_TIME_COMMANDS: readonly Command[] = [
  { name: 'DLE EOT', size: (args, have) => (have > 0 && [7, 8, 18].includes(args[0] ?? 0) ? 2 : 1) },
  { name: 'DLE ENQ', size: 1 },
  { name: 'DLE DC4', size: (args, have) => (have < 1 ? 1 : (DC4_SIZES[args[0] ?? 0] ?? 1)) },
];

/** Bytes from fn on: pulse, power off, buzzer, status, clear. */
const DC4_SIZES: Readonly<Record<number, number>> = { 1: 3, 2: 3, 3: 6, 7: 2, 8: 8 };
