import { z } from 'zod';
import { fault, site } from '../fault.js';

/**
 * Bits of the stored journal flip, and nobody notices until it is read again, at the next boot. One bit in a record is put
 * right by the record's hash. More are damage: the terminal stays out of service, and leaves the evidence as it is. What
 * clears the fault, the end of the world included, is a copy of the journal that was put back.
 */
export const journalRot = fault({
  name: 'terminal.journal-rot',
  title: { zh: '日志损坏', en: 'journal rots' },
  about:
    'Bits of the stored journal flip. Seen at the next boot: one is put right by the hash of its record, more put the terminal out of service, which names the record.',
  usually: { journal: 'authorize-intent' },
  attributes: z.strictObject({
    back: z.int().min(0).max(1_000_000).default(0).describe('in which record: so many before the last one'),
    place: z.enum(['text', 'hash', 'line-end']).default('text').describe('where in the record'),
    bits: z.int().min(1).max(8).default(1).describe('how many bits flip'),
  }),
  needs: 'terminal',
  begin: ({ sites }, where) => site(sites, 'terminal').rot(where),
});
