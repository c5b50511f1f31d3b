import type { Link } from '../../src/ports/link.js';
import { until } from '../e2e/until.js';

/** What was still under way when somebody else hung up has arrived when nothing has come for so long. */
const QUIET_MS = 300;

/** Bytes to a printer and what it says to them, without a driver. */
export class Conversation {
  readonly #link: Link;
  #heard = Buffer.alloc(0);
  #heardMs = performance.now();

  private constructor(link: Link) {
    this.#link = link;
  }

  /** Once the line is quiet. Throws with the words of the link when it cannot be opened. */
  static async open(link: Link): Promise<Conversation> {
    const conversation = new Conversation(link);
    await new Promise<void>((resolve, reject) => {
      link.open({
        opened: resolve,
        received: (bytes) => {
          conversation.#heardMs = performance.now();
          conversation.#heard = Buffer.concat([conversation.#heard, bytes]);
        },
        drained() {},
        lost: ({ message }) => reject(new Error(message)),
      });
    });
    await until(() => performance.now() - conversation.#heardMs > QUIET_MS, 'the line to be quiet');
    return conversation;
  }

  tell(bytes: Uint8Array): void {
    this.#link.write(bytes);
  }

  /** Sends, and gives what `find` finds in all that has come back since. */
  ask<T>(question: Uint8Array, find: (heard: Buffer) => T | undefined): Promise<T> {
    this.#heard = Buffer.alloc(0);
    this.#link.write(question);
    return until(
      () => find(this.#heard),
      () => `an answer to ${Buffer.from(question).toString('hex').slice(-24)}, and got ${this.#heard.toString('hex')}`,
    );
  }

  close(): void {
    this.#link.close();
  }
}
