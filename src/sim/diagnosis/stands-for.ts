import type { FaultRecord } from '../../faults/fault.js';
import type { CauseId } from '../../terminal/verdict/causes/catalogue.js';

/** What a fault of the catalogue is, in the words of causes. */
export interface StandsFor {
  readonly causes: readonly CauseId[];
  /** Where there is more than one: why no terminal, whatever it wrote down, could tell them apart. */
  readonly because?: string | undefined;
  /** Where no cause is wanted of it, unless it alone kept the sale from being paid, or its first ticket from coming out: why. */
  readonly mayPass?: string;
}

const only = (cause: CauseId, mayPass?: string): StandsFor => ({
  causes: [cause],
  ...(mayPass === undefined ? {} : { mayPass }),
});
const oneOf = (because: string, causes: readonly [CauseId, CauseId, ...CauseId[]], mayPass?: string): StandsFor => ({
  ...only(causes[0], mayPass),
  causes,
  because,
});

const SILENCE = 'of a printer that is off, hangs, or hears another rate, and of a broken wire, there is silence alike';
const SILENT = oneOf(SILENCE, ['printer.no-answer', 'terminal.misconfigured']);
const MUTE = oneOf(
  'a printer whose answers do not come back may be anything that is silent, or one that never answers',
  ['printer.no-answer', 'terminal.misconfigured', 'printer.unconfirmed'],
);
const WRONG_RATE = oneOf(SILENCE, ['terminal.misconfigured', 'printer.no-answer']);
const BLANK =
  'thermal paper stays blank when it lies the wrong way round and when the head is dead, with every status good';
const SLOW =
  'an answer that is late does not say where it was late: in the platform, for the hour or else, or on the way';
const LOST =
  'a request without an answer does not say whether that was lost, or only later than the connection lasts, nor where';
const GATEWAY = 'a status 5xx does not say whether the platform itself answers, or a gateway on the way';
const NOISE = 'bytes that are lost or wrong stop the answers, or the printing, or put other characters on the paper';
const REPEATED = 'the platform repeats a notice that was not taken, and then it is one that comes late';
const AMOUNT = 'to the terminal the amount that was keyed in is the amount';
const ASKED = 'a buyer who is asked for the password and gives it in time has paid as others do';
const NOBODY = 'a sale that was begun once too often, and to which nobody comes, is one whose customer shows no code';
const ANEW = 'a sale that is begun anew, or a key that is refused, is to the terminal what it is to every customer';

