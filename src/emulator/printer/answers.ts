import type { PrinterProfile } from '../../ports/device.js';

/** Every answer of one byte. They are handed on as they are, and nobody changes them. */
const ANSWERS = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));

export function oneByte(byte: number): Uint8Array {
  return ANSWERS[byte & 0xff] ?? Uint8Array.of(byte);
}

/** `GS I n` 1 to 3 are one byte of the form 0xx0xxxx. */
const ONE_BYTE = 0x6f;
/** The model ID of the TM-T88 line, which most compatible printers give as theirs. */
const USUAL_MODEL_ID = 0x20;

/** The answer to `GS I n`; `undefined` for an `n` that is not answered. */
export function identity(n: number, profile: PrinterProfile): Uint8Array | undefined {
  const known = profile.identity ?? {};
  switch (n) {
    case 1:
    case 49:
      return oneByte((known.modelId ?? USUAL_MODEL_ID) & ONE_BYTE);
    case 2:
    case 50:
      return oneByte((profile.cjk === 'none' ? 0x00 : 0x01) | (profile.cutter ? 0x02 : 0x00));
    case 3:
    case 51:
      return oneByte((known.versionId ?? 0x01) & ONE_BYTE);
    case 65:
      return block(known.firmware);
    case 66:
      return block(known.maker ?? profile.maker);
    case 67:
      return block(known.model ?? profile.model);
    case 68:
      return block(known.serial);
    case 69:
      return block(known.language);
    default:
      return undefined;
  }
}

/** `5F … 00`. */
function block(text = ''): Uint8Array {
  return Buffer.from(`\x5f${text}\0`, 'latin1');
}
