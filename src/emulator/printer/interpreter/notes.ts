/** Bytes that no command of this printer has, and where they stood in the stream. */
export interface UnknownBytes {
  readonly offset: number;
  readonly hex: string;
}

/** A command that was understood, and that this printer does not carry out. */
export interface Warning {
  readonly offset: number;
  readonly command: string;
}

const MOST_ENTRIES = 1_000;
const MOST_HEX_DIGITS = 64;

/** What the interpreter could not make sense of: bounded, because a stream of nonsense has no end. */
export class Notes {
  readonly unknownBytes: UnknownBytes[] = [];
  readonly warnings: Warning[] = [];
  /** All unknown bytes, also those that found no place in the list. */
  unknownCount = 0;

  /** Neighbours are told as one. */
  unknown(offset: number, bytes: Uint8Array): void {
    this.unknownCount += bytes.length;
    const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
    const last = this.unknownBytes[this.unknownBytes.length - 1];
    if (
      last !== undefined &&
      last.offset + last.hex.length / 2 === offset &&
      last.hex.length + hex.length <= MOST_HEX_DIGITS
    )
      this.unknownBytes[this.unknownBytes.length - 1] = { offset: last.offset, hex: last.hex + hex };
    else if (this.unknownBytes.length < MOST_ENTRIES) this.unknownBytes.push({ offset, hex });
  }

  warn(offset: number, command: string): void {
    if (this.warnings.length < MOST_ENTRIES) this.warnings.push({ offset, command });
  }
}
