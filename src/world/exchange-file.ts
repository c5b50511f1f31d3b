import { z } from 'zod';
import { PaperjamError } from '../base/errors.js';
import type { ExchangeEntry, ExchangeKeeper } from '../emulator/platform/exchange-log.js';
import { RotatingFile, readRotated } from '../ground/rotating-file.js';
import { masked } from './masking.js';

const ENTRY = z.object({
  sequence: z.int(),
  atMs: z.number(),
  method: z.string(),
  orderNo: z.string().optional(),
  request: z.unknown(),
  response: z.looseObject({}).optional(),
  fate: z.union([z.literal('deliver'), z.literal('lose'), z.looseObject({ delayMs: z.number() })]).optional(),
});

export interface ExchangeFileOptions {
  readonly path: string;
  /** 0: nothing is kept. */
  readonly mostBytes: number;
  readonly failed: (error: Error) => void;
}

/** Keeps what the emulated platform was asked and answered in a file, with payment codes masked; close it at the end. */
export function exchangeFile(options: ExchangeFileOptions): ExchangeKeeper & { close(): void } {
  if (options.mostBytes === 0) return { earlier: [], keep() {}, close() {} };
  const { entries } = readExchanges(options.path);
  const file = new RotatingFile(options);
  return {
    earlier: entries,
    keep: (entry) => file.append(JSON.stringify(masked(entry))),
    close: () => file.close(),
  };
}

/**
 * The kept exchanges, oldest first. A line that cannot be read, as a power cut may leave one, is left out; `damaged` is the
 * first of them.
 */
export function readExchanges(path: string): { entries: ExchangeEntry[]; damaged: PaperjamError | undefined } {
  const entries: ExchangeEntry[] = [];
  let damaged: PaperjamError | undefined;
  for (const [index, line] of readRotated(path).entries()) {
    try {
      const { orderNo, response, fate, ...rest } = ENTRY.parse(JSON.parse(line));
      entries.push({ ...rest, orderNo, response, fate });
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message.replaceAll(/\s+/g, ' ') : String(cause);
      damaged ??= new PaperjamError('PJ_PLATFORM_LOG', { file: path, line: index + 1, problem }, { cause });
    }
  }
  return { entries, damaged };
}
