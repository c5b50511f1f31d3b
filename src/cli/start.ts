import { join } from 'node:path';
import { ALIPAY_NOTICES } from '../ecr/api/notices.js';
import { customOf, type ServedTills, serveTills } from '../ecr/tills/serve.js';
import { FileStorage } from '../ground/file-storage.js';
import { verdictOf } from '../terminal/verdict/verdict.js';
import { Shop } from '../till/shop.js';
import type { Config } from '../world/config.js';
import { createFleet, type Fleet } from '../world/fleet.js';
import { ticketPieces } from '../world/pictures.js';
import { whenFree, whenReady, whenSettled } from '../world/settled.js';
import type { Tape } from '../world/tape.js';
import { VERSION } from '../world/version.js';
import { Consoles } from './consoles.js';
import { announceControl } from './control-address.js';
import { EXIT, exitCodeOf } from './exit.js';
import { type Configured, type FleetFlags, putFaults, tapeOf, terminalsOf } from './options.js';
import { type Console, HELP, runLine } from './prompt.js';
import { ReadyFile } from './ready-file.js';
import { savePictures } from './save.js';
import { readerHasLeft, Talk } from './talk.js';
import { readyView, whereabouts } from './whereabouts.js';
import { errorText, paperText, verdictText } from './words.js';

export interface StartFlags extends FleetFlags {
  readonly firstSale: boolean;
  readonly once?: boolean;
  readonly readyFile?: string;
}

/** The newcomer's first sale, in fen. */
const FIRST_SALE_FEN = 1_280;
const PATIENCE_MS = 300_000;

/** `paperjam start`: boots everything, makes a first sale, and stays up for commands until it is told to stop. */
export async function start(flags: StartFlags, configured: Configured): Promise<void> {
  const terminals = terminalsOf(flags, configured);
  const readyFile = flags.readyFile === undefined ? undefined : new ReadyFile(flags.readyFile);
  const tape = tapeOf(flags.record, configured.config.device);
  try {
    await startTaped({ flags, configured, terminals, tape, readyFile });
  } finally {
    readyFile?.remove();
    tape?.close();
  }
}

interface Start {
  readonly flags: StartFlags;
  readonly configured: Configured;
  readonly terminals: readonly Config[];
  readonly tape: Tape | undefined;
  readonly readyFile: ReadyFile | undefined;
}

async function startTaped({ flags, configured, terminals, tape, readyFile }: Start): Promise<void> {
  const beganMs = performance.now();
  const stopped = untilStopped();
  const { config, configFile } = configured;
  const fleet = await createFleet({ data: flags.data, config, configFile, terminals, tape });
  const talk = new Talk();
  fleet.onClose(() => talk.close());
  const consoles = new Consoles(fleet, config.lang, (text) => talk.say(text));
  const { say } = consoles.current;
  try {
    readyFile?.clear(); // The locks of the data folder are held: whoever wrote it is gone.
    for (const { world } of fleet.terminals) putFaults(world, flags.fault);
    const tills = await openTills(fleet, configured, flags.data);
    say(`paperjam ${VERSION}\n${whereabouts(fleet, tills)}`);
    for (const remark of tills.remarks) say(`  ${remark}`);
    consoles.sayWhatHappens();
    for (const { world } of fleet.terminals) world.start();
    consoles.sayWhatWasFound();
    say(`ready in ${((performance.now() - beganMs) / 1_000).toFixed(2)} s`);
    const unwritten = writeWhenReady(readyFile, fleet, tills);
    process.exitCode = await Promise.race([session(consoles, talk, flags, fleet), stopped, unwritten]);
  } finally {
    await fleet.close();
  }
}

/** Gives the exit code, when there is nothing more to do. */
async function session(consoles: Consoles, talk: Talk, flags: StartFlags, fleet: Fleet): Promise<number> {
  const first = consoles.current;
  if (flags.firstSale || flags.once === true) await whenFree(first.world);
  const exitCode = flags.firstSale ? await firstSale(first, fleet) : EXIT.ok;
  if (flags.once === true) return exitCode;
  if (talk.person) first.say(`\n${HELP}`);
  await talk.listen((line) => runLine(consoles.current, line));
  return EXIT.ok;
}

/** Serves the protocols, and tells whoever has to know where. */
async function openTills(fleet: Fleet, { config }: Configured, data: string): Promise<ServedTills> {
  const { tills: wanted, port } = config;
  const shop = new Shop(
    fleet.terminals.map(({ world }) => world),
    { custom: customOf(wanted) },
  );
  fleet.onClose(() => shop.close());
  const tills = await serveTills(shop, {
    config: { ...wanted, api: { port: wanted.api.port ?? port } },
    ports: 'usual',
    folder: async () => join(data, 'tills'),
    storage: (name) => new FileStorage(join(data, 'tills', `${name}.jsonl`)),
  });
  fleet.onClose(() => tills.close());
  const { api } = tills.urls;
  if (api === undefined) return tills;
  fleet.noticesAt(`${api}${ALIPAY_NOTICES}`);
  for (const { world, where } of fleet.terminals) {
    if (config.merchant.digitalTicketUrl === undefined) world.digital.servedAt(`${api}/t/{orderNo}`);
    fleet.onClose(announceControl(where.data, api));
  }
  return tills;
}

/**
 * Writes it once every terminal can sell; without a terminal that can it is never written, and the display says why. The
 * result rejects when it cannot be written, `PJ_RUN_OUTPUT`, and is never kept.
 */
function writeWhenReady(file: ReadyFile | undefined, fleet: Fleet, tills: ServedTills): Promise<never> {
  return new Promise((_, reject) => {
    let missing = fleet.terminals.length;
    let over = file === undefined;
    fleet.onClose(() => {
      over = true;
    });
    const write = () => {
      try {
        if (!over) file?.write(readyView(fleet, tills));
      } catch (error) {
        reject(error);
      }
    };
    for (const { world } of fleet.terminals) whenReady(world, (ready) => ready && --missing === 0 && write());
  });
}

/** Sells for ¥12.80 and shows what came of it. Gives the exit code. */
async function firstSale({ world, data, lang, say }: Console, fleet: Fleet): Promise<number> {
  if (world.terminal.failure !== undefined) return EXIT.unknown;
  if (world.platform === undefined) {
    say('no first sale: the platform is a real one, and there is no emulated customer');
    return EXIT.ok;
  }
  const pending = world.terminal.foreground;
  if (world.terminal.state === 'printFault' && pending !== undefined) {
    say(`no first sale: the ticket of ${pending} is still to be printed; mend the printer, then reprint`);
    return exitCodeOf(world.terminal.page(pending).facts);
  }
  const saleId = world.people.sell(FIRST_SALE_FEN, { customer: { behaviour: 'pays' } });
  await new Promise((done) => fleet.onClose(whenSettled(world, saleId, PATIENCE_MS, done)));
  if (world.terminal.failure !== undefined) return EXIT.unknown;
  const verdict = verdictOf(world.terminal.page(saleId));
  for (const piece of ticketPieces(world, saleId)) say(`\n${paperText(piece)}\n`);
  say(verdictText(verdict, lang));
  const complain = (error: Error) => say(errorText(error));
  for (const picture of savePictures(world, saleId, data, complain)) say(`  picture ${picture}`);
  return exitCodeOf(verdict);
}

/** Until a signal says so, or nobody is there any more to read what is said. */
function untilStopped(): Promise<number> {
  return new Promise((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(EXIT.ok));
    process.stdout.on('error', (error) => readerHasLeft(error) && stop(EXIT.ok));
  });
}
