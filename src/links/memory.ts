import type { Clock, Timer } from '../ports/clock.js';
import type { LinkDirection, LinkSite, Undo } from '../ports/faults.js';
import type { Link, LinkListener } from '../ports/link.js';
import { ByteMarks } from './byte-marks.js';
import { Lane } from './lane.js';
import { type Baud, LineRate } from './line-rate.js';
import { Hearing } from './misheard.js';

export interface MemoryLinkOptions {
  /** For people. Default `memory`. */
  readonly address?: string;
  /** The line rate both ways (8N1), or a function that tells it; 0 means no delay. Default 0. */
  readonly baud?: Baud;
}

export interface MemoryLinkPair {
  /** The terminal's end. */
  readonly host: Link;
  /** The printer's end. */
  readonly device: Link;
  readonly site: LinkSite;
  /** How many bytes have gone this way so far: as `afterBytes` counts them. */
  passedBytes(direction: LinkDirection): number;
}

/**
 * A cable with two ends, on the handed-in clock.
 *
 * What one end writes arrives at the other in a later event, all writes of one turn in the same one; with a baud rate,
 * when the line would have carried it. The ends live apart, as those of a pseudo-terminal: each is opened and closed by
 * its user, closing one is not felt at the other, and bytes that arrive at an end that is not open are lost. Closing an
 * end also loses what it had written and had not arrived. Unplugging is felt at both, and loses all that is on its way.
 *
 * Nothing is copied: the array that was written is the array that arrives (cut in pieces where a mark or the line rate
 * falls inside), so neither side may change it.
 */
export function memoryLinkPair(clock: Clock, options: MemoryLinkOptions = {}): MemoryLinkPair {
  const address = options.address ?? 'memory';
  const cable: Cable = { clock, plugged: true };
  const host = new MemoryEnd(cable, address, new LineRate(clock, options.baud));
  const device = new MemoryEnd(cable, address, new LineRate(clock, options.baud));
  host.other = device;
  device.other = host;
  const hearing = new Hearing();
  host.heard = (bytes) => hearing.atPrinter(bytes);
  device.heard = (bytes) => hearing.atHost(bytes);
  return {
    host,
    device,
    passedBytes: (direction) => (direction === 'to-host' ? device : host).passedBytes,
    site: {
      unplug() {
        cable.plugged = false;
        host.pull();
        device.pull();
      },
      plug() {
        cable.plugged = true;
      },
      rates: (rates, garbled) => hearing.set(rates, garbled),
      impair: (direction, impairment) => (direction === 'to-printer' ? host : device).lane.impair(impairment),
      heldBytes: (direction) => (direction === 'to-printer' ? host : device).lane.bytes,
      afterBytes: (bytes, run, direction) => (direction === 'to-host' ? device : host).markAfter(bytes, run),
    },
  };
}

interface Cable {
  readonly clock: Clock;
  plugged: boolean;
}

/** From `open` to `lost` or `close`. */
interface Life {
  readonly listener: LinkListener;
  open: boolean;
}

class MemoryEnd implements Link {
  readonly address: string;
  /** Set once, right after both ends exist. */
  other: MemoryEnd = this;
  /** What the other end makes of what this end sends. */
  heard: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes;
  /** What faults make of what this end sends. What is in there has left this end. */
  readonly lane: Lane;
  readonly #cable: Cable;
  readonly #rate: LineRate;
  readonly #marks = new ByteMarks();
  readonly #arrive = () => this.#deliver();
  #life: Life | undefined;
  #takes = true;
  /** Written here and not yet arrived there. */
  readonly #underWay: Uint8Array[] = [];
  #underWayBytes = 0;
  /** A delivery is due, or at work. */
  #delivering = false;
  #timer: Timer;
  /** How many bytes the due delivery may hand over. */
  #sliceBytes = 0;

  constructor(cable: Cable, address: string, rate: LineRate) {
    this.#cable = cable;
    this.address = address;
    this.#rate = rate;
    this.lane = new Lane({
      clock: cable.clock,
      arrived: (bytes) => this.#arrived(bytes),
      changed: () => this.#goOn(),
    });
  }

