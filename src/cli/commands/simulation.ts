import { type Command, Option } from 'commander';
import { PaperjamError } from '../../base/errors.js';
import { oneAtLeast, oneOrMore, positive, whole, workers } from './shared.js';

/** What plays whole worlds by the thousand. */
export function addSimulationCommands(program: Command): void {
  program
    .command('sweep')
    .description('thousands of runs drawn from seeds: shops, people and faults, judged by what must always hold')
    .option('--seeds <n>', 'so many runs, of one seed each (default: 1000)', oneAtLeast)
    .option('--seed <s>', 'the first seed: a number, or any text such as a commit (default: from the clock)')
    .addOption(new Option('--hours <h>', 'go on for so long instead').argParser(positive).conflicts('seeds'))
    .option('--workers <n>', 'worker threads (default: one for each core); 0: in this thread', workers)
    .addOption(
      new Option('--profile <profile>', 'a few faults each, hardly any, many at once, or with a till')
        .choices(['swarm', 'calm', 'storm', 'tills'])
        .default('swarm'),
    )
    .addOption(
      new Option(
        '--exhaustive <fixture...>',
        'instead: in these fixtures or folders of them, cut the power at each operation and strike each request',
      ).conflicts(['seeds', 'seed', 'hours', 'profile']),
    )
    .addOption(
      new Option('--pairs <n>', 'with --exhaustive: so many pairs of faults for each run').argParser(whole).default(20),
    )
    .addOption(
      new Option(
        '--rows <which>',
        "with --exhaustive: of a fixture's rows the first, those that differ in more than the printer, or each",
      )
        .choices(['first', 'differing', 'each'])
        .default('differing'),
    )
    .option('--case <id>', 'with --exhaustive: nothing but this case, as a failure is told')
    .option('--shrink <folder>', 'where the first failure of each kind is kept, shrunk (default: .paperjam/found)')
    .option('--no-shrink', 'leave failures as they are')
    .addOption(
      new Option(
        '--svg <file>',
        "draw the terminal's machine with how often each state and transition was taken",
      ).conflicts('exhaustive'),
    )
    .option('--json <file>', 'write everything as JSON')
    .addHelpText(
      'after',
      '\nThe same seed, profile and number of runs give the same hash, on any machine and with any number of workers.' +
        '\nExit codes: 0 all held, 1 something that has to be seen sometimes was not, 3 a crash, 4 something that must always' +
        '\nhold did not, 5 a sale that never settled, 6 the same run was not the same twice, 2 not begun, 130 stopped by Ctrl-C.',
    )
    .action(async ({ exhaustive, ...options }, command: Command) => {
      if (exhaustive === undefined) {
        for (const name of ['pairs', 'rows', 'case']) refuseGiven(command, name);
        await putUpGates();
        return (await import('../sweep.js')).sweep(options);
      }
      await putUpGates();
      return (await import('../exhaustive.js')).exhaustive(exhaustive, options);
    });

  program
    .command('graph')
    .description("walk a shortest path to every transition of the terminal's state machine, and show which were taken")
    .option('--svg <file>', 'draw the machine with how often each state and transition was taken')
    .option('--json <file>', 'write paths and counts as JSON')
    .addHelpText('after', '\nExit codes: 0 all as the model says, 1 not so, 2 a file cannot be written.')
    .action(async (options) => (await import('../graph.js')).graph(options));

  program
    .command('planted')
    .description('for developers: plant bugs in copies of the built program, and see whether a sweep finds each')
    .argument('[name...]', 'only these bugs')
    .option('--seeds <n>', 'seeds from 1 on for each (default: as many as the bug may take)', oneAtLeast)
    .addOption(
      new Option(
        '--profile <name>',
        "what the sweep draws (default: tills for bugs of tills' protocols, else storm)",
      ).choices(['swarm', 'calm', 'storm', 'tills']),
    )
    .option('--jobs <n>', 'so many at a time', oneOrMore, 2)
    .option('--json <file>', 'write all about it as JSON, the shrunk fixtures among it')
    .addHelpText(
      'after',
      '\nThe copies stand under node_modules/.cache of a clone, and are removed at the end.' +
        '\nExit codes: 0 each was found within its number of seeds, 1 not so, 2 not begun (command line), 130 stopped by Ctrl-C.',
    )
    .action(async (names, options) => {
      await putUpGates();
      return (await import('../planted.js')).planted(names, options);
    });
}

/** Before anything is loaded that plays runs: what a package takes aside while it loads has them, too. */
async function putUpGates(): Promise<void> {
  await import('../../sim/sweep/gates.js');
}

/** What a sweep of seeds would pass over in silence. */
function refuseGiven(command: Command, name: string): void {
  if (command.getOptionValueSource(name) !== 'cli') return;
  const problem = `--${name} is for --exhaustive`;
  throw new PaperjamError('PJ_USAGE', { problem, advice: 'Add --exhaustive FIXTURE, or leave it away.' });
}
