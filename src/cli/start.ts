import { PaperjamError } from '../base/errors.js';
import { ALIPAY_NOTICES } from '../ecr/api/notices.js';
import { type ServedApi, serveApi } from '../ecr/api/server.js';
import { verdictOf } from '../terminal/verdict/verdict.js';
import { ticketPieces } from '../world/pictures.js';
import { createRealWorld, type RealWorld } from '../world/real.js';
import { USUAL_PORT } from '../world/settings.js';
import { whenFree, whenSettled } from '../world/settled.js';
import type { Tape } from '../world/tape.js';
import { VERSION } from '../world/version.js';
import type { World } from '../world/world.js';
import { announceControl } from './control-address.js';
import { EXIT, exitCodeOf } from './exit.js';
import { type Configured, putFaults, tapeOf, type WorldFlags } from './options.js';
import { type Console, HELP, runLine } from './prompt.js';
import { savePictures } from './save.js';
import { readerHasLeft, Talk } from './talk.js';
import { errorText, foundText, paperText, verdictText } from './words.js';

export interface StartFlags extends WorldFlags {
  readonly firstSale: boolean;
  readonly once?: boolean;
}

/** The newcomer's first sale, in fen. */
const FIRST_SALE_FEN = 1_280;
const PATIENCE_MS = 300_000;

/** `paperjam start`: boots everything, makes a first sale, and stays up for commands until it is told to stop. */
export async function start(flags: StartFlags, configured: Configured): Promise<void> {
  const tape = tapeOf(flags.record, configured.config.device);
  try {
    await startTaped(flags, configured, tape);
  } finally {
    tape?.close();
  }
}

async function startTaped(flags: StartFlags, { config, configFile }: Configured, tape?: Tape): Promise<void> {
  const beganMs = performance.now();
  const stopped = untilStopped();
  const real = await createRealWorld({ data: flags.data, config, configFile, tape });
  const { world } = real;
  const talk = new Talk();
  real.onClose(() => talk.close());
  const console: Console = { world, data: flags.data, lang: config.lang, say: (text) => talk.say(text) };
  try {
    putFaults(world, flags.fault);
    const api = await serve(world, config.port);
    real.onClose(api.close);
    real.noticesAt(`${api.url}${ALIPAY_NOTICES}`);
    if (config.merchant.digitalTicketUrl === undefined) world.digital.servedAt(`${api.url}/t/{orderNo}`);
    real.onClose(announceControl(flags.data, api.url));
    console.say(`paperjam ${VERSION}\n${whereabouts(real, api.url)}`);
    sayWhatHappens(console);
    world.start();
    for (const line of foundText(world.terminal, console.lang)) console.say(`  found ${line}`);
    console.say(`ready in ${((performance.now() - beganMs) / 1_000).toFixed(2)} s`);
    process.exitCode = await Promise.race([session(console, talk, flags, real), stopped]);
  } finally {
    await real.close();
  }
}

/** Gives the exit code, when there is nothing more to do. */
async function session(console: Console, talk: Talk, flags: StartFlags, real: RealWorld): Promise<number> {
  if (flags.firstSale || flags.once === true) await whenFree(console.world);
  const exitCode = flags.firstSale ? await firstSale(console, real) : EXIT.ok;
  if (flags.once === true) return exitCode;
  if (talk.person) console.say(`\n${HELP}`);
  await talk.listen((line) => runLine(console, line));
  return EXIT.ok;
}

/** At the port that was asked for; else at the usual one, or at another if that is in use. */
async function serve(world: World, port: number | undefined): Promise<ServedApi> {
  if (port !== undefined) return serveApi(world, { port });
  return serveApi(world, { port: USUAL_PORT }).catch((error: unknown) => {
    if (error instanceof PaperjamError && error.code === 'PJ_PORT_IN_USE') return serveApi(world, { port: 0 });
    throw error;
  });
}

function whereabouts({ where, world }: RealWorld, api: string): string {
  return [
    `  data      ${where.data}`,
    `  printer   ${world.profile.id} at ${where.printer}`,
    ...(where.printerTcp === undefined ? [] : [`            also ${where.printerTcp}`]),
    ...(where.scanner === undefined ? [] : [`  scanner   ${where.scanner}`]),
    `  platform  ${where.gateway}${world.platform === undefined ? '' : ' (emulated)'}`,
    `  control   ${api}`,
  ].join('\n');
}

/** The display's words, each once until they change, and why the terminal is out of service. */
function sayWhatHappens({ world, lang, say }: Console): void {
  let last = '';
  world.watch({
    screen(screen) {
      const line = `[${screen.state}] ${screen[lang]}${screen.qr === undefined ? '' : `  QR ${screen.qr}`}`;
      if (line !== last) say(line);
      last = line;
    },
    failed: (error) => say(errorText(error)),
  });
}

/** Sells for ¥12.80 and shows what came of it. Gives the exit code. */
async function firstSale({ world, data, lang, say }: Console, real: RealWorld): Promise<number> {
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
  await new Promise((done) => real.onClose(whenSettled(world, saleId, PATIENCE_MS, done)));
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
