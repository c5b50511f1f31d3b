import { steadyClock } from '../../ground/wall-clock.js';
import { SerialLink } from '../../links/serial.js';
import { TcpLink } from '../../links/tcp.js';
import type { PrinterProfile } from '../../ports/device.js';
import type { Link } from '../../ports/link.js';
import type { Dialect } from '../../printer/dialect.js';
import { createPrinterDriver } from '../../printer/driver.js';
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
  readonly tap?: (link: Link) => Link;
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
  const tcp = /^tcp:\/\/(.+):(\d+)$/.exec(where);
  const baud = tcp === null ? (rest.baud ?? profile.baud) : undefined;
  const link = tap(
    tcp === null
      ? new SerialLink({ path: where, baud: baud ?? profile.baud, flowControl: flowControlOf(profile) })
      : new TcpLink({ host: tcp[1] ?? '', port: Number(tcp[2]) }),
  );
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

/** XOFF is to be seen here, and obeyed by whoever sends; the other kind is a wire, which only the system sees in time. */
function flowControlOf({ flowControl }: PrinterProfile): 'none' | 'rts/cts' {
  return flowControl === 'xon/xoff' ? 'none' : 'rts/cts';
}
