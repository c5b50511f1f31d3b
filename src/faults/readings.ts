import { z } from 'zod';
import type { FaultGround } from './fault.js';
import { site } from './fault.js';
import { firstOnly, TIMES } from './times.js';

/** The attribute of every fault in which the next so many codes are read as something else. */
export const READINGS = z.strictObject({ times: TIMES.describe('how many readings') });

/** The next so many codes reach the terminal as something else, or not at all. */
export function readsOtherwise({ sites }: FaultGround, times: number, read: (code: string) => string | undefined) {
  const strikes = firstOnly(times);
  return site(sites, 'scanner').onRead((reading) => {
    if (!strikes()) return [reading];
    const code = read(reading.code);
    return code === undefined ? [] : [{ ...reading, code }];
  });
}
