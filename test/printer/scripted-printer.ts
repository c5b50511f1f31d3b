import type { Clock } from '../../src/ports/clock.js';
import type { Link, LinkListener, LinkLoss } from '../../src/ports/link.js';

/** How this printer differs from a good one. */
export interface Script {
  /** What it says to `DLE EOT` 1 to 4. Default: `12 12 12 12`, all well. */
  answers: [number, number, number, number];
  /** How long an answer is on its way. Default 1. */
  latencyMs: number;
  /** How long bytes take to get to it, if not half of `latencyMs`. */
  wireMs: number | undefined;
  /** How long one line takes to print. Default 10. */
  lineMs: number;
  /** Says nothing at all. */
  mute: boolean;
  /** Does not answer `DLE EOT`. */
  deafToRealtime: boolean;
  /** Does not confirm: neither `GS ( H` nor `GS r`. */
  confirmsNothing: boolean;
  /** Ignores `DLE DC4` 8. */
  cannotClear: boolean;
  /** Put between the bytes of a process ID response, after so many of them. */
  inResponse: { after: number; bytes: number[] } | undefined;
  /** Loses every so-manieth byte that it is sent. 0: none. */
  losesEvery: number;
}

const CLEAR = '\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08';

/**
 * A link with a printer at its end, as a script wants it. It knows the few commands that the driver uses, as literal
 * bytes from the manuals, prints lines of text one after the other, and keeps what it heard and what is on the paper.
 */
export class ScriptedPrinter implements Link {
  readonly address = 'scripted';
  readonly pendingBytes = 0;
  readonly script: Script = {
    answers: [0x12, 0x12, 0x12, 0x12],
    latencyMs: 1,
    wireMs: undefined,
    lineMs: 10,
    mute: false,
    deafToRealtime: false,
    confirmsNothing: false,
    cannotClear: false,
    inResponse: undefined,
    losesEvery: 0,
  };
  /** Everything that reached the printer, as latin1. */
  heard = '';
  /** Lines of each piece of paper; the last one is still in the printer. Symbols and cuts are not among them. */
  pieces: string[][] = [[]];
  /** When the link was asked to open. */
  readonly openedAtMs: number[] = [];
  plugged = true;
  /** Runs once, when so many bytes have reached the printer. */
  atByte: { byte: number; run: () => void } | undefined;
  /** Runs before the line of that number (over all pieces, from 1) is printed. */
  beforeLine = new Map<number, () => void>();

