import { join, resolve } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import type { Behaviour } from '../emulator/platform/wallet.js';
import { openGlyphs } from '../glyphs/glyphs.js';
import { type Verdict, verdictOf } from '../terminal/verdict/verdict.js';
import { createRealWorld } from '../world/real.js';
import { whenFree, whenSettled } from '../world/settled.js';
import { createSimulation } from '../world/simulated.js';
import type { Tape } from '../world/tape.js';
import type { World } from '../world/world.js';
import { exitCodeOf } from './exit.js';
import { type Configured, putFaults, tapeOf, type WorldFlags } from './options.js';
import { saveFile, savePictures } from './save.js';
import { errorText, verdictText } from './words.js';

export interface SaleFlags extends WorldFlags {
  /** In fen. */
  readonly amount: number;
  readonly code?: string;
  readonly wallet?: Behaviour;
  readonly virtual?: boolean;
  readonly seed?: number;
  readonly json?: boolean;
}

/** Longer than every way through the machine with the default timings, the guard task's first round included. */
const PATIENCE_MS = 300_000;

export async function sale(flags: SaleFlags, configured: Configured): Promise<void> {
  checkFlags(flags);
  const tape = tapeOf(flags.record, configured.config.device);
  if (tape !== undefined) endWhenKilled(tape);
  const { verdict, files } = await (flags.virtual === true ? virtualSale : realSale)(flags, configured, tape).finally(
    () => tape?.close(),
  );
  if (flags.json === true) process.stdout.write(`${JSON.stringify({ ...verdict, files }, null, 2)}\n`);
  else {
    process.stdout.write(`${verdictText(verdict, configured.config.lang)}\n`);
    for (const file of [files.journal, ...files.tickets]) process.stdout.write(`  ${file}\n`);
  }
  process.exitCode = exitCodeOf(verdict);
}

/** What makes no sense together is refused, so that nobody believes that it was done. */
function checkFlags({ virtual, printer, seed, code, wallet }: SaleFlags): void {
  const refuse = (problem: string) => {
    throw new PaperjamError('PJ_USAGE', { problem, advice: 'See paperjam sale --help.' });
  };
  if (virtual === true && printer !== undefined && printer !== 'emulated')
    refuse(`--virtual prints on the emulated printer, and not on ${printer}`);
  if (virtual !== true && seed !== undefined) refuse('--seed is only for --virtual');
  if (code !== undefined && wallet !== undefined)
    refuse('--wallet is what an emulated customer does, and --code is the code of another one');
}

/** Nobody waits for a sale that is killed; but the recording is ended, whatever it holds. */
function endWhenKilled(tape: Tape): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      tape.close();
      process.kill(process.pid, signal); // Nobody listens to it any more.
    });
  }
}

interface Outcome {
  readonly verdict: Verdict;
  readonly files: { readonly journal: string; readonly tickets: readonly string[] };
}

async function realSale(flags: SaleFlags, configured: Configured, tape: Tape | undefined): Promise<Outcome> {
  const real = await createRealWorld({ data: flags.data, ...configured, tape });
  try {
    const { world } = real;
    putFaults(world, flags.fault);
    world.start();
    await whenFree(world);
    const saleId = sell(world, flags);
    await new Promise((done) => whenSettled(world, saleId, PATIENCE_MS, done));
    const journal = resolve(flags.data, 'terminal', 'journal.jsonl');
    return outcome(world, saleId, journal, flags.data);
  } finally {
    await real.close();
  }
}

async function virtualSale(flags: SaleFlags, { config }: Configured, tape: Tape | undefined): Promise<Outcome> {
  const { seed = 1 } = flags;
  const { world, clock, flash } = await createSimulation({
    seed,
    device: config.device,
    merchant: config.merchant,
    policy: config.policy,
    timings: config.timings,
    notify: config.notify,
    glyphs: openGlyphs(),
    tape,
  });
  putFaults(world, flags.fault);
  world.start();
  clock.runUntil(() => world.terminal.free);
  const saleId = sell(world, flags);
  let settled = false;
  whenSettled(world, saleId, PATIENCE_MS, () => {
    settled = true;
  });
  clock.runUntil(() => settled);
  const directory = join(flags.data, 'virtual', `seed-${seed}`);
  const journal = resolve(directory, 'journal.jsonl');
  saveFile(journal, flash().read());
  const result = outcome(world, saleId, journal, directory);
  world.close();
  return result;
}

function sell(world: World, { amount, code, wallet = 'pays' }: SaleFlags): string {
  return world.people.sell(amount, code === undefined ? { customer: { behaviour: wallet } } : { code });
}

function outcome(world: World, saleId: string, journal: string, directory: string): Outcome {
  const { failure } = world.terminal;
  if (failure !== undefined && !(isDamage(failure) && world.terminal.find(saleId) !== undefined))
    throw isDamage(failure) ? unread(failure, journal) : failure;
  return {
    verdict: verdictOf(world.terminal.page(saleId)),
    files: { journal, tickets: savePictures(world, saleId, directory, complain) },
  };
}

/** The verdict says it itself, as far as the journal is proved. */
function isDamage(error: Error): boolean {
  return error instanceof PaperjamError && error.code === 'PJ_JOURNAL_CHANGED';
}

/** The sale was begun, and the damage is before anything that is known of it. */
function unread(cause: Error, path: string): PaperjamError {
  return new PaperjamError('PJ_STORAGE_FAILED', { path, action: 'read', problem: cause.message }, { cause });
}

const complain = (error: Error) => void process.stderr.write(`paperjam: ${errorText(error)}\n`);
