import { Command, CommanderError } from 'commander';
import { PaperjamError } from '../base/errors.js';
import { VERSION } from '../world/version.js';
import { addEvidenceCommands } from './commands/evidence.js';
import { addFixtureCommands } from './commands/fixtures.js';
import { addPrinterCommands } from './commands/printers.js';
import { addSaleCommands } from './commands/sales.js';
import { addSimulationCommands } from './commands/simulation.js';
import { EXIT, exitCodeOfError } from './exit.js';
import { errorText } from './words.js';

/**
 * Carries a command line out. What went wrong is said on standard error, and stands in the exit code.
 * Each command's code is loaded only when it is called, and its options make sense: `--help` and `verdict` start fast.
 */
export async function runProgram(words: readonly string[]): Promise<void> {
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
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0)
      process.exitCode = EXIT.ok; // Help and version.
    else process.exitCode = report(error instanceof CommanderError ? usageError(error, program, words) : error);
  }
}

/** Says what went wrong, and which exit code that is. */
function report(error: unknown): number {
  if (!(error instanceof PaperjamError)) throw error;
  process.stderr.write(`paperjam: ${errorText(error)}\n`);
  return exitCodeOfError(error.code);
}

function usageError(cause: CommanderError, program: Command, words: readonly string[]): PaperjamError {
  const problem = unknownCommand(program, words) ?? inOneLine(cause.message);
  return new PaperjamError('PJ_USAGE', { problem, advice: 'See paperjam --help.' }, { cause });
}

/** Commander takes a word that is no command for an argument of `start`, the default. */
function unknownCommand(program: Command, [word = '']: readonly string[]): string | undefined {
  const known = program.commands.map((command) => command.name());
  if (word.startsWith('-') || word === '' || known.includes(word)) return undefined;
  return `there is no command ${word} (allowed: ${known.join(', ')})`;
}

function inOneLine(message: string): string {
  const text = message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
  return text.replace(/\.$/, '');
}
