import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../world/config.js';
import { createRealWorld } from '../world/real.js';
import { whenFree, whenSettled } from '../world/settled.js';

/** Milliseconds from the code to the facts, for each of so many sales on real wires. */
export async function realLatencies(
  sales: number,
): Promise<{ 'code to payment': number[]; 'code to confirmed ticket': number[] }> {
  const data = mkdtempSync(join(tmpdir(), 'paperjam-bench-'));
  const real = await createRealWorld({ data, config: readConfig(undefined), pacing: false });
  const { world } = real;
  const toPayment: number[] = [];
  const toTicket: number[] = [];
  try {
    let startMs = 0;
    world.watch({
      record: ({ kind }) => {
        if (kind === 'payment') toPayment.push(performance.now() - startMs);
      },
    });
    world.start();
    await whenFree(world);
    for (let n = 0; n < sales; n++) {
      const code = world.people.codeOf({ behaviour: 'pays' });
      startMs = performance.now();
      const saleId = world.terminal.sell(1_280, { code });
      await new Promise((done) => whenSettled(world, saleId, 60_000, done));
      toTicket.push(performance.now() - startMs);
      await whenFree(world);
    }
  } finally {
    await real.close();
    rmSync(data, { recursive: true });
  }
  return { 'code to payment': toPayment, 'code to confirmed ticket': toTicket };
}