  open(listener: LinkListener): void {
    const { clock } = this.#cable;
    if (this.#life !== undefined) {
      clock.setTimeout(() => listener.lost({ code: 'busy', message: `${this.address} is open already` }), 0);
      return;
    }
    const life: Life = { listener, open: false };
    this.#life = life;
    clock.setTimeout(() => {
      if (this.#life !== life) return;
      if (this.#cable.plugged) {
        life.open = true;
        this.#take(true);
        listener.opened();
      } else {
        this.#life = undefined;
        listener.lost({ code: 'missing', message: `${this.address} is not plugged in` });
      }
    }, 0);
  }

  write(bytes: Uint8Array): void {
    if (this.#life?.open !== true || bytes.length === 0) return;
    this.#underWay.push(bytes);
    this.#underWayBytes += bytes.length;
    if (!this.#delivering) this.#schedule(false);
  }

  get pendingBytes(): number {
    return this.#underWayBytes;
  }

  /** How many bytes have gone from here to the other end. */
  get passedBytes(): number {
    return this.#marks.passedBytes;
  }

  reading(on: boolean): void {
    this.#take(on);
    if (on) this.other.#goOn();
  }

  close(): void {
    this.#life = undefined;
    this.#drop();
    this.#take(true);
    this.other.#goOn(); // What was held back until now gets lost.
  }

  /** The cable comes out. An end that is still opening finds out by itself. */
  pull(): void {
    this.#drop();
    const life = this.#life;
    if (life?.open !== true) return;
    life.open = false;
    this.#cable.clock.setTimeout(() => {
      if (this.#life !== life) return; // Closed in the meantime.
      this.#life = undefined;
      life.listener.lost({ code: 'lost', message: `${this.address} was unplugged` });
    }, 0);
  }

  /** Runs `run` when `bytes` more bytes have arrived at the other end. */
  markAfter(bytes: number, run: () => void): Undo {
    const undo = this.#marks.after(bytes, run);
    if (bytes <= 0) this.#cable.clock.setTimeout(() => this.#marks.runDue(), 0);
    return undo;
  }

  /** Nothing is taken at the other end, or on the way. An end that nobody has open takes everything, to lose it. */
  get #held(): boolean {
    return (this.other.#life?.open === true && !this.other.#takes) || this.lane.stopped;
  }

  #take(on: boolean): void {
    this.#takes = on;
    this.other.lane.takes(on);
  }

  /** Goes on with what was held. */
  #goOn(): void {
    if (this.#underWayBytes > 0 && !this.#delivering) this.#schedule(false);
  }

  #schedule(continued: boolean): void {
    if (this.#held) return; // `#goOn` goes on from here.
    this.#delivering = true;
    const { sliceBytes } = this.#rate;
    const delayed = sliceBytes < Number.POSITIVE_INFINITY;
    this.#sliceBytes = delayed ? Math.min(sliceBytes, this.#underWayBytes) : sliceBytes;
    this.#timer = this.#cable.clock.setTimeout(
      this.#arrive,
      delayed ? this.#rate.book(this.#sliceBytes, continued) : 0,
    );
  }

  #deliver(): void {
    let left = this.#sliceBytes;
    for (;;) {
      this.#marks.runDue();
      const chunk = this.#underWay[0];
      if (chunk === undefined || left === 0 || this.#held) break;
      const bytes = Math.min(chunk.length, left, this.#marks.room(chunk.length));
      if (bytes === chunk.length) this.#underWay.shift();
      else this.#underWay[0] = chunk.subarray(bytes);
      this.#underWayBytes -= bytes;
      this.#marks.pass(bytes);
      left -= bytes;
      this.lane.send(bytes === chunk.length ? chunk : chunk.subarray(0, bytes));
    }
    this.#stop();
    if (this.#underWayBytes > 0) this.#schedule(true);
    else if (this.#life?.open === true) this.#life.listener.drained();
  }

  #arrived(bytes: Uint8Array): void {
    const receiver = this.other.#life;
    const heard = this.heard(bytes);
    if (receiver?.open === true && heard.length > 0) receiver.listener.received(heard);
  }

  #drop(): void {
    this.lane.clear();
    this.#underWay.length = 0;
    this.#underWayBytes = 0;
    this.#stop();
  }

  #stop(): void {
    this.#cable.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#delivering = false;
  }
}
