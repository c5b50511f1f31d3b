import { type Command, Option } from 'commander';
import { lang, oneAtLeast, oneOrMore, positive, printer, whole } from './shared.js';

/** Faults and fixtures. */
export function addFixtureCommands(program: Command): void {
  program
    .command('faults')
    .description('the faults there are, by place, or one with its attributes, its moment and an example')
    .argument('[name]', 'a fault, such as printer.paper-jam')
    .option('--json', 'as JSON')
    .option('--markdown', "the README's table of faults")
    .action(async (name, options) => (await import('../faults.js')).faults(name, options));

  program
    .command('run')
    .description('carry fixtures out, and tell what was not as they expect')
    .argument('<path...>', 'fixtures: YAML files, and folders with all below them')
    .option('--filter <text>', 'only runs whose name (the file and, in brackets, the row) holds this; /…/ is a pattern')
    .option('--seed <n>', 'each from this seed, once, whatever the fixture says', whole)
    .option('--device <profile>', 'on this printer, whatever the fixture says')
    .option('--bail', 'end after the first that does not pass')
    .option('--junit <file>', 'write JUnit XML')
    .option('--json <file>', 'write everything as JSON (src/fixture/report/run.schema.json)')
    .option(
      '--html <file>',
      'write a page: timelines as pictures, paper, filter and search; it opens without a network',
    )
    .option('--keep <dir>', 'keep the paper of what did not pass as pictures there')
    .option('--watch', 'run again what changes; q ends')
    .option('--real', 'on real wires instead of in virtual time, each in a fresh world')
    .addOption(printer().conflicts('watch'))
    .option('--platform <url>', 'with --config: the gateway of a platform elsewhere')
    .option('--config <file>', 'YAML configuration: where printer and platform are, and their keys')
    .option('--jobs <n>', 'on real wires: so many at a time (default: 2; 1 at a real printer)', oneOrMore)
    .option('--limit <s>', 'on real wires: the longest that a run may take', positive, 300)
    .addOption(lang().default('en'))
    .addHelpText(
      'after',
      '\n--printer, --platform and --config mean --real. At a real printer, what needs hands is asked for; without anybody at the' +
        '\nterminal it is skipped.' +
        '\nExit codes: 0 all passed (or skipped), 1 failed, 3 broken, 2 not begun (command line, fixture), 130 stopped by Ctrl-C.',
    )
    .action(async (paths, options) => (await import('../run.js')).run(paths, options));

  program
    .command('shrink')
    .description('make the smallest fixture that fails as one does, in a file of its own')
    .argument('<path>', 'a fixture that fails, or a folder: the first run that fails is taken')
    .option('--filter <text>', 'only runs whose name (the file and, in brackets, the row) holds this')
    .option('--seed <n>', 'from this seed, whatever the fixture says', whole)
    .option('--device <profile>', 'on this printer, whatever the fixture says')
    .option('--runs <n>', 'so many runs at most', oneAtLeast, 2_000)
    .option('--out <file>', 'where it is written (default: beside the fixture, as NAME.shrunk.yaml)')
    .addHelpText(
      'after',
      '\nWhat breaks stays the same: what must always hold and did not, what was thrown, or the expectation that was not met.' +
        '\nExit codes: 0 shrunk and written, 2 not begun (command line, fixture, nothing fails).',
    )
    .action(async (path, options) => (await import('../shrink.js')).shrinkFixture(path, options));

  program
    .command('diagnosis')
    .description('how often the verdict is right, over generated runs with one to three faults each')
    .option('--runs <n>', 'so many runs', oneAtLeast, 2_000)
    .option('--seed <n>', 'of this seed and those that follow it', whole, 1)
    .option('--only <seed>', 'all about the run of one seed: faults, journal, verdicts', whole)
    .option('--fixtures <path...>', 'over fixtures instead, which say themselves what their cause is')
    .option('--json <file>', 'write the figures as JSON')
    .addOption(lang().default('en'))
    .addHelpText(
      'after',
      '\nExit codes: 0 no payment wrong and 95 % of the causes right, 1 not so, 2 not begun (command line, fixture).',
    )
    .action(async (options) => (await import('../diagnosis.js')).diagnosis(options));

  program
    .command('planted')
    .description('for developers: plant bugs in copies of the built program, and see whether a sweep finds each')
    .argument('[name...]', 'only these bugs')
    .option('--seeds <n>', 'seeds from 1 on for each (default: as many as the bug may take)', oneAtLeast)
    .addOption(
      new Option('--profile <name>', 'what the sweep draws').choices(['swarm', 'calm', 'storm']).default('storm'),
    )
    .option('--jobs <n>', 'so many at a time', oneOrMore, 2)
    .option('--json <file>', 'write all about it as JSON, the shrunk fixtures among it')
    .addHelpText(
      'after',
      '\nThe copies stand under node_modules/.cache of a clone, and are removed at the end.' +
        '\nExit codes: 0 each was found within its number of seeds, 1 not so, 2 not begun (command line), 130 stopped by Ctrl-C.',
    )
    .action(async (names, options) => (await import('../planted.js')).planted(names, options));
}
