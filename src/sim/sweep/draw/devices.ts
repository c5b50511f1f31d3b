import { isEmulated } from '../../../emulator/printer/language.js';
import type { PrinterProfile } from '../../../ports/device.js';
import { printerNames, readPrinterProfile } from '../../../world/devices.js';

let emulated: readonly PrinterProfile[] | undefined;

/** Every printer of `devices/` that there is an emulated one of. */
export function emulatedPrinters(): readonly PrinterProfile[] {
  emulated ??= printerNames()
    .map((name) => readPrinterProfile(name))
    .filter(isEmulated);
  return emulated;
}