  readonly #clock: Clock;
  #listener: LinkListener | undefined;
  #up = false;
  #session = 0;
  #bytes = 0;
  #recent = '';
  #inbox = '';
  #line = '';
  #lines = 0;
  #busy = false;
  #statusBack = false;
  /** A fault stops the paper, not the parser. */
  #stopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get printed(): string[] {
    return this.pieces.flat();
  }

  /** The IDs that it was asked to send back, in order. */
  processIds(): number[][] {
    const [, ...after] = this.heard.split('\x1d(H\x06\x0000');
    return after.map((rest) => [...Buffer.from(rest.slice(0, 4), 'latin1')]);
  }

  // As a link.

  open(listener: LinkListener): void {
    this.openedAtMs.push(this.#clock.now());
    this.#listener = listener;
    const session = ++this.#session;
    this.#clock.setTimeout(() => {
      if (session !== this.#session) return;
      this.#up = this.plugged;
      if (this.#up) listener.opened();
      else listener.lost({ code: 'missing', message: 'scripted: not there' });
    }, 1);
  }

  write(bytes: Uint8Array): void {
    if (!this.#up) return;
    const session = this.#session;
    this.#clock.setTimeout(
      () => {
        if (session === this.#session) this.#arrive(bytes);
      },
      this.script.wireMs ?? this.script.latencyMs / 2,
    );
  }

  reading(): void {}

  close(): void {
    this.#session++;
    this.#up = false;
    this.#listener = undefined;
  }

  // As hands and fate.

  unplug(loss: LinkLoss = { code: 'lost', message: 'scripted: unplugged' }): void {
    this.plugged = false;
    if (!this.#up) return;
    this.#up = false;
    this.#session++;
    const listener = this.#listener;
    this.#clock.setTimeout(() => listener?.lost(loss), 0);
  }

  plug(): void {
    this.plugged = true;
  }

  /** Says these bytes now. */
  say(...bytes: number[]): void {
    if (this.script.mute) return;
    const session = this.#session;
    this.#clock.setTimeout(() => {
      if (session === this.#session && this.#up) this.#listener?.received(Uint8Array.from(bytes));
    }, this.script.latencyMs / 2);
  }

  /** The paper stops, `DLE EOT` answers so from now on, and an automatic status says so if it was asked for. */
  fault(answers: [number, number, number, number], asb: [number, number, number, number]): void {
    this.#stopped = true;
    this.script.answers = answers;
    if (this.#statusBack) this.say(...asb);
  }

  jam(): void {
    this.fault([0x1a, 0x52, 0x16, 0x12], [0x18, 0x04, 0x00, 0x00]);
  }

  paperOut(): void {
    this.fault([0x1a, 0x32, 0x12, 0x72], [0x18, 0x00, 0x0c, 0x00]);
  }

  coverOpen(): void {
    this.fault([0x1a, 0x16, 0x12, 0x12], [0x38, 0x00, 0x00, 0x00]);
  }

  /** The cause is gone and it prints again. A jam needs `DLE ENQ` 2 on top, which then calls this: see `recoverable`. */
  well(): void {
    this.#stopped = false;
    this.script.answers = [0x12, 0x12, 0x12, 0x12];
    if (this.#statusBack) this.say(0x10, 0, 0, 0);
    this.#print();
  }

  /** The next `DLE ENQ` 2 puts things right. */
  recoverable = false;

  /** Off and on again: everything forgotten but the paper. Dark for `darkMs`. */
  powerCycle(darkMs: number): void {
    this.#inbox = '';
    this.#line = '';
    this.#recent = '';
    this.#statusBack = false;
    const { mute } = this.script;
    this.script.mute = true;
    this.#stopped = true;
    this.#clock.setTimeout(() => {
      this.script.mute = mute;
      this.#inbox = '';
      this.#stopped = false;
    }, darkMs);
  }

  // As a printer.

  #arrive(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (!this.#up) return;
      this.#bytes++;
      if (this.script.losesEvery > 0 && this.#bytes % this.script.losesEvery === 0) continue;
      const char = String.fromCharCode(byte);
      this.heard += char;
      this.#inbox += char;
      this.#recent = (this.#recent + char).slice(-CLEAR.length);
      this.#realtime();
      if (this.#bytes === this.atByte?.byte) this.atByte.run();
    }
    this.#print();
  }

  #realtime(): void {
    const recent = this.#recent;
    if (recent.endsWith(CLEAR) && !this.script.cannotClear) {
      this.#inbox = '';
      this.#line = '';
      this.say(0x37, 0x25, 0x00);
    } else if (recent.at(-3) === '\x10' && recent.at(-2) === '\x04') {
      const answer = this.script.answers[recent.charCodeAt(recent.length - 1) - 1];
      if (answer !== undefined && !this.script.deafToRealtime) this.say(answer);
    } else if (recent.endsWith('\x10\x05\x02') && this.recoverable) {
      this.recoverable = false;
      this.#inbox = '';
      this.#line = '';
      this.well();
    }
  }

  #print(): void {
    while (!this.#busy && !this.#stopped && this.#inbox !== '') {
      const length = lengthOf(this.#inbox);
      if (length === 0) this.#text();
      else if (length > this.#inbox.length) return;
      else this.#take(this.#inbox.slice(0, length));
    }
  }

  #text(): void {
    const char = this.#inbox[0] ?? '';
    if (char !== '\n') {
      this.#inbox = this.#inbox.slice(1);
      if (char !== '\r') this.#line += char;
      return;
    }
    const before = this.beforeLine.get(this.#lines + 1);
    this.beforeLine.delete(this.#lines + 1);
    before?.();
    if (this.#stopped) return;
    this.#inbox = this.#inbox.slice(1);
    this.#lines++;
    if (this.#line !== '') this.pieces.at(-1)?.push(this.#line); // An empty line leaves nothing to see.
    this.#line = '';
    this.#busy = true;
    this.#clock.setTimeout(() => {
      this.#busy = false;
      this.#print();
    }, this.script.lineMs);
  }

  #take(command: string): void {
    this.#inbox = this.#inbox.slice(command.length);
    if (command === '\x1dVB\0') this.pieces.push([]);
    else if (command.startsWith('\x1da')) {
      this.#statusBack = command !== '\x1da\0';
      if (this.#statusBack) this.say(0x10, 0, 0, 0);
    } else if (command === '\x1dIC') this.say(0x5f, ...Buffer.from('SCRIPTED'), 0);
    else if (command.startsWith('\x1d(H') && !this.script.confirmsNothing) this.#respond(command.slice(-4));
    else if (command === '\x1dr\x01' && !this.script.confirmsNothing) this.say(0x00);
  }

  #respond(id: string): void {
    const response = [0x37, 0x22, ...Buffer.from(id, 'latin1'), 0x00];
    const { inResponse } = this.script;
    if (inResponse !== undefined) response.splice(inResponse.after, 0, ...inResponse.bytes);
    this.say(...response);
  }
}

/** Commands by their first bytes, and how long each is with its parameters. */
const COMMANDS: readonly (readonly [string, number])[] = [
  ['\x10\x04', 3],
  ['\x10\x05', 3],
  ['\x10\x14', 10],
  ['\x1b@', 2],
  ['\x1c&', 2],
  ['\x1c.', 2],
  ['\x1dV', 4],
  ['\x1d(', 5],
  ['\x1dv', 8],
  ['\x1b', 3],
  ['\x1c', 3],
  ['\x1d', 3],
  ['\x10', 3],
  ['\0', 1],
];

/** Length of the command that the data begins with, as far as it can be told yet; 0: text. */
function lengthOf(data: string): number {
  const length = COMMANDS.find(([prefix]) => data.startsWith(prefix))?.[1] ?? 0;
  const little = (at: number) => data.charCodeAt(at) + 256 * data.charCodeAt(at + 1);
  if (data.startsWith('\x1d(') && data.length >= 5) return 5 + little(3);
  if (data.startsWith('\x1dv') && data.length >= 8) return 8 + little(4) * little(6);
  return length;
}
