import { readdirSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isEmulated } from '../../../emulator/printer/language.js';
import type { PrinterProfile } from '../../../ports/device.js';
import { printerNames, readPrinterProfile } from '../../../world/devices.js';

/** A printer that a run may have. */
export interface SweptPrinter {
  /** What a fixture calls it: a name, or a file as seen from the working folder. */
  readonly device: string;
  readonly profile: PrinterProfile;
}

/** Printers of no make, for what no model of `devices/` does. */
const KINDS = realpathSync(fileURLToPath(new URL('../../../../fixtures/devices', import.meta.url)));

let models: readonly SweptPrinter[] | undefined;
let kinds: readonly SweptPrinter[] | undefined;

/** Every model of `devices/` that there is an emulated printer of. */
export function emulatedModels(): readonly SweptPrinter[] {
  models ??= printerNames()
    .map(swept)
    .filter(({ profile }) => isEmulated(profile));
  return models;
}

/**
 * Those of `fixtures/devices`: that prove by `DLE EOT` and the time, or tell their status and prove nothing. Not the one that
 * says nothing at all: a driver that refuses to print blindly, as some that are drawn do, would never print on it.
 */
export function otherKinds(): readonly SweptPrinter[] {
  kinds ??= readdirSync(KINDS)
    .sort()
    .map((file) => swept(relative(process.cwd(), join(KINDS, file))))
    .filter(({ profile }) => profile.status?.answersRealTime !== false);
  return kinds;
}

function swept(device: string): SweptPrinter {
  return { device, profile: readPrinterProfile(device) };
}
