import { PaperjamError } from '../base/errors.js';
import { formatYuan, parseYuan } from '../base/money.js';
import { BEHAVIOURS } from '../emulator/platform/wallet.js';
import { FAULTS } from '../faults/catalogue.js';
import { SEEN } from '../terminal/journal/record.js';
import { compareWithPlatform } from '../terminal/verdict/ask.js';
import { verdictOf } from '../terminal/verdict/verdict.js';
import { ticketPieces } from '../world/pictures.js';
import type { World } from '../world/world.js';
import { parseFault } from './options.js';
import { savePictures } from './save.js';
import { findSale } from './verdict.js';
import {
  countersText,
  errorText,
  faultText,
  foundText,
  type Lang,
  paperText,
  platformText,
  printerText,
  verdictText,
} from './words.js';

/** A person at the prompt. */
export interface Console {
  readonly world: World;
  readonly data: string;
  readonly lang: Lang;
  say(text: string): void;
  /** The terminals between which the person can choose, if there are several. */
  readonly terminals?: { readonly ids: readonly string[]; use(id: string): void } | undefined;
}

interface CommandLine {
  readonly usage: string;
  readonly about: string;
  /** `quit` ends the session; anything else it gives is ignored. */
  run(console: Console, words: readonly string[]): unknown;
}

/** What a person can see of a ticket. */

const COMMANDS: Record<string, CommandLine> = {
  sale: {
    usage: 'sale 12.80 [customer]',
    about: `sell; the emulated customer ${BEHAVIOURS.join(', ')}; - waits for a scan`,
    run({ world, say }, [amount = '', customer = 'pays']) {
      const amountFen = parseYuan(amount);
      const behaviour = customer === '-' ? undefined : oneOf(customer, BEHAVIOURS, 'customer');
      say(`  sale ${world.people.sell(amountFen, behaviour === undefined ? {} : { customer: { behaviour } })}`);
    },
  },
  scan: {
    usage: 'scan CODE',
    about: 'a payment code; digits alone do as well',
    run: (console, [code = '']) => scan(console, code),
  },
  cancel: { usage: 'cancel', about: 'the cashier gives the sale up', run: ({ world }) => world.people.cancel() },
  jam: {
    usage: 'jam',
    about: 'the next ticket jams in its sixth line',
    run: (console) => put(console, 'printer.paper-jam'),
  },
  unplug: {
    usage: 'unplug',
    about: 'pull the printer cable now',
    run: (console) => put(console, `${UNPLUGGED}:when=now`),
  },
  plug: { usage: 'plug', about: 'put it back', run: (console) => clear(console, UNPLUGGED) },
  fault: {
    usage: 'fault NAME[:field=value,…]',
    about: 'put a fault in; without a name: which there are',
    run: (console, [name]) => (name === undefined ? catalogue(console) : put(console, name)),
  },
  faults: {
    usage: 'faults',
    about: 'what is put in now',
    run: ({ world, say }) =>
      say(
        world.faults
          .active()
          .map((fault) => `  ${faultText(fault)}`)
          .join('\n') || '  none',
      ),
  },
  clear: { usage: 'clear [NAME]', about: 'take faults out again', run: (console, [name]) => clear(console, name) },
  verdict: {
    usage: 'verdict [ID] [--ask]',
    about: 'paid? why no ticket? what now? --ask: ask the platform too',
    run: verdict,
  },
  reprint: {
    usage: 'reprint [ID]',
    about: 'print the ticket again, as a marked copy',
    run: ({ world }, [id]) => world.people.reprint(saleId(world, id)),
  },
  reverse: {
    usage: 'reverse [ID]',
    about: 'give the money of a paid sale back',
    run: ({ world }, [id]) => world.people.reverse(saleId(world, id)),
  },
  seen: {
    usage: `seen ${SEEN.join('|')} [ID]`,
    about: 'what you see of the ticket',
    run: ({ world }, [what = '', id]) => world.terminal.ticketSeen(saleId(world, id), oneOf(what, SEEN, 'seen')),
  },
  print: { usage: 'print', about: 'yes, the ticket is wanted', run: ({ world }) => world.terminal.printNow() },
  decline: {
    usage: 'decline [ID]',
    about: 'the customer wants no ticket',
    run: ({ world }, [id]) => world.terminal.declineTicket(namedSale(world, id)),
  },
  left: {
    usage: 'left [ID]',
    about: 'the customer has gone before the ticket',
    run: ({ world }, [id]) => world.terminal.customerLeft(namedSale(world, id)),
  },
  leave: {
    usage: 'leave REASON…',
    about: 'go on without the ticket of the sale in hand, and say why',
    run: ({ world }, words) => world.terminal.leaveTicket(world.terminal.foreground ?? saleId(world), reasonOf(words)),
  },
  digital: {
    usage: 'digital [ID]',
    about: 'show the code of the digital ticket',
    run: ({ world }, [id]) => world.terminal.offerDigital(namedSale(world, id)),
  },
  'self-test': {
    usage: `self-test [${SEEN.join('|')}]`,
    about: 'print a test page; then say what you see of it',
    run: selfTest,
  },
  sales: {
    usage: 'sales',
    about: 'the newest sales',
    run: ({ world, say }) =>
      say(
        world.terminal
          .sales()
          .slice(-10)
          .map((sale) => `  ${sale.saleId} ¥${formatYuan(sale.amountFen)} ${sale.payment}, ticket ${sale.ticket}`)
          .join('\n') || '  none',
      ),
  },
  paper: { usage: 'paper [ID]', about: "the last pieces of paper, or a sale's, with pictures", run: paper },
  'power-cut': {
    usage: 'power-cut',
    about: 'the terminal loses its power and boots again',
    run({ world, say, lang }) {
      world.powerCut();
      for (const line of foundText(world.terminal, lang)) say(`  found ${line}`);
    },
  },
  status: {
    usage: 'status',
    about: 'terminal and printer',
    run: ({ world, say, lang }) =>
      say(
        [
          `  terminal  ${world.terminal.screen[lang]} [${world.terminal.state}]`,
          `  printer   ${printerText(world.printer.status(), lang)}`,
          `            ${countersText(world.printer.counters(), lang)}`,
        ].join('\n'),
      ),
  },
  use: {
    usage: 'use T02',
    about: 'the terminal that the commands are for from now on, when there are several',
    run: ({ world, terminals, say }, [id]) => {
      const ids = terminals?.ids ?? [world.merchant.terminalId];
      if (id === undefined) say(`  ${ids.join(' ')}`);
      else terminals?.use(oneOf(id, ids, 'use'));
    },
  },
  help: { usage: 'help', about: 'this', run: ({ say }) => say(HELP) },
  quit: { usage: 'quit', about: 'end', run: () => 'quit' },
};

