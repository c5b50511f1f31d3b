import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { PaperjamError } from '../base/errors.js';
import { DEFAULT_TIMINGS } from '../terminal/timings.js';
import { checkYaml, readYamlFile } from './yaml-file.js';

const ms = (least: number) => z.int().min(least).max(86_400_000);
const count = z.int().min(1).max(1_000);

const TIMINGS = z
  .strictObject({
    scanTimeoutMs: ms(1),
    authorizeTimeoutMs: ms(1),
    queryTimeoutMs: ms(1),
    queryIntervalMs: ms(1),
    queryLimit: count,
    cancelTimeoutMs: ms(1),
    cancelIntervalMs: ms(1),
    cancelLimit: count,
    guardFirstMs: ms(1),
    guardEveryMs: ms(1),
    resultMs: ms(0),
  })
  .partial()
  .transform((given) => ({ ...DEFAULT_TIMINGS, ...given }));

const MERCHANT = z.strictObject({
  name: z.string().min(1).max(64).default('街角咖啡 Corner Cafe').describe('stands at the head of every ticket'),
  terminalId: z
    .string()
    .regex(/^[A-Za-z0-9]{1,12}$/, 'must be 1 to 12 letters or digits')
    .default('T01')
    .describe('begins every order number'),
  utcOffsetMinutes: z.int().min(-720).max(840).default(480).describe('local time on tickets; 480 is China'),
});

const PLATFORM = z.strictObject({
  gateway: z.url().describe('the gateway of Alipay, of its sandbox, or of another emulated platform'),
  appId: z.string().min(1),
  privateKeyFile: z.string().describe('the application private key (应用私钥); a path from the configuration file'),
  platformPublicKeyFile: z
    .string()
    .describe('the public key of Alipay (支付宝公钥); a path from the configuration file'),
  timeoutMs: ms(1).optional(),
});

const CONFIG = z.strictObject({
  lang: z.enum(['zh', 'en']).default('zh'),
  merchant: MERCHANT.prefault({}),
  policy: z.strictObject({ reprint: z.enum(['ask', 'when-ready']).default('ask') }).prefault({}),
  timings: TIMINGS.prefault({}),
  device: z.string().default('epson-tm-m30').describe('a printer profile of devices/printers'),
  printer: z
    .string()
    .regex(
      /^(emulated|\/.+|COM\d+|tcp:\/\/.+:\d+)$/,
      'must be emulated, a serial path such as /dev/ttyUSB0, or tcp://host:port',
    )
    .default('emulated'),
  baud: z.int().min(300).max(4_000_000).optional().describe("the serial line's rate; the profile's if nothing is said"),
  scanner: z.string().optional().describe('the path of a serial scanner'),
  platform: PLATFORM.optional().describe('a platform elsewhere; the emulated one if nothing is said'),
  port: z.int().min(0).max(65_535).optional().describe('of the control API on loopback; 0 takes a free one'),
});

export type Config = z.infer<typeof CONFIG>;

/** A platform elsewhere, with the keys read. */
export interface PlatformAccess {
  readonly gateway: string;
  readonly appId: string;
  readonly privateKey: string;
  readonly platformPublicKey: string;
  readonly timeoutMs?: number | undefined;
}

/**
 * Reads a YAML configuration. `overrides`, from the command line, win. Without a file all is default. Throws
 * `PJ_CONFIG`, naming file, path, value and what is allowed.
 */
export function readConfig(file: string | undefined, overrides: Partial<z.input<typeof CONFIG>> = {}): Config {
  if (file === undefined) return checkYaml({}, 'of the command line', CONFIG, 'PJ_CONFIG', overrides);
  return readYamlFile(file, CONFIG, 'PJ_CONFIG', overrides);
}

/** The keys of a platform elsewhere, from their files. */
export function readAccess(platform: NonNullable<Config['platform']>, configFile: string | undefined): PlatformAccess {
  const { gateway, appId, timeoutMs } = platform;
  const key = (field: 'privateKeyFile' | 'platformPublicKeyFile') => {
    const path = resolve(configFile === undefined ? '.' : dirname(configFile), platform[field]);
    try {
      return readFileSync(path, 'utf8');
    } catch (cause) {
      const problem = `${path} cannot be read (${String(cause)})`;
      throw new PaperjamError('PJ_CONFIG', { file: configFile, path: `platform.${field}`, problem }, { cause });
    }
  };
  return {
    gateway,
    appId,
    privateKey: key('privateKeyFile'),
    platformPublicKey: key('platformPublicKeyFile'),
    timeoutMs,
  };
}
