import type { Clock } from '../ports/clock.js';
import type { LinkSite, Undo } from '../ports/faults.js';
import type { Link, LinkListener, LinkLoss, ModemLines } from '../ports/link.js';
import { ByteMarks } from './byte-marks.js';
import { Hearing, type Rates } from './misheard.js';

export interface PluggedOptions {
  /** Which end of the cable it is: bytes towards the printer are received at the `device`, written at the `host`. Default `device`. */
  readonly end?: 'device' | 'host';
}

export interface PluggedLink {
  readonly link: Link;
  readonly site: LinkSite;
}

/**
 * Puts a plug into a real link, so that a fault can pull it. Unplugging closes the link under it: the device of a
 * pseudo-terminal vanishes and a TCP printer hangs up, which the program at the other side feels as it would feel the
 * cable. Until it is plugged in again, whoever opens it hears `missing`.
 *
 * At the device a cut falls exactly after its byte. At the host it falls when the byte has left this machine, as far as
 * `drained` can tell.
 */
export function pluggedLink(link: Link, clock: Clock, options: PluggedOptions = {}): PluggedLink {
  const plugged = new Plugged(link, clock, options.end ?? 'device');
  return { link: plugged, site: plugged };
}

interface Life {
  readonly listener: LinkListener;
}

class Plugged implements Link, LinkSite {
  readonly #link: Link;
  readonly #clock: Clock;
  readonly #end: 'device' | 'host';
  readonly #marks = new ByteMarks();
  readonly #hearing = new Hearing();
  #isPlugged = true;
  #life: Life | undefined;
  /** At the host: written, and waiting until the bytes before a mark have left. */
  readonly #behind: Uint8Array[] = [];
  #behindBytes = 0;
  #leaving = false;

  constructor(link: Link, clock: Clock, end: 'device' | 'host') {
    this.#link = link;
    this.#clock = clock;
    this.#end = end;
  }

  get address(): string {
    return this.#link.address;
  }

  open(listener: LinkListener): void {
    if (this.#life !== undefined) {
      this.#later(() => listener.lost({ code: 'busy', message: `${this.address} is open already` }));
      return;
    }
    const life: Life = { listener };
    this.#life = life;
    if (!this.#isPlugged) {
      this.#later(() => this.#lose(life, { code: 'missing', message: `${this.address} is not plugged in` }));
      return;
    }
    this.#link.open({
      opened: () => this.#life === life && listener.opened(),
      received: (bytes) => this.#life === life && this.#received(life, bytes),
      drained: () => this.#life === life && this.#drained(life),
      lost: (loss) => this.#lose(life, loss),
    });
  }

  write(bytes: Uint8Array): void {
    if (this.#life === undefined || bytes.length === 0) return;
    if (this.#end === 'device') {
      this.#link.write(this.#hearing.atHost(bytes));
      return;
    }
    this.#behind.push(bytes);
    this.#behindBytes += bytes.length;
    if (!this.#leaving) this.#send();
  }

  get pendingBytes(): number {
    return this.#behindBytes + this.#link.pendingBytes;
  }

  reading(on: boolean): void {
    this.#link.reading(on);
  }

  modemLines(done: (lines: ModemLines | 'none') => void): void {
    const life = this.#life;
    if (life === undefined || !this.#isPlugged) return;
    const tell = (lines: ModemLines | 'none') => this.#life === life && this.#isPlugged && done(lines);
    if (this.#link.modemLines === undefined) this.#later(() => tell('none'));
    else this.#link.modemLines(tell);
  }

  close(): void {
    this.#life = undefined;
    this.#forget();
    this.#link.close();
  }

  unplug(): void {
    if (!this.#isPlugged) return;
    this.#isPlugged = false;
    const life = this.#life;
    this.#forget();
    this.#link.close();
    if (life === undefined) return;
    this.#later(() => this.#lose(life, { code: 'lost', message: `${this.address} was unplugged` }));
  }

  plug(): void {
    this.#isPlugged = true;
  }

  rates(rates: Rates | undefined): void {
    this.#hearing.set(rates);
  }

  afterBytes(bytes: number, run: () => void): Undo {
    const undo = this.#marks.after(bytes, run);
    if (bytes <= 0) this.#later(() => this.#goOn());
    return undo;
  }

  #received(life: Life, bytes: Uint8Array): void {
    if (this.#end === 'host') {
      hand(life.listener, this.#hearing.atHost(bytes));
      return;
    }
    for (let rest = bytes; rest.length > 0; ) {
      const count = this.#marks.room(rest.length);
      this.#marks.pass(count);
      if (count > 0) hand(life.listener, this.#hearing.atPrinter(rest.subarray(0, count)));
      this.#marks.runDue();
      if (this.#life !== life || !this.#isPlugged) return; // Cut here: the rest is lost.
      rest = rest.subarray(count);
    }
  }

  /** Sends up to the next mark; what lies behind it waits until that has left. */
  #send(): void {
    for (let chunk = this.#behind[0]; chunk !== undefined; chunk = this.#behind[0]) {
      const count = this.#marks.room(chunk.length);
      if (count === chunk.length) this.#behind.shift();
      else this.#behind[0] = chunk.subarray(count);
      this.#behindBytes -= count;
      this.#marks.pass(count);
      if (count > 0)
        this.#link.write(this.#hearing.atPrinter(count === chunk.length ? chunk : chunk.subarray(0, count)));
      this.#leaving = this.#marks.due;
      if (this.#leaving) return;
    }
  }

  #drained(life: Life): void {
    this.#goOn();
    if (this.#life === life && this.#isPlugged && this.pendingBytes === 0) life.listener.drained();
  }

  /** What was sent has left: runs the marks behind it, and sends on unless one of them has pulled the plug. */
  #goOn(): void {
    this.#leaving = false;
    this.#marks.runDue();
    if (this.#isPlugged) this.#send();
  }

  #lose(life: Life, loss: LinkLoss): void {
    if (this.#life !== life) return;
    this.#life = undefined;
    this.#forget();
    life.listener.lost(loss);
  }

  #forget(): void {
    this.#behind.length = 0;
    this.#behindBytes = 0;
    this.#leaving = false;
  }

  #later(run: () => void): void {
    this.#clock.setTimeout(run, 0);
  }
}

function hand(listener: LinkListener, bytes: Uint8Array): void {
  if (bytes.length > 0) listener.received(bytes);
}
