import type { Bench } from '../bench.js';
import { condition, silence } from '../condition.js';
import { ASB_OFF, ASB_ON, DLE_DC4_8, dleEot, gsR } from '../escpos.js';
import { automaticBytes, DRAWER, hex, queuedByte, realTimeByte } from '../expected.js';
import type { Phase } from '../phase.js';
import type { Work } from '../wait.js';

const SILENT_MS = 500;
const TITLES = { 1: 'printer', 2: 'offline cause', 3: 'error cause', 4: 'paper' } as const;

/** Every status query: literal bytes of a printer with which all is well, as its profile says them. */
export const status: Phase = {
  name: 'status',
  title: 'Status',
  needs: 'link',
  limitMs: () => 30_000,
  *run(bench) {
    const { results, profile } = bench;
    for (const n of [1, 2, 3, 4] as const) {
      const said = yield* bench.ask(dleEot(n), 'realtime', SILENT_MS);
      const byte = said?.reply.byte;
      const should = realTimeByte(profile, n);
      const counted = byte === undefined || n !== 1 ? byte : byte & ~DRAWER.realTime;
      results.measure(
        {
          name: `status.real-time.${n}`,
          title: `DLE EOT ${n}: ${TITLES[n]}`,
          limits: { equals: hex(should === undefined ? undefined : [should]) },
        },
        hex(counted === undefined ? undefined : [counted]),
        counted === byte ? undefined : 'without the bit of the drawer, which is set',
      );
    }
    for (const [n, item] of [
      [1, 'paper'],
      [2, 'drawer'],
    ] as const) {
      const should = queuedByte(profile);
      const said = yield* bench.ask(gsR(n), 'queued', SILENT_MS);
      const counted = said === undefined ? undefined : [said.reply.byte & (n === 2 ? ~DRAWER.queued : 0xff)];
      results.measure(
        {
          name: `status.queued.${item}`,
          title: `GS r ${n}: ${item}`,
          limits: { equals: hex(should === undefined ? undefined : [should]) },
        },
        hex(counted),
        counted === undefined && should !== undefined ? yield* silence(bench) : undefined,
      );
    }
    yield* automatic(bench);
    const cleared = yield* bench.ask(DLE_DC4_8, 'cleared', SILENT_MS);
    results.measure(
      {
        name: 'status.clear',
        title: 'DLE DC4 8: clears the buffers, and says so',
        limits: { equals: profile.clearsBuffer },
      },
      cleared !== undefined,
    );
    const { ready, words } = yield* condition(bench);
    if (ready) return;
    bench.reported.add(words);
    results.note(`the printer is not ready: ${words}`);
  },
};

/** `GS a`: four bytes as soon as it is turned on. */
function* automatic(bench: Bench): Work {
  const said = yield* bench.ask(ASB_ON, 'asb', SILENT_MS);
  bench.line.write(ASB_OFF);
  const bytes = said?.reply.bytes.map((byte, i) => (i === 0 ? byte & ~DRAWER.automatic : byte));
  bench.results.measure(
    {
      name: 'status.automatic',
      title: 'GS a: automatic status, on turning it on',
      limits: { equals: hex(automaticBytes(bench.profile)) },
    },
    hex(bytes),
    bytes === undefined && automaticBytes(bench.profile) !== undefined ? yield* silence(bench) : undefined,
  );
}
