import type { PrinterProfile } from '../../ports/device.js';
import { oneByte } from './answers.js';
import type { HostPort } from './host-port.js';
import { isOffline } from './mechanism/condition.js';
import type { Mechanism } from './mechanism/mechanism.js';
import type { Reception } from './reception.js';

export const XON = 0x11;
export const XOFF = 0x13;

/**
 * Tells the host when to wait: by the DTR line, which links feel as back-pressure, or by XOFF and XON. Under XON/XOFF the
 * line itself is stopped only when nothing more fits; where the model loses what does not fit, it is never stopped.
 */
export class FlowControl {
  readonly #port: HostPort;
  readonly #mechanism: Mechanism;
  readonly #reception: Reception;
  readonly #byBytes: boolean;
  readonly #busyOffline: boolean;
  readonly #drops: boolean;
  #stopped = false;

  constructor(port: HostPort, mechanism: Mechanism, reception: Reception, profile: PrinterProfile) {
    this.#port = port;
    this.#mechanism = mechanism;
    this.#reception = reception;
    this.#byBytes = profile.flowControl === 'xon/xoff';
    this.#busyOffline = profile.busyWhen === 'full or offline';
    this.#drops = profile.overrun === 'dropped';
  }

  /** To be called whenever something of the state may have changed. */
  update(): void {
    const { hung, powered, condition } = this.#mechanism;
    const reception = this.#reception;
    if (!hung) {
      const busy = this.#busyOffline && isOffline(condition);
      this.#stop(powered && (busy || reception.full(this.#stopped)));
    }
    this.#port.read(!hung && (this.#drops || !(this.#byBytes ? reception.brimful : this.#stopped)));
  }

  /** It was switched on: the host may send. */
  start(): void {
    this.#stopped = false;
    if (this.#byBytes) this.#port.send(oneByte(XON));
  }

  #stop(on: boolean): void {
    if (on === this.#stopped) return;
    this.#stopped = on;
    if (this.#byBytes && this.#mechanism.powered) this.#port.send(oneByte(on ? XOFF : XON));
  }
}
