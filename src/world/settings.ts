import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../ground/make-folder.js';
import type { PrinterProfile } from '../ports/device.js';
import type { Config } from './config.js';
import { VERSION } from './version.js';

/** What a terminal was started with: versions, configuration without secrets, and the printer's profile. */
export function settingsOf(config: Config, profile: PrinterProfile, system: object): object {
  return { paperjam: VERSION, ...system, config: withoutSecrets(config), device: profile };
}

/** Where the control API is looked for unless the configuration names another port. */
export const USUAL_PORT = 7_717;

/** Where digital tickets are to be found: where the merchant says, else at the control API on this machine. */
export function ticketUrlOf({ merchant, port }: TicketPlace): string {
  return merchant.digitalTicketUrl ?? `http://127.0.0.1:${port || USUAL_PORT}/t/{orderNo}`;
}

interface TicketPlace {
  readonly merchant: { readonly digitalTicketUrl?: string | undefined };
  readonly port?: number | undefined;
}

/** Of the tills only whom they meet: tokens and passphrases are nobody's business, and ports are another day's. Keys are files, and only that there are some is told; an address is told without a password in it. */
function withoutSecrets({ platform, tills, ...rest }: Config): object {
  const device = rest.device.endsWith('.yaml') ? basename(rest.device) : rest.device;
  const config = { ...rest, tills: { faces: tills.faces, customer: tills.customer } };
  if (platform === undefined) return { ...config, device };
  const { gateway, appId, timeoutMs } = platform;
  const url = new URL(gateway);
  const shown = { gateway: `${url.origin}${url.pathname}`, appId, keys: 'removed' };
  return { ...config, device, platform: timeoutMs === undefined ? shown : { ...shown, timeoutMs } };
}

/** Writes the settings of this start, whole or not at all. Evidence is no reason to stop: what fails is thrown to who decides. */
export function writeSettings(path: string, settings: object): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  makeFolder(dirname(path), 0o700);
  try {
    fs.writeFileSync(draft, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
    fs.renameSync(draft, path);
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** Whether this choice of a printer is the emulated one, at a pseudo-terminal or in this process. */
export function isEmulated(printer: string): boolean {
  return printer === 'emulated' || printer === 'in-process';
}

const KNOWN = z.object({
  config: z.object({
    printer: z.string(),
    platform: z.unknown().optional(),
    port: z.number().optional(),
    merchant: z.object({
      name: z.string(),
      terminalId: z.string(),
      utcOffsetMinutes: z.number(),
      digitalTicketUrl: z.string().optional(),
    }),
  }),
  device: z.object({ paper: z.object({ printableDots: z.number(), dpi: z.number() }) }),
});

/** The settings of the last start, and what of them tells how the rest of the folder is to be read. */
export interface ReadSettings {
  readonly settings: object;
  /** Of the printer; of the usual one where nothing is known. */
  readonly paper: { readonly widthDots: number; readonly dpi: number };
  readonly emulatedPrinter: boolean;
  readonly emulatedPlatform: boolean;
  readonly merchant: z.infer<typeof KNOWN>['config']['merchant'];
  /** Of digital tickets, with `{orderNo}` in it. */
  readonly ticketUrl: string;
}

export function readSettings(path: string): ReadSettings {
  const settings = read(path);
  const known = KNOWN.safeParse(settings);
  const { config, device } = known.success ? known.data : USUAL;
  return {
    settings,
    paper: { widthDots: device.paper.printableDots, dpi: device.paper.dpi },
    emulatedPrinter: isEmulated(config.printer),
    emulatedPlatform: config.platform === undefined,
    merchant: config.merchant,
    ticketUrl: ticketUrlOf(config),
  };
}

const USUAL: z.infer<typeof KNOWN> = {
  config: { printer: 'emulated', merchant: { name: '', terminalId: 'T01', utcOffsetMinutes: 480 } },
  device: { paper: { printableDots: 576, dpi: 203 } },
};

function read(path: string): object {
  try {
    const value: unknown = JSON.parse(fs.readFileSync(path, 'utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // There are none: this folder was never started in since settings are kept.
  }
  return { note: 'the settings of the terminal were not kept' };
}
