#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { PaperjamError } from '../base/errors.js';
import { VERSION } from '../world/version.js';
import { addEvidenceCommands } from './commands/evidence.js';
import { addFixtureCommands } from './commands/fixtures.js';
import { addPrinterCommands } from './commands/printers.js';
import { addSaleCommands } from './commands/sales.js';
import { addSimulationCommands } from './commands/simulation.js';
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

addSaleCommands(program);
addEvidenceCommands(program);
addPrinterCommands(program);
addFixtureCommands(program);
addSimulationCommands(program);

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
