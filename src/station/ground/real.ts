import { steadyClock } from '../../ground/wall-clock.js';
import type { PrinterProfile } from '../../ports/device.js';
import type { Link } from '../../ports/link.js';
import type { Dialect } from '../../printer/dialect.js';
import { createPrinterDriver } from '../../printer/driver.js';
import { realPrinterLink } from '../../world/real-printer.js';
import type { TapedLine } from '../../world/tape.js';
import type { Ground } from '../ground.js';
import { type Hands, nobody } from '../hands.js';

export interface RealGroundOptions {
  /** A serial path, or `tcp://host:port`. */
  readonly where: string;
  readonly profile: PrinterProfile;
  readonly dialect: Dialect;
  /** Of a serial line. Default: the profile's. */
  readonly baud?: number;
  /** Default: nobody is there. */
  readonly hands?: Hands;
  /** Put around the line: hears what passes. */
  readonly tap?: (link: Link, line: TapedLine) => Link;
}

/** A real printer on a serial port or a network. Its link is not tried here: that it does not open is a finding. */
export function realPrinter({
  where,
  profile,
  dialect,
  hands,
  tap = (link) => link,
  ...rest
}: RealGroundOptions): Ground {
  const clock = steadyClock;
  const baud = where.startsWith('tcp://') ? undefined : (rest.baud ?? profile.baud);
  const wire = realPrinterLink(where, baud ?? 0, profile.flowControl);
  const link = tap(wire, { clock, baud: baud ?? 0 });
  return {
    clock,
    clockKind: 'wall',
    printer: where,
    profile,
    baud,
    rates: baud === undefined ? [] : [baud],
    whyNoOtherRates: 'a real printer runs at the rate that it is set to (--baud)',
    link: () => link,
    openDriver: () => createPrinterDriver({ clock, link, profile, dialect }),
    hands: hands ?? nobody(clock),
    close: () => link.close(),
  };
}
