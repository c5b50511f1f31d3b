import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { PaperjamError } from '../base/errors.js';
import { parseYuan } from '../base/money.js';
import { DEFAULT_TIMINGS } from '../terminal/timings.js';
import { DRIVER } from './driver-config.js';
import { TILLS } from './tills-config.js';
import { checkYaml, mappingOf, parseYamlFile } from './yaml-file.js';

const ms = (least: number) => z.int().min(least).max(86_400_000);
const count = z.int().min(1).max(1_000);

export const TIMINGS = z
  .strictObject({
    scanTimeoutMs: ms(1),
    authorizeTimeoutMs: ms(1),
    queryTimeoutMs: ms(1),
    queryIntervalMs: ms(1),
    queryLimit: count,
    cancelTimeoutMs: ms(1),
    cancelIntervalMs: ms(1),
    cancelLimit: count,
    codeLifeMs: ms(0),
    guardFirstMs: ms(1),
    guardEveryMs: ms(1),
    resultMs: ms(0),
    promptMs: ms(1),
    digitalMs: ms(1),
  })
  .partial()
  .transform((given) => ({ ...DEFAULT_TIMINGS, ...given }));

export const MERCHANT = z.strictObject({
  name: z.string().min(1).max(64).default('街角咖啡 Corner Cafe').describe('stands at the head of every ticket'),
  terminalId: z
    .string()
    .regex(/^[A-Za-z0-9]{1,12}$/, 'must be 1 to 12 letters or digits')
    .default('T01')
    .describe('begins every order number'),
  merchantNo: z
    .string()
    .regex(/^[A-Za-z0-9]{1,32}$/, 'must be 1 to 32 letters or digits; put a number in quotes')
    .optional()
    .describe('the number with the platform or the bank; stands on every ticket'),
  utcOffsetMinutes: z.int().min(-720).max(840).default(480).describe('local time on tickets; 480 is China'),
  digitalTicketUrl: z
    .string()
    .max(300)
    .refine(isTicketUrl, 'must be an http or https URL with {orderNo} in it, such as https://example.com/t/{orderNo}')
    .refine(hasRoomForTicket, 'must have at most 120 characters beside the order number, so that a signed ticket fits')
    .optional()
    .describe(
      'the code on the ticket leads there, and so do digital tickets, signed; else the code holds the order number',
    ),
});

