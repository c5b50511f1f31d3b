/** A real-time command that has just come in whole. */
export type RealTimeCommand =
  /** `DLE EOT n` */
  | { readonly kind: 'status'; readonly n: number }
  /** `DLE ENQ n` */
  | { readonly kind: 'request'; readonly n: number }
  /** `DLE DC4 1 m t`: pulse at pin 2 (m 0) or 5 (m 1), `t` times 100 ms. */
  | { readonly kind: 'pulse'; readonly m: number; readonly t: number }
  /** `DLE DC4 2 1 8` */
  | { readonly kind: 'power-off' }
  /** `DLE DC4 8 1 3 20 1 6 2 8` */
  | { readonly kind: 'clear' };

const DLE = 0x10;
const EOT = 0x04;
const ENQ = 0x05;
const DC4 = 0x14;

/** `DLE EOT` 1 to 4, from place 1 on. */
const STATUS: readonly (RealTimeCommand | undefined)[] = [undefined, ...[1, 2, 3, 4].map(statusQuestion)];

function statusQuestion(n: number): RealTimeCommand {
  return { kind: 'status', n };
}

const POWER_OFF = [DLE, DC4, 2, 1, 8];
const CLEAR = [DLE, DC4, 8, 1, 3, 20, 1, 6, 2, 8];

/**
 * Watches the bytes as they come in for real-time commands, wherever they stand: "the status is transmitted whenever the
 * data sequence 10H 04H n is received" (TM-T88III), even inside image data. The bytes stay data of the stream as well.
 */
export class RealTimeWatch {
  /** The bytes of what may become a command, from DLE on. */
  readonly #seen: number[] = [];
  /** The command at whose end `next` stopped. */
  command: RealTimeCommand | undefined;

  reset(): void {
    this.#seen.length = 0;
  }

  /** Looks at bytes from `start` on, to the end or to the first command that is complete (`command`); says up to where. */
  next(bytes: Uint8Array, start: number): number {
    this.command = undefined;
    for (let at = start; at < bytes.length; ) {
      if (this.#seen.length === 0) {
        const dle = bytes.indexOf(DLE, at);
        if (dle < 0) break;
        at = dle;
        // Most are these, whole: a driver asks every other second.
        this.command = bytes[at + 1] === EOT ? STATUS[bytes[at + 2] ?? 0] : undefined;
        if (this.command !== undefined) return at + 3;
      }
      this.command = this.#take(bytes[at] ?? 0);
      at++;
      if (this.command === undefined) continue;
      this.#seen.length = 0;
      return at;
    }
    return bytes.length;
  }

  #take(byte: number): RealTimeCommand | undefined {
    const seen = this.#seen;
    seen.push(byte);
    for (;;) {
      const command = complete(seen);
      if (command !== undefined) return command;
      if (couldBegin(seen)) return undefined;
      seen.shift(); // It was not one; perhaps one begins further on in the same bytes.
      while (seen.length > 0 && seen[0] !== DLE) seen.shift();
      if (seen.length === 0) return undefined;
    }
  }
}

function complete(seen: readonly number[]): RealTimeCommand | undefined {
  const [, second, third = -1, fourth = -1, fifth = -1] = seen;
  if (seen.length === 3 && second === EOT) return STATUS[third];
  if (seen.length === 3 && second === ENQ && third >= 0 && third <= 2) return { kind: 'request', n: third };
  if (second !== DC4) return undefined;
  if (seen.length === 5 && third === 1 && isPulse(fourth, fifth)) return { kind: 'pulse', m: fourth, t: fifth };
  if (seen.length === POWER_OFF.length && begins(POWER_OFF, seen)) return { kind: 'power-off' };
  if (seen.length === CLEAR.length && begins(CLEAR, seen)) return { kind: 'clear' };
  return undefined;
}

function couldBegin(seen: readonly number[]): boolean {
  const [first, second, third, fourth = 0] = seen;
  if (first !== DLE) return false;
  if (seen.length === 1) return true;
  if (second === EOT || second === ENQ) return seen.length === 2;
  if (second !== DC4) return false;
  if (seen.length === 2) return true;
  if (third === 1) return seen.length === 3 || (seen.length === 4 && isPulse(fourth, 1));
  return (
    (seen.length < POWER_OFF.length && begins(POWER_OFF, seen)) || (seen.length < CLEAR.length && begins(CLEAR, seen))
  );
}

function isPulse(m: number, t: number): boolean {
  return (m === 0 || m === 1) && t >= 1 && t <= 8;
}

function begins(whole: readonly number[], seen: readonly number[]): boolean {
  return seen.every((byte, index) => byte === whole[index]);
}
