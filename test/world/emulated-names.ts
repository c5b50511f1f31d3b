import { isEmulated } from '../../src/emulator/printer/language.js';
import { printerNames, readPrinterProfile } from '../../src/world/devices.js';

/** The profiles whose language the emulated printer understands. */
export const EMULATED = printerNames().filter((name) => isEmulated(readPrinterProfile(name)));
