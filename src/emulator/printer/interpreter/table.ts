import { type Command, lowHigh, prefixOf } from './command.js';
import { BARCODE_COMMANDS } from './commands/barcodes.js';
import { CHARACTER_COMMANDS } from './commands/characters.js';
import { COUNTER_COMMANDS } from './commands/counters.js';
import { FULL_WIDTH_COMMANDS } from './commands/full-width.js';
import { GRAPHICS_COMMANDS } from './commands/graphics.js';
import { LINE_COMMANDS } from './commands/lines.js';
import { MACRO_COMMANDS } from './commands/macros.js';
import { MECHANISM_COMMANDS } from './commands/mechanism.js';
import { PAGE_MODE_COMMANDS } from './commands/page-mode.js';
import { POSITION_COMMANDS } from './commands/position.js';
import { REAL_TIME_COMMANDS } from './commands/real-time.js';
import { SETTING_COMMANDS } from './commands/settings.js';
import { STATUS_COMMANDS } from './commands/status.js';
import { STORED_GRAPHICS_COMMANDS } from './commands/stored-graphics.js';
import { SYMBOL_COMMANDS } from './commands/symbols.js';
import { TEST_PRINT_COMMANDS } from './commands/test-print.js';
import { USER_MEMORY_COMMANDS } from './commands/user-memory.js';
import { USER_SETTING_COMMANDS } from './commands/user-settings.js';

/** A place in the tree of prefixes: a whole command, or what may come next. */
export interface Prefix {
  readonly command?: Command;
  readonly next: readonly (Prefix | undefined)[];
}

/** Every command that the emulated printer understands. */
export const COMMANDS: readonly Command[] = [
  ...LINE_COMMANDS,
  ...CHARACTER_COMMANDS,
  ...FULL_WIDTH_COMMANDS,
  ...POSITION_COMMANDS,
  ...GRAPHICS_COMMANDS,
  ...BARCODE_COMMANDS,
  ...SYMBOL_COMMANDS,
  ...MECHANISM_COMMANDS,
  ...STATUS_COMMANDS,
  ...SETTING_COMMANDS,
  ...PAGE_MODE_COMMANDS,
  ...STORED_GRAPHICS_COMMANDS,
  ...MACRO_COMMANDS,
  ...COUNTER_COMMANDS,
  ...USER_MEMORY_COMMANDS,
  ...USER_SETTING_COMMANDS,
  ...TEST_PRINT_COMMANDS,
  ...REAL_TIME_COMMANDS,
];

/** `GS (`, `ESC (` and `FS (` with a letter that no manual here has: its length is still known, so that it is skipped. */
export const STRANGE_GROUP: Command = { name: 'GS ( ?', size: lowHigh };

interface Growing extends Prefix {
  command?: Command;
  readonly next: (Growing | undefined)[];
}

function buildTree(commands: readonly Command[]): Prefix {
  const root: Growing = { next: [] };
  for (const command of commands) {
    let place = root;
    for (const byte of prefixOf(command.name)) {
      let next = place.next[byte];
      if (next === undefined) {
        next = { next: [] };
        place.next[byte] = next;
      }
      place = next;
    }
    place.command = command;
  }
  return root;
}

export const PREFIXES: Prefix = buildTree(COMMANDS);
