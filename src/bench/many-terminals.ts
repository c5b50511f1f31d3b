import { createFleet } from '../world/fleet.js';
import { numberedTerminals } from '../world/fleet-config.js';
import { HttpClient } from './http-client.js';
import { percentile, row, title } from './measure.js';
import { heldBytes } from './memory.js';
import { IN_PROCESS, withServed } from './till.js';

const TERMINALS = 1_000;
/** Terminals that sell, one sale after the other, while others are asked about. */
const SELLING = 20;
const STATUS_REQUESTS = 2_000;

/** So many terminals in one process, each with journal, key and paper in files: memory, and how long a question about a sale takes. */
export async function manyTerminals(): Promise<void> {
  title(`${TERMINALS} terminals in one process, each with its journal and paper in files`);
  const startMs = performance.now();
  const before = heldBytes();
  await withServed(
    (data) => createFleet({ data, config: IN_PROCESS, terminals: numberedTerminals(IN_PROCESS, TERMINALS) }),
    async ({ url, shop }) => {
      row('until all have booted', `${((performance.now() - startMs) / 1_000).toFixed(1)} s`);
      row(
        'memory of one',
        `${((heldBytes() - before) / TERMINALS / 1_024).toFixed(1)} KiB`,
        'heap and array buffers, after a collection',
      );
      const ids = [...shop.counters.keys()];
      const selling = ids.slice(0, SELLING);
      const till = new HttpClient(url, SELLING);
      const sell = async (id: string) => {
        const sale = { amountFen: 1_280, customer: { behaviour: 'pays' }, waitMs: 60_000 };
        const { id: saleId }: { id: string } = JSON.parse(
          await till.ask('POST', `/v1/terminals/${id}/sales`, 201, sale),
        );
        return saleId;
      };
      const known = await Promise.all(ids.slice(SELLING, 2 * SELLING).map(sell));
      let over = false;
      let sales = 0;
      const sellers = selling.map(async (id) => {
        while (!over) {
          await sell(id);
          sales++;
        }
      });
      const asker = new HttpClient(url);
      const tookMs: number[] = [];
      const beganMs = performance.now();
      for (let n = 0; n < STATUS_REQUESTS; n++) {
        const atMs = performance.now();
        await asker.ask('GET', `/v1/sales/${known[n % known.length]}`, 200);
        tookMs.push(performance.now() - atMs);
      }
      const seconds = (performance.now() - beganMs) / 1_000;
      over = true;
      await Promise.all(sellers);
      row(
        `GET /v1/sales/:id, while ${SELLING} of them sell`,
        `p50 ${percentile(tookMs, 0.5).toFixed(2)} ms`,
        `p99 ${percentile(tookMs, 0.99).toFixed(2)} ms`,
      );
      row('  sales meanwhile', `${Math.round(sales / seconds)} sales/s`, `${sales} in ${seconds.toFixed(1)} s`);
      till.close();
      asker.close();
    },
  );
}
