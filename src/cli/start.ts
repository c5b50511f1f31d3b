import { createInterface } from 'node:readline';
import { PaperjamError } from '../base/errors.js';
import { type ServedApi, serveApi } from '../ecr/api/server.js';
import { verdictOf } from '../terminal/verdict/verdict.js';
import { ticketPieces } from '../world/pictures.js';
import { createRealWorld, type RealWorld } from '../world/real.js';
import { whenFree, whenSettled } from '../world/settled.js';
import { VERSION } from '../world/version.js';
import type { World } from '../world/world.js';
import { EXIT, exitCodeOf } from './exit.js';
import { configOf, putFaults, type WorldFlags } from './options.js';
import { type Console, HELP, runLine } from './prompt.js';
import { savePictures } from './sale.js';
import { foundText, paperText, verdictText } from './words.js';

export interface StartFlags extends WorldFlags {
  readonly firstSale: boolean;
  readonly once?: boolean;
}

/** The newcomer's first sale, in fen. */
const FIRST_SALE_FEN = 1_280;
/** Where the control API is looked for; another port is taken if it is in use and none was asked for. */
const USUAL_PORT = 7_717;
const PATIENCE_MS = 300_000;

/** `paperjam start`: boots everything, makes a first sale, and stays up for commands until it is told to stop. */
export async function start(flags: StartFlags): Promise<void> {
  const beganMs = performance.now();
  const { config, configFile } = configOf(flags);
  const real = await createRealWorld({ data: flags.data, config, configFile });
  const { world } = real;
  const console: Console = {
    world,
    data: flags.data,
    lang: config.lang,
    say: (text) => process.stdout.write(`${text}\n`),
  };
  try {
    const api = await serve(world, config.port);
    real.onClose(api.close);
    console.say(`paperjam ${VERSION}\n${whereabouts(real, api.url)}`);
    world.watch({ screen: (screen) => console.say(`[${screen.state}] ${screen[console.lang]}`) });
    world.start();
    for (const line of foundText(world.terminal.found, console.lang)) console.say(`  found ${line}`);
    putFaults(world, flags.fault);
    console.say(`ready in ${((performance.now() - beganMs) / 1_000).toFixed(2)} s`);
    const stop = untilStopped();
    if (flags.firstSale) process.exitCode = await Promise.race([firstSale(console), stop]);
    if (flags.once !== true) {
      await Promise.race([takeCommands(console), stop]);
      process.exitCode = EXIT.ok;
    }
  } finally {
    await real.close();
  }
}

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
    `  platform  ${where.gateway}${world.platform === undefined ? '' : ' (emulated)'}`,
    `  control   ${api}`,
  ].join('\n');
}

/** Settles what boot found, sells for ¥12.80, and shows what came of it. Gives the exit code. */
async function firstSale({ world, data, lang, say }: Console): Promise<number> {
  await whenFree(world);
  if (world.platform === undefined) {
    say('no first sale: the platform is a real one, and there is no emulated customer');
    return EXIT.ok;
  }
  const saleId = world.terminal.sell(FIRST_SALE_FEN, { code: world.customerCode('pays') });
  await new Promise((done) => whenSettled(world, saleId, PATIENCE_MS, done));
  const verdict = verdictOf(world.terminal.page(saleId));
  for (const piece of ticketPieces(world, saleId)) say(`\n${paperText(piece)}\n`);
  say(verdictText(verdict, lang));
  for (const picture of savePictures(world, saleId, data)) say(`  picture ${picture}`);
  return exitCodeOf(verdict);
}

/** Lines from standard input: commands, or payment codes as a keyboard scanner types them. Ends with `quit`. */
function takeCommands(console: Console): Promise<void> {
  const { stdin, stdout } = process;
  const person = stdin.isTTY === true;
  const lines = createInterface({ input: stdin, output: stdout, terminal: person, prompt: 'paperjam> ' });
  if (person) console.say(`\n${HELP}`);
  return new Promise((quit) => {
    lines.on('line', (line) => {
      if (runLine(console, line) === 'quit') quit();
      else if (person) lines.prompt();
    });
    lines.on('SIGINT', () => lines.close());
    // Without a person the end of the input is not the end of the shift.
    lines.on('close', () => {
      if (person) quit();
    });
    if (person) lines.prompt();
  });
}

function untilStopped(): Promise<number> {
  return new Promise((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(EXIT.ok));
  });
}