/** Every fault of the catalogue that befalls a sale, and the causes that a verdict may name when it did. Tills are told, or not. */
export const STANDS_FOR: Readonly<Record<string, StandsFor | ((record: FaultRecord) => StandsFor)>> = {
  'printer.paper-jam': only('printer.paper-jam'),
  'printer.paper-out': only('printer.paper-out'),
  'printer.paper-near-end': only('printer.paper-out'),
  'printer.cover-open': only('printer.cover-open'),
  'printer.cutter-error': only('printer.cutter'),
  'printer.overheat': only('printer.overheat'),
  'printer.unrecoverable-error': only('printer.broken'),
  'printer.offline': only('printer.offline'),
  'printer.power-off': SILENT,
  'printer.mute': MUTE,
  'printer.hang': SILENT,
  'printer.slow': SILENT,
  'printer.dead-dots': only('printer.faded'),
  'printer.faded': ({ share }) =>
    share === 0 ? oneOf(BLANK, ['printer.faded', 'printer.upside-down']) : only('printer.faded'),
  'printer.upside-down-paper': oneOf(BLANK, ['printer.upside-down', 'printer.faded']),
  'printer.ribbon-broken': only('printer.ribbon-break'),
  'printer.wrong-code-page': only('terminal.misconfigured'),
  'printer.feed-button': only('printer.offline'),
  'printer.drawer-open': only('printer.offline'),
  'link.printer-lost': only('link.printer-lost'),
  'link.wrong-baud': WRONG_RATE,
  'link.drop': oneOf(NOISE, ['printer.no-answer', 'terminal.misconfigured']),
  'link.corrupt': oneOf(NOISE, ['printer.no-answer', 'terminal.misconfigured']),
  'link.duplicate': oneOf(NOISE, ['printer.no-answer', 'terminal.misconfigured']),
  'link.delay': SILENT,
  'link.stuck-xoff': SILENT,
  'link.half-open': MUTE,
  'link.chopped-writes': SILENT,
  'network.latency': oneOf(SLOW, ['network.unstable', 'platform.delay', 'environment.peak']),
  'network.refused': only('network.unstable'),
  'network.reset': only('network.unstable'),
  'network.black-hole': oneOf(LOST, ['network.unstable', 'platform.unreported']),
  'network.request-lost': only('network.unstable'),
  'network.answer-lost': oneOf(LOST, ['network.unstable', 'platform.unreported']),
  'network.half-body': only('network.unstable'),
  'network.garbage-body': only('network.unstable'),
  'network.empty-body': only('network.unstable'),
  'network.server-error': oneOf(GATEWAY, ['platform.maintenance', 'network.unstable']),
  'network.bad-certificate': only('terminal.misconfigured'),
  'network.expired-certificate': only('terminal.outdated'),
  'network.drip': oneOf(SLOW, ['network.unstable', 'platform.delay', 'environment.peak', 'platform.unreported']),
  'network.down': oneOf(SLOW, ['network.unstable', 'platform.delay', 'environment.peak', 'platform.unreported']),
  'platform.answer-lost': oneOf(LOST, ['platform.unreported', 'network.unstable']),
  'platform.answer-delayed': oneOf(LOST, [
    'platform.delay',
    'environment.peak',
    'platform.unreported',
    'network.unstable',
  ]),
  'platform.peak': oneOf(SLOW, ['platform.delay', 'environment.peak', 'platform.unreported', 'network.unstable']),
  'platform.system-error': only('platform.maintenance'),
  'platform.maintenance': only('platform.maintenance'),
  'platform.rate-limit': only('platform.maintenance'),
  'platform.password-asked': only('operation.timeout', ASKED),
  'platform.pays-late': only('operation.timeout', ASKED),
  'platform.stale-query': only('platform.sync'),
  'platform.wrong-amount': only('platform.sync'),
  'platform.bad-signature': ({ method }) =>
    method === 'notify' ? oneOf(REPEATED, ['platform.sync', 'platform.unreported']) : only('terminal.misconfigured'),
  'platform.clock-skew': only('terminal.misconfigured'),
  'platform.cancel-lost': only('network.unstable'),
  'platform.cancel-refused': only('platform.refused'),
  'platform.notify-lost': oneOf(REPEATED, ['platform.sync', 'platform.unreported']),
  'platform.notify-late': only('platform.sync'),
  'platform.notify-twice': only('platform.sync'),
  'platform.notify-out-of-order': only('platform.sync'),
  'scanner.misread': only('terminal.misread'),
  'scanner.short': only('terminal.misread'),
  'scanner.twice': only('environment.missed-scan'),
  'scanner.expired': only('terminal.misread'),
  'scanner.other-wallet': only('terminal.misread'),
  'scanner.nothing': only('customer.skipped-scan'),
  'customer.hesitates': only('operation.timeout', ASKED),
  'customer.refuses': only('customer.refused'),
  'customer.no-money': only('customer.refused'),
  'customer.leaves': only('customer.left-early'),
  'customer.no-ticket': only('customer.no-ticket-wanted'),
  'customer.old-success-page': only('customer.skipped-scan'),
  'operator.cancels': only('operation.cashier'),
  'operator.presses-twice': oneOf(NOBODY, ['operation.cashier', 'customer.skipped-scan'], ANEW),
  'operator.wrong-amount': only('operation.cashier', AMOUNT),
  'operator.power-cycles': only('terminal.power-cut'),
  'operator.starts-again': oneOf(NOBODY, ['operation.cashier', 'customer.skipped-scan'], ANEW),
  'operator.skips-ticket': only('operation.cashier'),
  'terminal.power-cut': only('terminal.power-cut'),
  'terminal.brown-out': only('terminal.power-cut'),
  'terminal.clock-jump': only('terminal.misconfigured'),
  'terminal.disk-full': only('terminal.power-cut'),
  'terminal.journal-rot': only('terminal.power-cut'),
  'terminal.misconfigured': ({ what }) => (what === 'baud' ? WRONG_RATE : only('terminal.misconfigured')),
  'terminal.outdated-key': only('terminal.outdated'),
};

export function standsFor(record: FaultRecord): StandsFor {
  const found = STANDS_FOR[record.fault];
  if (found === undefined) throw new Error(`nobody has said which cause ${record.fault} stands for`);
  return typeof found === 'function' ? found(record) : found;
}
