import { createHook } from 'node:async_hooks';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveApi } from '../ecr/api/server.js';
import { Shop } from '../till/shop.js';
import { readConfig } from '../world/config.js';
import { createFleet, type Fleet } from '../world/fleet.js';
import { whenFree } from '../world/settled.js';
import { bareSyncs } from './bare-syncs.js';
import { HttpClient } from './http-client.js';
import { alternate, percentile, row, timesAsFast, title } from './measure.js';

const ROUNDS = 7;
const SALES = 300;
const COUNTED = 20;
const SALE = { amountFen: 1_280, customer: { behaviour: 'pays' }, waitMs: 60_000 };

/** Nothing takes time but the work itself and the disk: no platform and no printer beyond this process. */
export const IN_PROCESS = readConfig(undefined, {
  printer: 'in-process',
  emulatedPlatform: 'in-process',
  delays: 'none',
  evidence: { lineMiB: 0, platformLogMiB: 0 },
});

/** Runs something with terminals that are served over HTTP, in a folder that is gone afterwards. */
export async function withServed(
  fleet: (data: string) => Promise<Fleet>,
  run: (served: { readonly url: string; readonly shop: Shop; readonly data: string }) => Promise<void>,
): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'paperjam-bench-'));
  try {
    const { terminals, close } = await fleet(data);
    const shop = new Shop(terminals.map(({ world }) => world));
    try {
      await Promise.all(terminals.map(({ world }) => whenFree(world.start())));
      const api = await serveApi(shop);
      await run({ url: api.url, shop, data }).finally(api.close);
    } finally {
      shop.close();
      await close();
    }
  } finally {
    rmSync(data, { recursive: true });
  }
}

/** Sales over the own API beside a server that does nothing but the same syncs, in one run. */
export async function tillFigures(): Promise<void> {
  title(`sales over the own API, nothing takes time but the disk (fdatasync), n = ${ROUNDS} rounds of ${SALES}`);
  await withServed(
    (data) => createFleet({ data, config: IN_PROCESS, terminals: [IN_PROCESS] }),
    async ({ url, shop, data }) => {
      const till = new HttpClient(url);
      const sell = () => till.ask('POST', '/v1/sales', 201, SALE);
      const answer: object = JSON.parse(await sell());
      const syncs = await syncsOf(sell);
      const { world } = shop.first;
      const bytes = world.readJournal().length;
      await sell();
      const recordBytes = Math.round((world.readJournal().length - bytes) / syncs);
      const bare = await bareSyncs(data, { syncs, recordBytes, answer });
      const bareTill = new HttpClient(bare.url);
      const many = async (one: () => Promise<unknown>) => {
        for (let n = 0; n < SALES; n++) await one();
      };
      const [sales, handler] = await alternate(
        ROUNDS,
        { times: SALES, run: () => many(sell) },
        { times: SALES, run: () => many(() => bareTill.ask('POST', '/v1/sales', 201, SALE)) },
      );
      for (const [what, { median, cpu }] of [
        ['sales: journal, platform, printer, paper', sales],
        [`a bare fastify handler with the same ${syncs} syncs of ${recordBytes} bytes`, handler],
      ] as const) {
        const note = `median ${(median / 1_000).toFixed(2)} ms, of it processor ${(percentile(cpu, 0.5) / 1_000).toFixed(2)} ms`;
        row(what, `${Math.round(1e6 / median)} /s`, note);
      }
      const { median, least, most } = timesAsFast(sales, handler);
      row(
        '  ratio to the bare handler',
        `median ${median.toFixed(2)}`,
        `${least.toFixed(2)} to ${most.toFixed(2)}, to reach: 0.5`,
      );
      till.close();
      bareTill.close();
      await bare.close();
    },
  );
}

/** How many syncs a sale asks of the disk: nothing else here is asked of the system in this way. */
async function syncsOf(sell: () => Promise<unknown>): Promise<number> {
  let requests = 0;
  const hook = createHook({
    init(_id, type) {
      if (type === 'FSREQCALLBACK') requests++;
    },
  }).enable();
  for (let n = 0; n < COUNTED; n++) await sell();
  hook.disable();
  return Math.round(requests / COUNTED);
}