/** In ASCII without spaces, as URLs are; the order number behind the host, and no other braces. */
function isTicketUrl(template: string): boolean {
  const url = template.replaceAll('{orderNo}', 'T0120260101080000976204');
  const shape = /^https?:\/\/[^/?#{}]+[/?#]/i;
  return url !== template && shape.test(template) && /^[!-z|~]+$/.test(url) && URL.canParse(url);
}

/** A digital ticket stands in the first place, the bare order number in every other. */
function hasRoomForTicket(template: string): boolean {
  return template.replace('{orderNo}', '').replaceAll('{orderNo}', '0'.repeat(32)).length <= 120;
}

/** YAML has numbers, so yuan come as one or as text. */
const YUAN = z.union([z.number(), z.string()]).transform((given, context) => {
  try {
    return parseYuan(String(given));
  } catch (error) {
    if (!(error instanceof PaperjamError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
});

const TICKET = z
  .strictObject({
    merchantCopy: z.boolean().default(false).describe('a second copy, which the merchant keeps'),
    signature: z
      .union(
        [
          z.enum(['never', 'always']),
          z.strictObject({ aboveYuan: YUAN }).transform(({ aboveYuan }) => ({ aboveFen: aboveYuan })),
        ],
        { error: 'must be never, always, or an amount that asks for it: {aboveYuan: 1000}' },
      )
      .default('never')
      .describe("a line for the customer's signature on the merchant's copy"),
    lang: z.enum(['both', 'zh', 'en']).default('both').describe('of the ticket; a printer without Chinese prints en'),
  })
  .refine(({ merchantCopy, signature }) => merchantCopy || signature === 'never', {
    path: ['signature'],
    message: 'needs merchantCopy: true, since it is the copy of the merchant that is signed',
  });

export const POLICY = z
  .strictObject({
    reprint: z
      .enum(['ask', 'when-ready'])
      .default('ask')
      .describe('after a print fault: ask the cashier, or by itself'),
    unprinted: z
      .enum(['keep-and-reprint', 'void-if-unprinted', 'offer-digital'])
      .default('keep-and-reprint')
      .describe('what becomes of a paid sale whose ticket did not come out'),
    voidAfterMs: ms(0).optional().describe('with void-if-unprinted: how long after the first failure; default 60000'),
    paper: z.enum(['optional', 'required']).default('optional').describe('required: no sale without a paper ticket'),
    print: z.enum(['at-once', 'prompt']).default('at-once').describe('prompt: ask first whether a ticket is wanted'),
    ticket: TICKET.prefault({}),
  })
  .refine(({ unprinted, voidAfterMs }) => unprinted === 'void-if-unprinted' || voidAfterMs === undefined, {
    path: ['voidAfterMs'],
    message: 'needs unprinted: void-if-unprinted',
  })
  .refine(({ unprinted, paper }) => unprinted !== 'offer-digital' || paper !== 'required', {
    path: ['paper'],
    message: 'cannot be required together with unprinted: offer-digital, which gives a ticket that is none of paper',
  })
  .transform(({ voidAfterMs, ...policy }) => (voidAfterMs === undefined ? policy : { ...policy, voidAfterMs }));

const mib = z.number().min(0).max(65_536);

const EVIDENCE = z.strictObject({
  lineMiB: mib.default(16).describe("kept of what went over the printer's line, job by job; 0 keeps nothing"),
  platformLogMiB: mib
    .default(16)
    .describe('kept of what the emulated platform was asked and answered; 0 keeps nothing'),
});

const PLATFORM = z.strictObject({
  gateway: z.url().describe('the gateway of Alipay, of its sandbox, or of another emulated platform'),
  appId: z.string().min(1),
  privateKeyFile: z.string().describe('the application private key (应用私钥); a path from the configuration file'),
  platformPublicKeyFile: z
    .string()
    .describe('the public key of Alipay (支付宝公钥); a path from the configuration file'),
  timeoutMs: ms(1).optional(),
  notifyUrl: z
    .url()
    .optional()
    .describe('where that platform reaches POST /v1/notify/alipay of this terminal; without it there are no notices'),
});

const CONFIG = z.strictObject({
  lang: z.enum(['zh', 'en']).default('zh'),
  merchant: MERCHANT.prefault({}),
  policy: POLICY.prefault({}),
  timings: TIMINGS.prefault({}),
  device: z.string().default('epson-tm-m30').describe('a printer profile of devices/printers'),
  printer: z
    .string()
    .regex(
      /^(emulated|in-process|\/.+|COM\d+|tcp:\/\/.+:\d+)$/,
      'must be emulated, in-process, a serial path such as /dev/ttyUSB0, or tcp://host:port',
    )
    .default('emulated'),
  baud: z.int().min(300).max(4_000_000).optional().describe("the serial line's rate; the profile's if nothing is said"),
  driver: DRIVER.prefault({}),
  evidence: EVIDENCE.prefault({}),
  scanner: z.string().optional().describe('the path of a serial scanner'),
  platform: PLATFORM.optional().describe('a platform elsewhere; the emulated one if nothing is said'),
  emulatedPlatform: z
    .enum(['http', 'in-process'])
    .default('http')
    .describe("how the emulated platform is asked: signed, over HTTP by the vendor's SDK; or unsigned in this process"),
  delays: z
    .enum(['real', 'none'])
    .default('real')
    .describe("none: an emulated printer's line and mechanism and the way to an in-process platform take no time"),
  notify: z.boolean().default(false).describe('the emulated platform tells of payments by itself too'),
  tills: TILLS.prefault({}).describe('the protocols in which tills are served, and who pays'),
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
  readonly notifyUrl?: (() => string) | undefined;
}

/**
 * Reads a YAML configuration. `overrides`, from the command line, win. Without a file all is default. Throws
 * `PJ_CONFIG`, naming file, path, value and what is allowed.
 */
export function readConfig(file: string | undefined, overrides: ConfigOverrides = {}): Config {
  return checkConfig(rawConfig(file, overrides), file);
}

/** What is laid over a configuration file, in the words of the file. */
export type ConfigOverrides = Partial<z.input<typeof CONFIG>>;

/** The configuration as it was written, not looked at yet. */
export function rawConfig(file: string | undefined, overrides: ConfigOverrides = {}): object {
  const written = file === undefined ? {} : parseYamlFile(file, 'PJ_CONFIG');
  return { ...mappingOf(written, file ?? COMMAND_LINE, 'PJ_CONFIG'), ...overrides };
}

/** Throws `PJ_CONFIG`, naming path, value and what is allowed. */
export function checkConfig(raw: object, file: string | undefined): Config {
  return checkYaml(raw, file ?? COMMAND_LINE, CONFIG, 'PJ_CONFIG');
}

const COMMAND_LINE = 'of the command line';

/** The keys of a platform elsewhere, from their files. */
export function readAccess(platform: NonNullable<Config['platform']>, configFile: string | undefined): PlatformAccess {
  const { gateway, appId, timeoutMs, notifyUrl } = platform;
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
    ...(notifyUrl === undefined ? {} : { notifyUrl: () => notifyUrl }),
  };
}
