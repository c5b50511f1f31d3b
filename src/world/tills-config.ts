import { z } from 'zod';
import { BEHAVIOURS } from '../emulator/platform/wallet.js';

/** The protocols in which tills can be served. */
export const FACES = ['api', 'nexo', 'square', 'stripe'] as const;
export type Face = (typeof FACES)[number];

const port = z.int().min(0).max(65_535);
const ms = z.int().min(0).max(86_400_000);

const CUSTOMER = z
  .strictObject({
    behaviour: z
      .enum(['none', ...BEHAVIOURS])
      .default('pays')
      .describe('none: nobody comes; the code is shown by other means'),
    afterMs: ms.optional().describe('how long one who is asked on the phone takes to decide; 3000 if nothing is said'),
    approachMs: ms.default(1_000).describe('from the request for money until a code is shown'),
  })
  .refine(({ behaviour, afterMs }) => behaviour !== 'none' || afterMs === undefined, {
    path: ['afterMs'],
    message: 'is for a customer who comes, and with behaviour: none nobody does',
  });

const NEXO = z
  .strictObject({
    port: port.optional().describe("of the terminal's own HTTPS; 8443, the only one where Adyen's library looks"),
    cloudPort: port.optional().describe('of /sync and /async; 7718 if nothing is said'),
    passphrase: z.string().min(1).max(256).optional().describe('messages are then encrypted, and plain ones refused'),
    keyIdentifier: z.string().min(1).max(64).default('paperjam').describe('names the key to the passphrase'),
    keyVersion: z.int().min(0).max(1_000_000).default(1),
    eventUrl: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('where event notifications and answers to /async go'),
    eventCredentials: z
      .string()
      .regex(/^[^:]+:.+$/, 'must be user:password')
      .optional()
      .describe('of that address'),
    testAmounts: z.boolean().default(true).describe("amounts that end in Adyen's test digits are refused, as there"),
  })
  .refine(({ port, cloudPort }) => port === undefined || port === 0 || port !== cloudPort, {
    path: ['cloudPort'],
    message: 'must not be the same as port',
  });

const ONE_PORT = z.strictObject({ port: port.optional().describe('0 takes a free one') });

/** How tills reach the terminals. */
export const TILLS = z.strictObject({
  faces: z
    .array(z.enum(FACES))
    .default([...FACES])
    .describe('the protocols that are spoken; [] for none'),
  host: z
    .string()
    .min(1)
    .max(255)
    .default('127.0.0.1')
    .describe('where they listen; beyond loopback only with a token'),
  token: z
    .string()
    .regex(/^[\x21-\x7e]{8,256}$/, 'must be 8 to 256 printable characters of ASCII without spaces')
    .optional()
    .describe('demanded by each protocol in its own way: as a bearer token, an API key, a secret key'),
  customer: CUSTOMER.prefault({}),
  api: ONE_PORT.prefault({}),
  nexo: NEXO.prefault({}),
  square: ONE_PORT.prefault({}),
  stripe: ONE_PORT.prefault({}),
});

export type TillsConfig = z.infer<typeof TILLS>;