export const HELP = Object.values(COMMANDS)
  .map(({ usage, about }) => `  ${usage.padEnd(28)} ${about}`)
  .join('\n');

const UNPLUGGED = 'link.printer-lost';

/** Carries out one line of the prompt; what is wrong with it is said, and changes nothing. */
export function runLine(console: Console, line: string): 'quit' | undefined {
  const [word = '', ...words] = line.trim().split(/\s+/);
  if (word === '') return undefined;
  try {
    const command = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
    if (/^\d+$/.test(word)) scan(console, word);
    else if (command === undefined) console.say(`there is no command ${word}; help lists them`);
    else if (command.run(console, words) === 'quit') return 'quit';
  } catch (error) {
    if (!(error instanceof PaperjamError)) throw error;
    console.say(errorText(error));
  }
  return undefined;
}

function scan({ world, say }: Console, code: string): void {
  world.terminal.checkCode(code);
  if (world.terminal.state !== 'scanning')
    say('no code is asked for now; `sale 12.80 -` opens a sale that waits for one');
  world.people.show(code);
}

function catalogue({ say }: Console): void {
  for (const { name, about } of FAULTS) say(`  ${name.padEnd(24)} ${about}`);
}

function put({ world, say }: Console, text: string): void {
  say(`  ${faultText(world.faults.put(parseFault(text)))}`);
}

function clear({ world, say }: Console, name: string | undefined): void {
  const faults = world.faults.active().filter(({ fault, id }) => name === undefined || fault === name || id === name);
  for (const { id } of faults) world.faults.clear(id);
  say(faults.length === 0 ? '  there is nothing to clear' : `  cleared ${faults.map(({ fault }) => fault).join(', ')}`);
}

function paper({ world, data, say }: Console, [id]: readonly string[]): void {
  const printer = world.emulatedPrinter;
  if (printer === undefined) {
    say('  the printer is a real one, look at its paper');
    return;
  }
  const named = id === undefined ? undefined : saleId(world, id);
  const pieces = named === undefined ? printer.paper.pieces : ticketPieces(world, named);
  for (const piece of pieces.filter(({ empty }) => !empty).slice(-3)) say(`${paperText(piece)}\n`);
  const sale = named ?? world.terminal.sales().at(-1)?.saleId;
  if (sale === undefined) return;
  const complain = (error: PaperjamError) => say(errorText(error));
  for (const path of savePictures(world, sale, data, complain)) say(`  picture ${path}`);
}

function verdict({ world, say, lang }: Console, words: readonly string[]): void {
  const id = saleId(
    world,
    words.find((word) => word !== '--ask'),
  );
  const { terminal } = world;
  say(verdictText(verdictOf(terminal.page(id)), lang));
  if (!words.includes('--ask')) return;
  terminal.ask(id, (reply) => {
    say(platformText(compareWithPlatform(terminal.page(id).facts.payment, reply), lang));
  });
}

function reasonOf(words: readonly string[]): string {
  if (words.length > 0) return words.join(' ').slice(0, 128);
  throw new PaperjamError('PJ_REQUEST', { what: 'leave', problem: 'it needs a reason, such as: leave printer broken' });
}

function selfTest({ world, say }: Console, [seen]: readonly string[]): void {
  if (seen === undefined) say(`  test page ${world.terminal.selfTest()}`);
  else world.terminal.selfTestSeen(oneOf(seen, SEEN, 'seen'));
}

/** Without a name the terminal takes the sale in hand. */
function namedSale(world: World, id: string | undefined): string | undefined {
  return id === undefined ? undefined : saleId(world, id);
}

function saleId(world: World, id = 'last'): string {
  return findSale(
    world.terminal.sales().map((sale) => sale.saleId),
    id,
  );
}

function oneOf<T extends string>(value: string, allowed: readonly T[], what: string): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new PaperjamError('PJ_REQUEST', { what, problem: `"${value}" is not one of ${allowed.join(', ')}` });
}
