import type { Clock, Timer } from '../ports/clock.js';
import type { Link, LinkListener, LinkLoss } from '../ports/link.js';

/** An interface that has been quiet for so long gives the printer up to the others; one that is down is tried so often. */
const QUIET_MS = 200;

/** One of the sockets. */
interface Socket {
  readonly link: Link;
  state: 'down' | 'opening' | 'up';
  retry: Timer;
  /** Came although it was held back, and waits for its turn. */
  readonly early: Uint8Array[];
}

/** From `open` to `lost` or `close`. */
interface Life {
  readonly listener: LinkListener;
  isUp: boolean;
}

/**
 * The sockets of a printer that has several, such as serial and network, as one link.
 *
 * As on real hardware the first interface that sends has the printer, and the others are held back, unread, until it has
 * been quiet for 200 ms; time in which the printer does not read is not counted. Answers go to the one that sent last; but
 * one that only asked for the status is answered in passing, and what follows goes to the one before it, which may be
 * waiting for its job. It is up when one of them is, and lost when all are; one that is down while another is up is tried
 * again and again.
 */
export class EitherLink implements Link {
  readonly #clock: Clock;
  readonly #sockets: readonly Socket[];
  #life: Life | undefined;
  /** Has the printer now. */
  #holder: Socket | undefined;
  /** Sent last, and is answered. */
  #last: Socket | undefined;
  #quiet: Timer;
  #takes = true;

  constructor(clock: Clock, links: readonly Link[]) {
    this.#clock = clock;
    this.#sockets = links.map((link) => ({ link, state: 'down', retry: undefined, early: [] }));
  }

  get address(): string {
    return this.#sockets.map(({ link }) => link.address).join(', ');
  }

  get pendingBytes(): number {
    return this.#last?.link.pendingBytes ?? 0;
  }

  open(listener: LinkListener): void {
    if (this.#life !== undefined) {
      this.#clock.setTimeout(() => listener.lost({ code: 'busy', message: `${this.address} is open already` }), 0);
      return;
    }
    const life: Life = { listener, isUp: false };
    this.#life = life;
    this.#takes = true;
    for (const socket of this.#sockets) this.#open(socket, life);
  }

  write(bytes: Uint8Array): void {
    this.#last?.link.write(bytes);
  }

  reading(on: boolean): void {
    this.#takes = on;
    this.#clock.clearTimeout(this.#quiet);
    if (on && this.#holder !== undefined) this.#waitForQuiet();
    this.#hold();
    const someEarly = this.#sockets.some(({ early }) => early.length > 0);
    if (on && someEarly) this.#clock.setTimeout(() => this.#deliverEarly(), 0);
  }

  close(): void {
    this.#end();
    for (const { link } of this.#sockets) link.close();
  }

  #open(socket: Socket, life: Life): void {
    socket.state = 'opening';
    const alive = () => this.#life === life;
    socket.link.open({
      opened: () => {
        if (!alive()) return;
        socket.state = 'up';
        this.#hold();
        if (life.isUp) return;
        life.isUp = true;
        life.listener.opened();
      },
      received: (bytes) => alive() && this.#received(socket, bytes, life.listener),
      drained: () => alive() && socket === this.#last && life.listener.drained(),
      lost: (loss) => alive() && this.#lost(socket, loss, life),
    });
  }

  #received(socket: Socket, bytes: Uint8Array, listener: LinkListener): void {
    const isFree = this.#holder === undefined || this.#holder === socket;
    if (isFree && socket.early.length === 0) {
      this.#handOver(socket, bytes, listener);
    } else socket.early.push(bytes);
  }

  #handOver(socket: Socket, bytes: Uint8Array, listener: LinkListener): void {
    const before = this.#last;
    this.#take(socket);
    listener.received(bytes);
    if (before?.state === 'up' && isStatusRequest(bytes)) this.#last = before;
  }

  #lost(socket: Socket, loss: LinkLoss, life: Life): void {
    socket.state = 'down';
    socket.early.length = 0;
    if (socket === this.#last) this.#last = undefined;
    if (this.#sockets.every(({ state }) => state === 'down')) {
      this.#end();
      life.listener.lost(loss);
      return;
    }
    socket.retry = this.#clock.setTimeout(() => this.#open(socket, life), QUIET_MS);
    if (socket === this.#holder) this.#give();
  }

  /** The socket has the printer for as long as it goes on sending. */
  #take(socket: Socket): void {
    const changed = socket !== this.#holder;
    this.#holder = socket;
    this.#last = socket;
    this.#clock.clearTimeout(this.#quiet);
    this.#waitForQuiet();
    if (changed) this.#hold();
  }

  /** Free for whoever sends next. */
  #give(): void {
    this.#clock.clearTimeout(this.#quiet);
    this.#holder = undefined;
    this.#hold();
    this.#deliverEarly();
  }

  /** One of those that were held back has its turn, if it has sent something already. */
  #deliverEarly(): void {
    const socket = this.#holder ?? this.#sockets.find(({ early }) => early.length > 0);
    if (socket === undefined) return;
    while (this.#takes && this.#life !== undefined) {
      const bytes = socket.early.shift();
      if (bytes === undefined) return;
      this.#handOver(socket, bytes, this.#life.listener);
    }
  }

  #waitForQuiet(): void {
    this.#quiet = this.#clock.setTimeout(() => this.#give(), QUIET_MS);
  }

  #hold(): void {
    for (const socket of this.#sockets) {
      if (socket.state !== 'up') continue;
      socket.link.reading(this.#takes && (this.#holder === undefined || this.#holder === socket));
    }
  }

  #end(): void {
    this.#life = undefined;
    this.#holder = undefined;
    this.#last = undefined;
    this.#clock.clearTimeout(this.#quiet);
    for (const socket of this.#sockets) {
      this.#clock.clearTimeout(socket.retry);
      socket.state = 'down';
      socket.early.length = 0;
    }
  }
}

/** Nothing but DLE EOT 1 to 4, which a printer answers at once, whatever it is doing. */
function isStatusRequest(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.length % 3 !== 0) return false;
  return bytes.every((byte, i) => (i % 3 === 2 ? byte >= 1 && byte <= 4 : byte === [0x10, 0x04][i % 3]));
}
