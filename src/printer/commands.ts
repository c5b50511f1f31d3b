/** The commands by which driver and printer understand each other, as literal bytes. Sources: facts in the ESC/POS manuals. */

/** `DLE EOT` 1 to 4 in one go: printer, offline cause, error cause, paper. Each is answered by one byte, in order. */
export const DLE_EOT_ALL = Uint8Array.of(0x10, 0x04, 1, 0x10, 0x04, 2, 0x10, 0x04, 3, 0x10, 0x04, 4);
/** Recovers from a recoverable error whose cause is gone; printing goes on with the line in which it happened. */
export const DLE_ENQ_1 = Uint8Array.of(0x10, 0x05, 1);
/** Recovers from a recoverable error whose cause is gone; clears receive and print buffers, keeps settings. */
export const DLE_ENQ_2 = Uint8Array.of(0x10, 0x05, 2);
/** Clears the buffers, and with them a command cut short. Answered by `37 25 00`; nothing may be sent before that. */
export const DLE_DC4_8 = Uint8Array.of(0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8);
/** Automatic status back for online/offline, errors and paper; not for the drawer, which is nobody's business here. */
export const ASB_ON = Uint8Array.of(0x1d, 0x61, 0x0e);
/** Without it, the lone answer byte of `GS r` cannot be mistaken for the rest of an ASB that lost its first byte. */
export const ASB_OFF = Uint8Array.of(0x1d, 0x61, 0x00);
/** The same commands with automatic status back left off, where they enable it at their beginning. */
export function withoutStatusBack(commands: Uint8Array): Uint8Array {
  const at = Buffer.from(commands.subarray(0, 16)).indexOf(ASB_ON);
  if (at === -1) return commands;
  const quiet = Uint8Array.from(commands);
  quiet.set(ASB_OFF, at);
  return quiet;
}
/** The model's name, answered by `5F … 00`. */
export const GS_I_MODEL = Uint8Array.of(0x1d, 0x49, 67);
/** Paper status, answered when the command is reached. */
export const GS_R_PAPER = Uint8Array.of(0x1d, 0x72, 1);
export const ESC_INITIALIZE = Uint8Array.of(0x1b, 0x40);

/** `GS ( H` fn 48: the printer sends `37 22 d1 d2 d3 d4 00` when all before it is on the paper. */
export function processIdRequest(id: number): Uint8Array {
  const bytes = Uint8Array.of(0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, 0, 0, 0, 0);
  bytes[7] = id >>> 24;
  bytes[8] = (id >>> 16) & 0xff;
  bytes[9] = (id >>> 8) & 0xff;
  bytes[10] = id & 0xff;
  return bytes;
}
