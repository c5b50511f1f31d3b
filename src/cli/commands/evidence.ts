import { type Command, Option } from 'commander';
import { data, lang } from './shared.js';

/** What proves, and what explains. */
export function addEvidenceCommands(program: Command): void {
  program
    .command('evidence')
    .description('all that is known of a sale in one signed file; or prove such a file unchanged')
    .argument('[id]', "the sale's order number, its last digits, or last")
    .option('--out <file>', 'the zip that is written')
    .option('--with-codes', 'payment codes in the journal are not masked, so that all its records prove themselves')
    .option('--verify <file>', 'check a zip: every byte of it, its signature, and the chain of the journal in it')
    .option('--key <file>', 'with --verify: the public key of the terminal, in PEM; nobody else may have signed')
    .option('--journal <file>', 'with --verify: the journal that it has to be taken from')
    .option('--json', 'as JSON')
    .addOption(data())
    .addHelpText('after', '\nExit codes: 0 written, or unchanged; 1 changed, or signed by another key; 2 not begun.')
    .action(async (id, options) => (await import('../evidence.js')).evidence(id, options));

  program
    .command('platform-log')
    .description('what the payment platform was asked about a sale, what it answered, and what is in its books')
    .argument('<id>', "the sale's order number, its last digits, or last")
    .option('--json', 'as JSON')
    .addOption(data())
    .addOption(lang())
    .action(async (id, options) => (await import('../platform-log.js')).platformLog(id, options));

  program
    .command('ticket')
    .description('the digital ticket of a paid sale, as a signed URL; or check one without asking anybody')
    .argument('[id]', "the sale's order number, its last digits, or last")
    .option('--verify <url>', 'the URL behind its QR code')
    .option('--key <file>', "with --verify: the terminal's public key, in PEM (default: that of the data folder)")
    .option('--json', 'as JSON')
    .addOption(data())
    .addHelpText('after', '\nExit codes: 0 genuine, 1 not genuine, 2 not begun.')
    .action(async (id, options) => (await import('../ticket.js')).ticket(id, options));

  program
    .command('guide')
    .description("the operator's guide and flow chart, from the terminal's own state machine")
    .addOption(
      new Option('--lang <lang>', 'its language (default: zh on standard output, both with --out DIR)').choices([
        'zh',
        'en',
      ]),
    )
    .option('--out <place>', 'a folder for guide and chart, as Markdown and SVG; or one file that ends in .md or .svg')
    .action(async (options) => (await import('../guide.js')).guide(options));
}
