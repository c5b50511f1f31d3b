import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { parseYuan } from '../base/money.js';
import type { Behaviour } from '../emulator/platform/wallet.js';
import { BEHAVIOURS } from '../emulator/platform/wallet.js';
import { openGlyphs } from '../glyphs/glyphs.js';
import { type Verdict, verdictOf } from '../terminal/verdict/verdict.js';
import { pictureOf, ticketPieces } from '../world/pictures.js';
import { createRealWorld } from '../world/real.js';
import { whenFree, whenSettled } from '../world/settled.js';
import { createSimulation } from '../world/simulated.js';
import type { World } from '../world/world.js';
import { exitCodeOf } from './exit.js';
import { configOf, putFaults, type WorldFlags } from './options.js';
import { verdictText } from './words.js';

export interface SaleFlags extends WorldFlags {
  readonly amount: string;
  readonly code?: string;
  readonly wallet?: string;
  readonly virtual?: boolean;
  readonly seed: number;
  readonly json?: boolean;
}

/** Longer than every way through the machine with the default timings, the guard task's first round included. */
const PATIENCE_MS = 300_000;

export async function sale(flags: SaleFlags): Promise<void> {
  const amountFen = parseYuan(flags.amount);
  const { verdict, files } =
    flags.virtual === true ? await virtualSale(flags, amountFen) : await realSale(flags, amountFen);
  if (flags.json === true) process.stdout.write(`${JSON.stringify({ ...verdict, files }, null, 2)}\n`);
  else {
    process.stdout.write(`${verdictText(verdict, flags.lang ?? 'zh')}\n`);
    for (const file of [files.journal, ...files.tickets]) process.stdout.write(`  ${file}\n`);
  }
  process.exitCode = exitCodeOf(verdict);
}

interface Outcome {
  readonly verdict: Verdict;
  readonly files: { readonly journal: string; readonly tickets: readonly string[] };
}

async function realSale(flags: SaleFlags, amountFen: number): Promise<Outcome> {
  const real = await createRealWorld({ data: flags.data, ...configOf(flags) });
  try {
    const { world } = real;
    world.start();
    putFaults(world, flags.fault);
    await whenFree(world);
    const saleId = sell(world, flags, amountFen);
    await new Promise((done) => whenSettled(world, saleId, PATIENCE_MS, done));
    const journal = resolve(flags.data, 'terminal', 'journal.jsonl');
    return outcome(world, saleId, journal, flags.data);
  } finally {
    await real.close();
  }
}

async function virtualSale(flags: SaleFlags, amountFen: number): Promise<Outcome> {
  const { config } = configOf(flags);
  const { world, clock, flash } = await createSimulation({
    seed: flags.seed,
    device: config.device,
    merchant: config.merchant,
    policy: config.policy,
    timings: config.timings,
    glyphs: openGlyphs(),
  });
  world.start();
  putFaults(world, flags.fault);
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
  const behaviour = BEHAVIOURS.find((one): one is Behaviour => one === wallet);
  if (behaviour === undefined) {
    const problem = `there is no behaviour ${wallet}; allowed: ${BEHAVIOURS.join(', ')}`;
    throw new PaperjamError('PJ_REQUEST', { what: 'option --wallet', problem });
  }
  return world.terminal.sell(amountFen, { code: code ?? world.customerCode(behaviour) });
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
