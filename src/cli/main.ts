#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { PaperjamError } from '../base/errors.js';
import { parseYuan } from '../base/money.js';
import { BEHAVIOURS } from '../emulator/platform/wallet.js';
import { VERSION } from '../world/version.js';
import { EXIT, exitCodeOfError } from './exit.js';
import { readerHasLeft } from './talk.js';
import { errorText } from './words.js';

/** Each command's code is loaded only when it is called, and its options make sense: `--help` and `verdict` start fast. */
const program = new Command('paperjam')
  .description(
    'A payment terminal with a thermal printer that fails on purpose, and can always say whether the customer paid.',
  )
  .version(VERSION)
  .exitOverride()
  .configureOutput({ outputError: () => {} }) // It is said below, in one form with all other errors.
  .configureHelp({ sortSubcommands: false });

const data = () => new Option('--data <dir>', 'where everything is kept').default('.paperjam');
const config = () =>
  new Option('--config <file>', 'YAML configuration (default: config.yaml in the data folder, if there is one)');
const device = () =>
  new Option('--device <profile>', 'printer profile of devices/printers, or a YAML file of your own');
const printer = () =>
  new Option('--printer <where>', 'emulated, a serial path such as /dev/ttyUSB0, or tcp://host:port');
const record = () =>
  new Option('--record <file>', "record every byte of the printer's line, for `paperjam replay`; the file must be new");
const lang = () => new Option('--lang <lang>', 'language of the display').choices(['zh', 'en']);

program
  .command('start', { isDefault: true })
  .description('boot a terminal with all that is around it, make a first sale, and take commands')
  .addOption(data())
  .addOption(config())
  .addOption(printer())
  .addOption(device())
  .addOption(record())
  .addOption(lang())
  .option('--port <n>', 'port of the control API on loopback; 0 takes a free one', whole)
  .option('--fault <name...>', 'put faults in before the first sale')
  .option('--no-first-sale', 'boot only')
  .option('--once', 'end after the first sale')
  .action(async (options) => {
    const configured = (await import('./options.js')).configOf(options);
    await (await import('./start.js')).start(options, configured);
  });

program
  .command('sale')
  .description('make one sale, and print its verdict and its files')
  .requiredOption('--amount <yuan>', 'such as 12.80', parseYuan)
  .option('--code <code>', "the customer's payment code; without it an emulated customer shows one")
  .addOption(new Option('--wallet <behaviour>', 'what the emulated customer does').choices(BEHAVIOURS))
  .option('--fault <name...>', 'put faults in first')
  .option('--virtual', 'in virtual time, from a seed: the same parts, no wires')
  .option('--seed <n>', 'with --virtual: decides everything that is left to chance (default: 1)', whole)
  .option('--json', 'the verdict as JSON')
  .addOption(data())
  .addOption(config())
  .addOption(printer())
  .addOption(device())
  .addOption(record())
  .addOption(lang())
  .addHelpText(
    'after',
    '\nExit codes: 0 paid and printed, 10 paid and not (certainly) printed, 20 not paid, 30 unknown, 2 not begun.',
  )
  .action(async (options) => {
    const configured = (await import('./options.js')).configOf(options);
    await (await import('./sale.js')).sale(options, configured);
  });

program
  .command('verdict')
  .description('has the customer paid, why is there no ticket, and what now? From the journal alone')
  .argument('<id>', "the sale's order number, its last digits, or last")
  .option('--ask', 'ask the platform now, and show its word beside the journal’s; it changes nothing')
  .addOption(config())
  .option('--json', 'as JSON')
  .addOption(data())
  .addOption(lang())
  .action(async (id, options) => (await import('./verdict.js')).verdict(id, options));

program
  .command('journal')
  .description('print the journal')
  .option('--verify', 'check the chain, and print only what came of it')
  .addOption(data())
  .action(async (options) => (await import('./journal.js')).journal(options));

program
  .command('printer')
  .description('an ESC/POS printer for your own software: pseudo-terminal, TCP, HTTP')
  .option('--device <profile>', 'printer profile of devices/printers, or a YAML file of your own', 'epson-tm-m30')
  .option('--pty <path>', 'the stable name of its pseudo-terminal (default: tty in the data folder)')
  .option('--tcp <port>', 'raw TCP printing on loopback (default: 9100, or a free one)', port)
  .option('--http <port>', 'pictures, events and faults on loopback (default: 9180, or a free one)', port)
  .option('--data <dir>', 'where its paper is kept', '.paperjam/printer')
  .option('--no-pacing', 'line and mechanism take no time')
  .action(async (options) => (await import('./printer.js')).printer(options));

program
  .command('render')
  .description('what a printer makes of the bytes in files, as pictures and text')
  .argument('<file...>', 'raw ESC/POS; - reads standard input')
  .option('--device <profile>', 'printer profile of devices/printers, or a YAML file of your own', 'epson-tm-m30')
  .option('--out <dir>', 'write the pictures there')
  .option('--svg', 'as SVG too')
  .option('--json', 'one line of JSON for each file; without --out it holds the pictures')
  .action(async (files, options) => (await import('./render.js')).render(files, options));

