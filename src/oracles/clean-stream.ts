import type { LineOperation } from '../emulator/printer/paper/operations.js';
import type { ActiveFault } from '../faults/board.js';
import type { World } from '../world/world.js';

/** Faults that put something else on the paper than the terminal has sent. */
const GARBLES = [
  'link.drop',
  'link.corrupt',
  'link.duplicate',
  'link.wrong-baud',
  'printer.dead-dots',
  'printer.faded',
  'printer.ribbon-broken',
  'printer.upside-down-paper',
  'printer.wrong-code-page',
];
/** What is set wrong at the counter; a wrong key or clock changes nothing of what is sent to the printer. */
const SET_WRONG: readonly unknown[] = ['baud', 'code-page'];

function garbles({ begun, fault, attributes }: ActiveFault): boolean {
  return (
    begun && (GARBLES.includes(fault) || (fault === 'terminal.misconfigured' && SET_WRONG.includes(attributes.what)))
  );
}

/**
 * From where on in the printer's stream the paper shows what the terminal has sent.
 *
 * A fault that garbles is not over when it is cleared: bytes that it struck may be on their way or in the printer's buffer,
 * a command that it cut short swallows what comes later, and a wrong setting stays. It is over with the first `ESC @` of
 * which the printer received all bytes after that, and with it a command of its own again: whatever was left of the
 * stream before, the interpreter is between two commands then, its settings are those of power-on, and what follows
 * arrives as it was sent. So does all that comes after the printer was without power.
 */
export class CleanStream {
  readonly #world: World;
  /** A fault that garbles is in, or what it struck is on its way. */
  #disturbed = false;
  /** Before this offset anything may have been struck. */
  #struckTo = 0;
  #cleanFrom: number | undefined = 0;

  constructor(world: World) {
    this.#world = world;
    this.look();
  }

  get disturbed(): boolean {
    return this.#disturbed;
  }

  get clean(): boolean {
    return this.#cleanFrom !== undefined;
  }

  /** Whether a line that comes out now is as it was sent. */
  isClean({ from }: LineOperation): boolean {
    return this.#cleanFrom !== undefined && from >= this.#cleanFrom;
  }

  /** To be called at once when a fault begins; that it is over may be seen later. */
  look(): void {
    const { faults } = this.#world;
    const before = this.#disturbed;
    this.#disturbed = faults.active().some(garbles) || (before && faults.heldBytes > 0);
    if (this.#disturbed) this.#cleanFrom = undefined;
    else if (before) this.#struckTo = this.#taken;
  }

  /** What has come in so far is another job's, and nobody can tell how its bytes are taken: an `ESC @` in them is none. */
  doubt(): void {
    this.#cleanFrom = undefined;
    this.#struckTo = this.#taken;
  }

  initialized(from: number): void {
    this.look();
    if (this.#taken < this.#struckTo) this.#struckTo = 0; // The power was off: offsets count anew.
    if (this.#disturbed || from < this.#struckTo) return;
    if (this.#cleanFrom === undefined || from < this.#cleanFrom) this.#cleanFrom = from;
  }

  get #taken(): number {
    return this.#world.emulatedPrinter?.takenBytes ?? 0;
  }
}
