import type { Clock, Timer } from '../ports/clock.js';
import type { Link, LinkListener } from '../ports/link.js';

/** An interface that has been quiet for so long gives the printer up to the others. */
const QUIET_MS = 200;

/**
 * The sockets of a printer that has several, such as serial and network, as one link.
 *
 * As on real hardware the first interface that sends has the printer, answers go to it alone, and the others are held
 * back, unread, until it has been quiet for 200 ms. It is up when one of them is, and lost when all are.
 */
export class EitherLink implements Link {
  readonly #clock: Clock;
  readonly #links: readonly Link[];
  readonly #up = new Set<Link>();
  #listener: LinkListener | undefined;
  #active: Link | undefined;
  #quiet: Timer;
  #takes = true;

  constructor(clock: Clock, links: readonly Link[]) {
    this.#clock = clock;
    this.#links = links;
  }

  get address(): string {
    return this.#links.map(({ address }) => address).join(', ');
  }

  get pendingBytes(): number {
    return this.#active?.pendingBytes ?? 0;
  }

  open(listener: LinkListener): void {
    this.#listener = listener;
    for (const link of this.#links) this.#openOne(link);
  }

  write(bytes: Uint8Array): void {
    this.#active?.write(bytes);
  }

  reading(on: boolean): void {
    this.#takes = on;
    for (const link of this.#links) this.#hold(link);
  }

  close(): void {
    this.#listener = undefined;
    this.#clock.clearTimeout(this.#quiet);
    for (const link of this.#links) link.close();
    this.#up.clear();
    this.#active = undefined;
  }

  #openOne(link: Link): void {
    link.open({
      opened: () => {
        this.#up.add(link);
        if (this.#up.size === 1) this.#listener?.opened();
      },
      received: (bytes) => {
        this.#take(link);
        this.#listener?.received(bytes);
      },
      drained: () => {
        if (link === this.#active) this.#listener?.drained();
      },
      lost: (loss) => {
        this.#up.delete(link);
        if (link === this.#active) this.#give();
        if (this.#up.size === 0) this.#listener?.lost(loss);
        else this.#clock.setTimeout(() => this.#listener && this.#openOne(link), QUIET_MS);
      },
    });
  }

  /** The link has the printer for as long as it goes on sending. */
  #take(link: Link): void {
    const changed = link !== this.#active;
    this.#active = link;
    this.#clock.clearTimeout(this.#quiet);
    this.#quiet = this.#clock.setTimeout(() => this.#give(), QUIET_MS);
    if (changed) for (const each of this.#links) this.#hold(each);
  }

  /** Free for whoever sends next; answers still go to the one that sent last. */
  #give(): void {
    this.#clock.clearTimeout(this.#quiet);
    for (const link of this.#links) link.reading(this.#takes);
  }

  #hold(link: Link): void {
    link.reading(this.#takes && (this.#active === undefined || link === this.#active));
  }
}
