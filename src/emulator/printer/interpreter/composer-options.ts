import type { PrinterProfile } from '../../../ports/device.js';
import type { PaperOperation } from '../paper/operations.js';
import type { Characters } from './characters.js';

/** Where finished lines go, and whether it can take more now. */
export interface Outlet {
  readonly busy: boolean;
  submit(operation: PaperOperation): void;
}

export interface ComposerOptions {
  readonly printableDots: number;
  readonly dpi: number;
  /** The code of full-width characters, and whether it is in force after switching on. */
  readonly cjk: PrinterProfile['cjk'];
  readonly cjkAtPowerOn: boolean;
  readonly motionUnits: { readonly x: number; readonly y: number };
  readonly colours: 1 | 2;
  /** The height of a page in page mode. */
  readonly pageDots: number;
  readonly characters: Characters;
  readonly outlet: Outlet;
  /** Bytes that stand for nothing, at their offset. */
  readonly unknown: (offset: number, bytes: Uint8Array) => void;
  /** Something did not find room in page mode. */
  readonly pageFull: () => void;
}
