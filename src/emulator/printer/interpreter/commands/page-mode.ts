import type { Command } from '../command.js';

/** Page mode: understood, so that nothing of it becomes text; its contents are printed as in standard mode. */
export const PAGE_MODE_COMMANDS: readonly Command[] = [
  { name: 'ESC L', size: 0, undone: true },
  { name: 'ESC S', size: 0 },
  { name: 'ESC W', size: 8 },
  { name: 'ESC T', size: 1 },
  { name: 'ESC FF', size: 0 },
  { name: 'GS $', size: 2 },
  { name: 'GS \\', size: 2 },
  { name: 'GS A', size: 2 },
];
