import type { PrinterProfile } from '../ports/device.js';

/** What a printer of this model says when all is well; `undefined`: it keeps silent. Bytes as in the manuals, with the model's own bits. */

/** The drawer's bit depends on what is plugged in, so it is left out wherever it stands. */
export const DRAWER = { realTime: 0x04, automatic: 0x04, queued: 0x01 } as const;

/** `DLE EOT` is answered at all. What does not answer it cannot be asked how it is. */
export function answersRealTime({ status }: PrinterProfile): boolean {
  return status?.answersRealTime !== false;
}

/** Why nothing is measured that takes an answer to `DLE EOT`. */
export const TELLS_NO_STATUS = 'this model answers no DLE EOT';

/** By its profile it answers no question that could prove printing. */
export function provesNothing({ checkpoint, status }: PrinterProfile): boolean {
  return (checkpoint === 'none' || checkpoint === 'DLE EOT') && status?.answersQueued === false;
}

/** `DLE EOT n`: bits 1 and 4 set, all others clear. */
export function realTimeByte(profile: PrinterProfile, n: 1 | 2 | 3 | 4): number | undefined {
  if (!answersRealTime(profile)) return undefined;
  const { never = 0, always = 0 } = profile.status?.realTime?.[n] ?? {};
  const byte = (0x12 & ~never) | always;
  return n === 1 ? byte & ~DRAWER.realTime : byte;
}

/** `GS r n`. */
export function queuedByte(profile: PrinterProfile): number | undefined {
  return profile.status?.answersQueued === false ? undefined : 0x00;
}

/** The four bytes of `GS a`: bit 4 of the first is set. */
export function automaticBytes(profile: PrinterProfile): readonly number[] | undefined {
  const { automatic = 'changes', automaticBits } = profile.status ?? {};
  if (automatic === 'never') return undefined;
  const bits = (i: number) => ({ never: automaticBits?.never[i] ?? 0, always: automaticBits?.always[i] ?? 0 });
  return [0x10, 0, 0, 0].map(
    (byte, i) => ((byte & ~bits(i).never) | bits(i).always) & (i === 0 ? ~DRAWER.automatic : 0xff),
  );
}

/** `GS I 2`: bit 0 full-width characters, bit 1 an autocutter. */
export function typeId(profile: PrinterProfile): number {
  return (profile.cjk === 'none' ? 0 : 1) | (profile.cutter ? 2 : 0);
}

/** Bytes as words of a record: `10 00 00 00`; nothing said is `silence`. */
export function hex(bytes: readonly number[] | undefined): string {
  return bytes === undefined ? 'silence' : bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
