import { FaultBoard } from '../../../src/faults/board.js';
import type { FaultRecord } from '../../../src/faults/fault.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../../src/links/memory.js';
import { bytesOf, Collector } from '../../links/collector.js';

/** A line without delay whose both ends are open, with a fault in it. */
export class LineBench {
  readonly clock = new VirtualClock();
  readonly terminal = new Collector();
  readonly printer = new Collector();
  readonly board: FaultBoard;
  readonly #pair = memoryLinkPair(this.clock);
  readonly #id: string;

  constructor(fault: FaultRecord, seed = 1) {
    this.board = new FaultBoard({
      sites: { printerLink: this.#pair.site },
      clock: this.clock,
      random: seededRandom(seed),
    });
    this.#pair.host.open(this.terminal);
    this.#pair.device.open(this.printer);
    this.clock.advance(0);
    this.#id = this.board.put(fault).id;
  }

  /** The terminal writes, and everything arrives that does so at once. */
  write(text: string): this {
    this.#pair.host.write(bytesOf(text));
    this.clock.advance(0);
    return this;
  }

  /** The printer answers. */
  answer(text: string): this {
    this.#pair.device.write(bytesOf(text));
    this.clock.advance(0);
    return this;
  }

  end(): this {
    this.board.clear(this.#id);
    this.clock.advance(0);
    return this;
  }

  /** Bytes that the terminal has not got rid of. */
  get pendingBytes(): number {
    return this.#pair.host.pendingBytes;
  }
}
