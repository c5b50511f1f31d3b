import type { PaperOperation } from '../paper/operations.js';
import { newSymbolSettings, type SymbolSettings } from '../symbols/settings.js';
import type { Composer } from './composer.js';
import { KeyedMemory } from './keyed-memory.js';
import { newSpacing, type Spacing } from './layout.js';
import { Macro } from './macro.js';
import type { Notes } from './notes.js';
import { NvMemory } from './nv-memory.js';
import type { StoredPicture } from './pixels.js';
import { restoreAtPowerOn } from './saved-layout.js';
import { Typesetter } from './typesetter.js';
import { UserCharacters } from './user-characters.js';

/** What commands can ask of the rest of the printer. */
export interface Machine {
  /** Nothing more may be taken from the stream now: a line is being printed, or the printer is offline. */
  readonly busy: boolean;
  submit(operation: PaperOperation): void;
  /** All settings are as they are at power-on, by a command that begins at this offset. */
  initialized?(from: number): void;
  /** A drawer kick-out pulse at pin 2 or 5. */
  pulse(pin: 2 | 5, onMs: number): void;
  /** Sends an answer to the host. */
  reply(bytes: Uint8Array): void;
  /** Answers of status commands, from the state of the mechanism now. */
  statusReply(n: number): Uint8Array | undefined;
  identityReply(n: number): Uint8Array | undefined;
  /** `GS a n`: which changes of status are sent without being asked for. */
  sendStatusBack(mask: number): void;
  /** Millimetres from head to cutter, as dots. */
  readonly headToCutterDots: number;
  readonly cutter: boolean;
  /** `GS ( H` is one of its commands. */
  readonly answersProcessId: boolean;
  /** Waits between two executions of a macro: busy for `ms`, and then, if asked, until the feed button is pressed. */
  pause?(ms: number, untilButton: boolean): void;
  /** `GS ( D`: a function of `DLE DC4` is carried out, or is not. */
  enableRealTime?(fn: number, on: boolean): void;
  /** `GS g 2`: what has been counted under that number, as kilometres, cuts, seconds of heat and the like are. */
  maintenanceCounter?(n: number): number;
  /** `ESC c 4`: near end stops printing. */
  stopAtNearEnd?(on: boolean): void;
  /** `ESC c 5`: the feed button works; while a macro waits for it, it does in any case. */
  panelButtons?(on: boolean): void;
  /** A buzzer sounds: `ESC ( A`, `ESC B`. */
  beep?(times: number): void;
}

/** The serial number counter. */
export interface Counter {
  digits: number;
  /** `GS C 0 n m`: right-aligned with spaces, with zeros, or left-aligned. */
  mode: 'spaces' | 'zeros' | 'left';
  first: number;
  last: number;
  step: number;
  /** How often each value is printed. */
  times: number;
  value: number;
  /** How often the current value was printed. */
  printed: number;
}

export function newCounter(): Counter {
  return { digits: 0, mode: 'spaces', first: 1, last: 65_535, step: 1, times: 1, value: 1, printed: 0 };
}

/** `37 id status … 00` with at most 40 keys, the next one when the host has sent ACK. */
export interface AnswerParts {
  readonly id: number;
  readonly parts: readonly Uint8Array[];
}

/** Memories of its own size, and what was kept without power. */
export interface Memories {
  readonly nv?: NvMemory;
  readonly downloadBytes?: number | undefined;
  readonly macroBytes?: number | undefined;
}

const DOWNLOAD_BYTES = 12 * 1024;
const MACRO_BYTES = 2_048;

/** The printer as its commands see it: its memory, and the machine behind it. */
export class Device {
  readonly machine: Machine;
  readonly composer: Composer;
  readonly notes: Notes;
  symbols: SymbolSettings = newSymbolSettings();
  /** Graphics in the print buffer (`GS ( L` <Function 112>). */
  graphics: StoredPicture | undefined;
  /** The downloaded bit image (`GS *`). */
  download: StoredPicture | undefined;
  /** Downloaded graphics by key code (`GS ( L`). */
  readonly downloads: KeyedMemory;
  readonly nv: NvMemory;
  readonly macro: Macro;
  readonly userCharacters = new UserCharacters();
  /** What `GS C` counts. */
  counter: Counter = newCounter();
  /** A long answer of which the host takes one part at a time. */
  answer: AnswerParts | undefined;
  /** Spacing of standard mode, while page mode has its own. */
  standardSpacing: Spacing = newSpacing();
  /** `GS ( E` <Function 1>: settings may be changed. */
  settingMode = false;
  readonly typesetter: Typesetter;
  /** `ESC =`: while `false`, everything but `ESC =` and the real-time commands is ignored. */
  selected = true;
  /** Offsets of the command that is being carried out: its first byte, and the byte behind it. */
  from = 0;
  to = 0;

  constructor(machine: Machine, composer: Composer, notes: Notes, memories: Memories = {}) {
    this.machine = machine;
    this.composer = composer;
    this.notes = notes;
    this.nv = memories.nv ?? new NvMemory();
    this.downloads = new KeyedMemory(memories.downloadBytes ?? DOWNLOAD_BYTES);
    this.macro = new Macro(memories.macroBytes ?? MACRO_BYTES);
    this.typesetter = new Typesetter(composer, this.userCharacters);
    restoreAtPowerOn(composer, this.nv.settings);
  }

  get busy(): boolean {
    return this.machine.busy;
  }

  /** `ESC @`, and switching on. */
  reset(): void {
    this.composer.reset();
    this.symbols = newSymbolSettings();
    this.graphics = undefined;
    this.download = undefined;
    this.downloads.clear();
    this.userCharacters.clear();
    this.counter = newCounter();
    this.answer = undefined;
    this.settingMode = false;
    this.selected = true;
    this.machine.sendStatusBack(0);
    for (const fn of [1, 2]) this.machine.enableRealTime?.(fn, true);
    this.machine.stopAtNearEnd?.(false);
    this.machine.panelButtons?.(true);
    this.machine.initialized?.(this.from);
  }

  /** The power went, or came back. */
  restart(): void {
    this.macro.forget();
    this.composer.origin = undefined;
    this.at(0, 0);
    this.reset();
    restoreAtPowerOn(this.composer, this.nv.settings);
  }

  /** Back to standard mode, with its own spacing; what was collected is lost. */
  leavePage(): void {
    const { composer } = this;
    if (composer.page !== undefined) Object.assign(composer.layout, this.standardSpacing);
    composer.endPage();
  }

  /** Clears the print buffer, and keeps all settings (`DLE ENQ 2`, `DLE DC4 8`). */
  clear(): void {
    this.leavePage();
    this.graphics = undefined;
    this.answer = undefined;
    this.macro.stop();
    this.composer.origin = undefined;
  }

  text(bytes: Buffer, start: number, end: number, base: number, closed: boolean): number {
    return this.selected ? this.typesetter.text(bytes, start, end, base, closed) : end;
  }

  unknown(offset: number, bytes: Uint8Array): void {
    this.notes.unknown(this.composer.origin?.from ?? offset, bytes);
  }

  /** A command that came from these bytes is carried out next. */
  at(from: number, to: number): void {
    const { origin } = this.composer;
    this.from = origin?.from ?? from;
    this.to = origin?.to ?? to;
    this.composer.commandFrom = this.from;
  }
}
