import type { Clock } from '../ports/clock.js';
import type { Impairment, LinkDirection, LinkSite, Undo } from '../ports/faults.js';
import type { Link, LinkListener, LinkLoss, ModemLines } from '../ports/link.js';
import { Hearing, type Rates } from './misheard.js';
import { Way } from './way.js';

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
 * `drained` can tell. What faults make of the bytes befalls them here too, at whichever end it is.
 */
export function pluggedLink(link: Link, clock: Clock, options: PluggedOptions = {}): PluggedLink {
  const plugged = new Plugged(link, clock, options.end ?? 'device');
  return { link: plugged, site: plugged };
}

/** From `open` to `lost` or `close`. */
interface Life {
  readonly listener: LinkListener;
  isUp: boolean;
}

class Plugged implements Link, LinkSite {
  readonly #link: Link;
  readonly #clock: Clock;
  readonly #hearing = new Hearing();
  readonly #in: Way;
  readonly #out: Way;
  readonly #atDevice: boolean;
  #isPlugged = true;
  #life: Life | undefined;
  /** Whether the user takes bytes. */
  #takes = true;
  /** Whether the link under it was told to. */
  #reads = true;
  /** Something was written to the link under it that has not left yet. */
  #leaving = false;
  /** The user has written something, and was not told yet that all of it has left. */
  #owesDrained = false;

  constructor(link: Link, clock: Clock, end: 'device' | 'host') {
    this.#link = link;
    this.#clock = clock;
    this.#atDevice = end === 'device';
    this.#in = new Way({
      clock,
      arrived: (bytes) => this.#hand(bytes),
      changed: () => this.#readOn(),
      mayMark: () => true,
    });
    this.#out = new Way({
      clock,
      arrived: (bytes) => this.#send(bytes),
      changed: () => {
        this.#out.flow();
        this.#drainedSoon();
      },
      mayMark: () => !this.#leaving && this.#out.lane.bytes === 0,
    });
  }

  get address(): string {
    return this.#link.address;
  }

  open(listener: LinkListener): void {
    if (this.#life !== undefined) {
      this.#later(() => listener.lost({ code: 'busy', message: `${this.address} is open already` }));
      return;
    }
    const life: Life = { listener, isUp: false };
    this.#life = life;
    if (!this.#isPlugged) {
      this.#later(() => this.#lose(life, { code: 'missing', message: `${this.address} is not plugged in` }));
      return;
    }
    this.#link.open({
      opened: () => this.#life === life && this.#opened(life),
      received: (bytes) => this.#life === life && this.#in.push(bytes),
      drained: () => this.#life === life && this.#drained(),
      lost: (loss) => this.#lose(life, loss),
    });
  }

  write(bytes: Uint8Array): void {
    if (this.#life?.isUp !== true || bytes.length === 0) return;
    this.#owesDrained = true;
    this.#out.push(bytes);
    this.#drainedSoon();
  }

  get pendingBytes(): number {
    return this.#out.bytes + this.#link.pendingBytes;
  }

  reading(on: boolean): void {
    this.#takes = on;
    this.#in.lane.takes(on);
    this.#readOn();
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
    life.isUp = false;
    this.#later(() => this.#lose(life, { code: 'lost', message: `${this.address} was unplugged` }));
  }

  plug(): void {
    this.#isPlugged = true;
  }

  rates(rates: Rates | undefined, garbled?: () => void): void {
    this.#hearing.set(rates, garbled);
  }

  impair(direction: LinkDirection, impairment: Impairment): Undo {
    return this.#way(direction).lane.impair(impairment);
  }

  heldBytes(direction: LinkDirection): number {
    return this.#way(direction).lane.bytes;
  }

  afterBytes(bytes: number, run: () => void, direction: LinkDirection = 'to-printer'): Undo {
    const way = this.#way(direction);
    const undo = way.marks.after(bytes, run);
    if (bytes <= 0) this.#later(() => way.flow());
    return undo;
  }

  #way(direction: LinkDirection): Way {
    return (direction === 'to-printer') === this.#atDevice ? this.#in : this.#out;
  }

  #opened(life: Life): void {
    life.isUp = true;
    this.#takes = true;
    this.#reads = true;
    this.#in.lane.takes(true);
    life.listener.opened();
    this.#readOn();
  }

  #hand(bytes: Uint8Array): void {
    const heard = this.#atDevice ? this.#hearing.atPrinter(bytes) : this.#hearing.atHost(bytes);
    if (heard.length > 0) this.#life?.listener.received(heard);
  }

  #send(bytes: Uint8Array): void {
    const heard = this.#atDevice ? this.#hearing.atHost(bytes) : this.#hearing.atPrinter(bytes);
    if (heard.length === 0) return;
    this.#leaving = true;
    this.#link.write(heard);
  }

  /** What came in goes on, and the other side feels whether more is taken. */
  #readOn(): void {
    this.#in.flow();
    const reads = this.#takes && !this.#in.lane.stopped;
    if (this.#life === undefined || reads === this.#reads) return;
    this.#reads = reads;
    this.#link.reading(reads);
  }

  /** What was sent has left: runs the marks behind it, and sends on unless one of them has pulled the plug. */
  #drained(): void {
    this.#leaving = false;
    this.#out.flow();
    this.#tellDrained();
  }

  /** Where a fault keeps bytes from the link under it, that does not say when they have left. */
  #drainedSoon(): void {
    if (this.#owesDrained && !this.#leaving) this.#later(() => this.#tellDrained());
  }

  #tellDrained(): void {
    if (!this.#owesDrained || this.#leaving || this.pendingBytes > 0) return;
    this.#owesDrained = false;
    this.#life?.listener.drained();
  }

  #lose(life: Life, loss: LinkLoss): void {
    if (this.#life !== life) return;
    this.#life = undefined;
    this.#forget();
    life.listener.lost(loss);
  }

  #forget(): void {
    this.#in.clear();
    this.#out.clear();
    this.#leaving = false;
    this.#owesDrained = false;
  }

  #later(run: () => void): void {
    this.#clock.setTimeout(run, 0);
  }
}
