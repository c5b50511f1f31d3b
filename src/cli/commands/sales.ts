import { type Command, Option } from 'commander';
import { parseYuan } from '../../base/money.js';
import { BEHAVIOURS } from '../../emulator/platform/wallet.js';
import { config, data, device, lang, printer, record, terminals, tills, whole } from './shared.js';

/** A terminal and its sales. */
export function addSaleCommands(program: Command): void {
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
    .addOption(terminals())
    .addOption(tills())
    .option('--host <address>', 'where the protocols listen (default: 127.0.0.1); beyond loopback only with a token')
    .option('--ready-file <file>', 'written when every terminal can sell, with all addresses; gone at the end')
    .option('--fault <name...>', 'put faults in at every terminal before the first sale')
    .option('--no-first-sale', 'boot only')
    .option('--once', 'end after the first sale')
    .action(async (options) => {
      const configured = (await import('../options.js')).configOf(options);
      await (await import('../start.js')).start(options, configured);
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
      const configured = (await import('../options.js')).configOf(options);
      await (await import('../sale.js')).sale(options, configured);
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
    .action(async (id, options) => (await import('../verdict.js')).verdict(id, options));

  program
    .command('journal')
    .description('print the journal')
    .option('--verify', 'check the chain, and print only what came of it')
    .addOption(data())
    .action(async (options) => (await import('../journal.js')).journal(options));
}