program
  .command('replay')
  .description('play a recording of --record again, and compare what the printer answers with what it answered then')
  .argument('<file>', 'the recording')
  .option('--device <profile>', 'another printer profile than that of the recording')
  .option('--out <dir>', 'write the pictures there')
  .option('--svg', 'as SVG too')
  .option('--json', 'one line of JSON; without --out it holds the pictures')
  .option('--fault <name...>', 'put faults into the emulated printer first')
  .option('--list', 'do not play it: print what is in it, a record a line')
  .option('--printer <where>', 'play it to a real printer: a serial path or tcp://host:port')
  .option('--baud <n>', 'with --printer: the rate of the serial line (default: that of the recording)', whole)
  .option('--speed <n>', 'with --printer: so many times faster', positive)
  .option('--no-pacing', 'with --printer: as fast as flow control lets it')
  .addOption(
    new Option(
      '--flow <kind>',
      'with --printer: flow control of a serial port (default: what the profile says)',
    ).choices(['none', 'xon/xoff', 'rts/cts']),
  )
  .option('--patience <s>', 'with --printer: give up when it takes nothing for so many seconds', positive, 30)
  .addHelpText(
    'after',
    '\nExit codes: 0 the same replies, 1 other replies, 2 it could not be played (to its end), 130 stopped by Ctrl-C.',
  )
  .action(async (file, options) => (await import('./replay.js')).replay(file, options));

program
  .command('devices')
  .description('the printer profiles there are, or one with where its facts come from')
  .argument('[name]', 'a profile, or a YAML file of your own')
  .option('--json', 'as JSON')
  .action(async (name, options) => (await import('./devices.js')).devices(name, options));

program
  .command('station')
  .description('flash-test a printer: measure it phase by phase against its profile, and keep the record')
  .addOption(printer().default('emulated'))
  .option(
    '--device <profile>',
    'what it is held against: a profile of devices/printers, or a YAML file',
    'epson-tm-m30',
  )
  .option('--plan <file>', 'YAML: phases, parameters, limits (default: everything; see fixtures/station)')
  .option('--yes', 'nobody is there to be asked: what needs hands is skipped on a real printer')
  .option('--out <dir>', 'where record and pictures are written (default: .paperjam/station/<run>)')
  .option('--virtual', 'the emulated printer in virtual time: no wires, done in moments')
  .option('--emulate <profile>', 'what the emulated printer really is, if not what it is held against')
  .option('--fault <name...>', 'put faults into the emulated printer first')
  .option('--baud <n>', "the rate of a serial line (default: the profile's)", whole)
  .addOption(record())
  .option('--learn <file>', 'YAML: write what was measured as a new profile, the twin of this printer')
  .addHelpText('after', '\nExit code: 0 PASS, 1 FAIL, 2 not begun (command line, plan), 3 ERROR, 4 ABORTED (Ctrl-C).')
  .action(async (options) => (await import('./station.js')).station(options));

// Whoever reads may stop reading, as `head` does, and a log may be full: what is left to do is done all the same.
let outputFailed = false;
process.stdout.on('error', (error) => {
  if (!readerHasLeft(error) && !outputFailed)
    process.stderr.write(`paperjam: standard output cannot be written: ${error.message}\n`);
  outputFailed = true; // Said once, and not for every line.
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
// All that was opened has been closed. A request to a platform elsewhere that does not answer holds nobody up.
process.stdout.write('', () => setImmediate(() => process.exit()));

/** Says what went wrong, and which exit code that is. */
function report(error: unknown): number {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok; // Help and version.
  const known = error instanceof CommanderError ? usageError(error) : error;
  if (!(known instanceof PaperjamError)) throw error;
  process.stderr.write(`paperjam: ${errorText(known)}\n`);
  return exitCodeOfError(known.code);
}

function usageError(cause: CommanderError): PaperjamError {
  const advice = 'See paperjam --help.';
  return new PaperjamError('PJ_USAGE', { problem: unknownCommand() ?? inOneLine(cause.message), advice }, { cause });
}

/** Commander takes a word that is no command for an argument of `start`, the default. */
function unknownCommand(): string | undefined {
  const [word = ''] = process.argv.slice(2);
  const known = program.commands.map((command) => command.name());
  if (word.startsWith('-') || word === '' || known.includes(word)) return undefined;
  return `there is no command ${word} (allowed: ${known.join(', ')})`;
}

function inOneLine(message: string): string {
  const text = message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
  return text.replace(/\.$/, '');
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It has to be a whole number');
  return Number(text);
}

function port(text: string): number {
  const value = whole(text);
  if (value > 65_535) throw new InvalidArgumentError('It has to be a port, 0 to 65535');
  return value;
}

function positive(text: string): number {
  const value = Number(text);
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text) || value <= 0)
    throw new InvalidArgumentError('It has to be a number above 0');
  return value;
}
