import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseYuan } from '../base/money.js';
import type { Behaviour } from '../emulator/platform/wallet.js';
import { openGlyphs } from '../glyphs/glyphs.js';
import { type Verdict, verdictOf } from '../terminal/verdict/verdict.js';
import type { Config } from '../world/config.js';
import { pictureOf, ticketPieces } from '../world/pictures.js';
import { createRealWorld } from '../world/real.js';
import { whenFree, whenSettled } from '../world/settled.js';
import { createSimulation } from '../world/simulated.js';
import type { World } from '../world/world.js';
import { exitCodeOf } from './exit.js';
import { type Configured, configOf, putFaults, type WorldFlags } from './options.js';
import { verdictText } from './words.js';

export interface SaleFlags extends WorldFlags {
  readonly amount: string;
  readonly code?: string;
  readonly wallet?: Behaviour;
  readonly virtual?: boolean;
  readonly seed: number;
  readonly json?: boolean;
}

/** Longer than every way through the machine with the default timings, the guard task's first round included. */
const PATIENCE_MS = 300_000;

export async function sale(flags: SaleFlags): Promise<void> {
  const amountFen = parseYuan(flags.amount);
  const configured = configOf(flags);
  const { verdict, files } =
    flags.virtual === true
      ? await virtualSale(flags, configured.config, amountFen)
      : await realSale(flags, configured, amountFen);
  if (flags.json === true) process.stdout.write(`${JSON.stringify({ ...verdict, files }, null, 2)}\n`);
  else {
    process.stdout.write(`${verdictText(verdict, configured.config.lang)}\n`);
    for (const file of [files.journal, ...files.tickets]) process.stdout.write(`  ${file}\n`);
  }
  process.exitCode = exitCodeOf(verdict);
}

interface Outcome {
  readonly verdict: Verdict;
  readonly files: { readonly journal: string; readonly tickets: readonly string[] };
}

async function realSale(flags: SaleFlags, configured: Configured, amountFen: number): Promise<Outcome> {
  const real = await createRealWorld({ data: flags.data, ...configured });
  try {
    const { world } = real;
    putFaults(world, flags.fault);
    world.start();
    await whenFree(world);
    const saleId = sell(world, flags, amountFen);
    await new Promise((done) => whenSettled(world, saleId, PATIENCE_MS, done));
    if (world.terminal.failure !== undefined) throw world.terminal.failure;
    const journal = resolve(flags.data, 'terminal', 'journal.jsonl');
    return outcome(world, saleId, journal, flags.data);
  } finally {
    await real.close();
  }
}

async function virtualSale(flags: SaleFlags, config: Config, amountFen: number): Promise<Outcome> {
  const { world, clock, flash } = await createSimulation({
    seed: flags.seed,
    device: config.device,
    merchant: config.merchant,
    policy: config.policy,
    timings: config.timings,
    glyphs: openGlyphs(),
  });
  putFaults(world, flags.fault);
  world.start();
  clock.runUntil(() => world.terminal.free);
  const saleId = sell(world, flags, amountFen);
  let settled = false;
  whenSettled(world, saleId, PATIENCE_MS, () => {
    settled = true;
  });
  clock.runUntil(() => settled);
  const directory = join(flags.data, 'virtual', `seed-${flags.seed}`);
  mkdirSync(directory, { recursive: true });
  const journal = resolve(directory, 'journal.jsonl');
  writeFileSync(journal, flash().read());
  const result = outcome(world, saleId, journal, directory);
  world.close();
  return result;
}

function sell(world: World, { code, wallet = 'pays' }: SaleFlags, amountFen: number): string {
  return world.terminal.sell(amountFen, { code: code ?? world.customerCode(wallet) });
}

function outcome(world: World, saleId: string, journal: string, directory: string): Outcome {
  return {
    verdict: verdictOf(world.terminal.page(saleId)),
    files: { journal, tickets: savePictures(world, saleId, directory) },
  };
}

/** Writes a picture of each piece of a sale's paper; gives the paths. */
export function savePictures(world: World, saleId: string, directory: string): string[] {
  const folder = resolve(directory, 'tickets');
  return ticketPieces(world, saleId).map((piece, i) => {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${saleId}-${i + 1}.png`);
    writeFileSync(path, pictureOf(world, piece));
    return path;
  });
}
