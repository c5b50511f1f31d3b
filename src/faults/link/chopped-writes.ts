import { z } from 'zod';
import { DIRECTION, impair } from '../direction.js';
import { fault, site } from '../fault.js';

/** What is written at once arrives in small pieces with pauses between them, as by some adapters and by networks. */
export const choppedWrites = fault({
  name: 'link.chopped-writes',
  title: { zh: '数据分段到达', en: 'writes cut in pieces' },
  about:
    'Bytes arrive a few at a time, with pauses in the middle of commands and answers. Seen as answers in pieces, and a slower line.',
  usually: 'now',
  attributes: z.strictObject({
    direction: DIRECTION.default('both').describe('which way the bytes go that are cut in pieces'),
    chunkBytes: z.int().min(1).max(65_536).default(5).describe('bytes in each piece'),
    pauseMs: z.int().min(0).max(60_000).default(2).describe('milliseconds between two pieces'),
  }),
  needs: 'printerLink',
  begin({ sites, clock }, { direction, chunkBytes, pauseMs }) {
    return impair(site(sites, 'printerLink'), direction, () => {
      let freeAtMs = Number.NEGATIVE_INFINITY;
      return {
        pass(bytes) {
          const nowMs = clock.now();
          return pieces(bytes, chunkBytes).map((piece) => {
            const atMs = Math.max(freeAtMs, nowMs);
            freeAtMs = atMs + pauseMs;
            return { bytes: piece, afterMs: atMs - nowMs };
          });
        },
      };
    });
  },
});

function pieces(bytes: Uint8Array, chunkBytes: number): Uint8Array[] {
  const count = Math.ceil(bytes.length / chunkBytes);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * chunkBytes, (i + 1) * chunkBytes));
}
