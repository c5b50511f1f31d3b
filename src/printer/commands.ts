/** The commands by which driver and printer understand each other, as literal bytes. Sources: facts in the ESC/POS manuals. */

/** `DLE EOT` 1 to 4 in one go: printer, offline cause, error cause, paper. Each is answered by one byte, in order. */
export const DLE_EOT_ALL = Uint8Array.of(0x10, 0x04, 1, 0x10, 0x04, 2, 0x10, 0x04, 3, 0x10, 0x04, 4);
/** Recovers from a recoverable error whose cause is gone; clears receive and print buffers, keeps settings. */
export const DLE_ENQ_2 = Uint8Array.of(0x10, 0x05, 2);
/** Clears the buffers, and with them a command cut short. Answered by `37 25 00`; nothing may be sent before that. */
export const DLE_DC4_8 = Uint8Array.of(0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8);
/** Automatic status back for online/offline, errors and paper; not for the drawer, which is nobody's business here. */
export const ASB_ON = Uint8Array.of(0x1d, 0x61, 0x0e);
/** Without it, the lone answer byte of `GS r` cannot be mistaken for the rest of an ASB that lost its first byte. */
export const ASB_OFF = Uint8Array.of(0x1d, 0x61, 0x00);
/** The model's name, answered by `5F … 00`. */
export const GS_I_MODEL = Uint8Array.of(0x1d, 0x49, 67);
/** Paper status, answered when the command is reached. */
export const GS_R_PAPER = Uint8Array.of(0x1d, 0x72, 1);
export const ESC_INITIALIZE = Uint8Array.of(0x1b, 0x40);

/** Bytes of `GS ( H` fn 48. */
export const PROCESS_ID_COMMAND_BYTES = 11;

/** `GS ( H` fn 48 at `at`: the printer sends `37 22 d1 d2 d3 d4 00` when all before it is on the paper. */
export function putProcessIdRequest(into: Uint8Array, at: number, processId: number): void {
  into[at] = 0x1d;
  into[at + 1] = 0x28;
  into[at + 2] = 0x48;
  into[at + 3] = 6;
  into[at + 4] = 0;
  into[at + 5] = 0x30;
  into[at + 6] = 0x30;
  into[at + 7] = processId >>> 24;
  into[at + 8] = (processId >>> 16) & 0xff;
  into[at + 9] = (processId >>> 8) & 0xff;
  into[at + 10] = processId & 0xff;
}
