import type { Link, LinkListener } from '../ports/link.js';
import type { LineEar } from './recording/recorder.js';

/**
 * Tells an ear all that goes over a printer's line, at the host's end: bytes as they are written and as they come in,
 * and the coming and going of the line. What is written while the line is down goes nowhere, and is not told.
 *
 * "Written" is not "arrived": what of the last bytes before a loss had reached the printer cannot be known here.
 *
 * `opening` is called before each try to open it.
 */
export function recordedLink(link: Link, ear: LineEar, opening: () => void = () => {}): Link {
  return new RecordedLink(link, ear, opening);
}

interface Life {
  isUp: boolean;
}

class RecordedLink implements Link {
  readonly #link: Link;
  readonly #ear: LineEar;
  readonly #opening: () => void;
  /** From `open` to `lost` or `close`. */
  #life: Life | undefined;

  constructor(link: Link, ear: LineEar, opening: () => void) {
    this.#link = link;
    this.#ear = ear;
    this.#opening = opening;
  }

  get address(): string {
    return this.#link.address;
  }

  get pendingBytes(): number {
    return this.#link.pendingBytes;
  }

  open(listener: LinkListener): void {
    if (this.#life !== undefined) {
      this.#link.open(listener); // Which tells the second one that the line is in use.
      return;
    }
    const life: Life = { isUp: false };
    this.#life = life;
    this.#opening();
    this.#link.open({
      opened: () => {
        life.isUp = true;
        this.#ear.opened();
        listener.opened();
      },
      received: (bytes) => {
        this.#ear.fromPrinter(bytes);
        listener.received(bytes);
      },
      drained: () => listener.drained(),
      lost: (loss) => {
        if (this.#life === life) this.#life = undefined;
        this.#ear.lost(loss);
        listener.lost(loss);
      },
    });
  }

  write(bytes: Uint8Array): void {
    if (this.#life?.isUp === true && bytes.length > 0) this.#ear.toPrinter(bytes);
    this.#link.write(bytes);
  }

  reading(on: boolean): void {
    this.#link.reading(on);
  }

  get modemLines(): Link['modemLines'] {
    return this.#link.modemLines?.bind(this.#link);
  }

  close(): void {
    const isUp = this.#life?.isUp === true;
    this.#life = undefined;
    this.#link.close();
    if (isUp) this.#ear.closed();
  }
}
