import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { PaperjamError } from '../base/errors.js';
import { nearest } from '../base/problem.js';
import type { PrinterProfile } from '../ports/device.js';
import { readYamlFile } from './yaml-file.js';

const PRINTERS = fileURLToPath(new URL('../../devices/printers/', import.meta.url));

const BYTE = z.int().min(0).max(255);
const FOUR_BYTES = z.tuple([BYTE, BYTE, BYTE, BYTE]);

/** What a file in `devices/printers` may hold; the fields are explained in `src/ports/device.ts`. */
export const PRINTER_PROFILE = z.strictObject({
  maker: z.string(),
  model: z.string(),
  language: z.enum(['escpos', 'star-line', 'star-prnt', 'daruma', 'tanca', 'brother', 'custom']).optional(),
  paper: z.strictObject({
    widthMm: z.number().min(20).max(120),
    printableDots: z.int().min(64).max(2_048),
    dpi: z.int().min(100).max(600),
  }),
  columns: z.int().min(10).max(120),
  speedMmPerS: z.number().min(1).max(1_000),
  receiveBufferBytes: z
    .int()
    .min(32)
    .max(1 << 24),
  baud: z.int().min(300).max(4_000_000),
  cjk: z.enum(['gb18030', 'big5', 'shift_jis', 'euc-kr', 'none']),
  memory: z
    .strictObject({
      nvGraphicsBytes: z
        .int()
        .min(0)
        .max(1 << 24),
      nvUserBytes: z
        .int()
        .min(0)
        .max(1 << 20),
      downloadBytes: z
        .int()
        .min(0)
        .max(1 << 24),
      macroBytes: z.int().min(0).max(65_536),
      pageDots: z.int().min(100).max(20_000),
    })
    .partial()
    .optional(),
  colours: z.union([z.literal(1), z.literal(2)]).optional(),
  checkpoint: z.enum(['GS ( H', 'GS r', 'DLE EOT', 'none']).default('GS r'),
  clearsBuffer: z.boolean(),
  cutter: z.boolean(),
  identity: z
    .strictObject({
      modelId: z.int().min(0).max(255),
      versionId: z.int().min(0).max(255),
      firmware: z.string(),
      maker: z.string(),
      model: z.string(),
      serial: z.string(),
      language: z.string(),
    })
    .partial()
    .optional(),
  codePages: z.record(z.string().regex(/^\d{1,3}$/), z.string()).optional(),
  cjkAtPowerOn: z.boolean().optional(),
  motionUnits: z.strictObject({ x: z.int().min(1).max(1_000), y: z.int().min(1).max(1_000) }).optional(),
  headToCutterMm: z.number().min(0).max(50).optional(),
  flowControl: z.enum(['dtr', 'xon/xoff']).optional(),
  busyWhen: z.enum(['full', 'full or offline']).optional(),
  overrun: z.enum(['held', 'dropped']).optional(),
  nearEndMm: z.number().min(0).max(100_000).optional(),
  paperEndAt: z.enum(['line', 'dot']).optional(),
  ribbon: z.strictObject({ sensor: z.boolean() }).optional(),
  status: z
    .strictObject({
      answersRealTime: z.boolean(),
      realTime: z.record(z.string().regex(/^[1-4]$/), z.strictObject({ never: BYTE, always: BYTE })),
      automatic: z.enum(['changes', 'once', 'never']),
      automaticBits: z.strictObject({ never: FOUR_BYTES, always: FOUR_BYTES }),
      answersQueued: z.boolean(),
      answersIdentity: z.boolean(),
    })
    .partial()
    .optional(),
  source: z.union([z.string(), z.array(z.string())]).optional(),
  assumed: z.union([z.string(), z.array(z.string())]).optional(),
});

/** The driver asks a printer for its status before anything else: one that tells none can prove nothing. */
const PROFILE_THAT_HOLDS = PRINTER_PROFILE.refine(
  ({ checkpoint, status }) => checkpoint === 'none' || status?.answersRealTime !== false,
  {
    message: 'must be none where status.answersRealTime is false: who tells no status proves nothing',
    path: ['checkpoint'],
  },
);

/** What a profile may hold, as a JSON schema, by which editors complete and check such files. */
export function printerProfileJsonSchema(): object {
  return z.toJSONSchema(PRINTER_PROFILE, { io: 'input' });
}

/** The names of the printer profiles in `devices/printers`. */
export function printerNames(): string[] {
  return readdirSync(PRINTERS)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();
}

/** A printer profile by name, or from a file of one's own. Throws `PJ_DEVICE_UNKNOWN`, `PJ_DEVICE`. */
export function readPrinterProfile(name: string): PrinterProfile {
  const own = name.endsWith('.yaml');
  const known = printerNames();
  if (!own && !known.includes(name)) {
    const near = nearest(name, known);
    const hint = near === undefined ? '' : ` Did you mean ${near}?`;
    throw new PaperjamError('PJ_DEVICE_UNKNOWN', { name, known: known.join(', '), hint });
  }
  const file = own ? name : `${PRINTERS}${name}.yaml`;
  if (!existsSync(file)) throw new PaperjamError('PJ_DEVICE_UNKNOWN', { name, known: known.join(', '), hint: '' });
  const { source: _, assumed: __, ...profile } = readYamlFile(file, PROFILE_THAT_HOLDS, 'PJ_DEVICE');
  return { id: basename(name, '.yaml'), ...profile };
}
