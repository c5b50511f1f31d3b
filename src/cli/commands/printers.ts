import { type Command, Option } from 'commander';
import { port, positive, printer, record, whole } from './shared.js';

/** Printers, emulated and real. */
export function addPrinterCommands(program: Command): void {
  program
    .command('printer')
    .description('an ESC/POS printer for your own software: pseudo-terminal, TCP, HTTP')
    .option('--device <profile>', 'printer profile of devices/printers, or a YAML file of your own', 'epson-tm-m30')
    .option('--pty <path>', 'the stable name of its pseudo-terminal (default: tty in the data folder)')
    .option('--tcp <port>', 'raw TCP printing on loopback (default: 9100, or a free one)', port)
    .option('--http <port>', 'pictures, events and faults on loopback (default: 9180, or a free one)', port)
    .option('--data <dir>', 'where its paper is kept', '.paperjam/printer')
    .option('--no-pacing', 'line and mechanism take no time')
    .action(async (options) => (await import('../printer.js')).printer(options));

  program
    .command('render')
    .description('what a printer makes of the bytes in files, as pictures and text')
    .argument('<file...>', 'raw ESC/POS; - reads standard input')
    .option('--device <profile>', 'printer profile of devices/printers, or a YAML file of your own', 'epson-tm-m30')
    .option('--out <dir>', 'write the pictures there')
    .option('--svg', 'as SVG too')
    .option('--json', 'one line of JSON for each file; without --out it holds the pictures')
    .action(async (files, options) => (await import('../render.js')).render(files, options));

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
    .action(async (file, options) => (await import('../replay.js')).replay(file, options));

  program
    .command('devices')
    .description('the printer profiles there are, or one with where its facts come from')
    .argument('[name]', 'a profile, or a YAML file of your own')
    .option('--json', 'as JSON')
    .action(async (name, options) => (await import('../devices.js')).devices(name, options));

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
    .action(async (options) => (await import('../station.js')).station(options));
}
