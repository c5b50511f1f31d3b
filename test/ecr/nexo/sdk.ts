import { createRequire } from 'node:module';

/**
 * Adyen's client library, unmodified: only those of its modules that are about terminals, since loading all takes seconds.
 * It is CommonJS with defaults, which Node and bundlers read differently, so it is required.
 */
const require = createRequire(import.meta.url);
const LIBRARY = '@adyen/api-library/lib/src';

// require knows no types: each is that of the module by the same name.
export const { default: Client } = require(
  `${LIBRARY}/client`,
) as typeof import('@adyen/api-library/lib/src/client.js');
export const { default: TerminalLocalAPI } = require(
  `${LIBRARY}/services/terminalLocalAPI`,
) as typeof import('@adyen/api-library/lib/src/services/terminalLocalAPI.js');
export const { default: TerminalLocalAPIUnencrypted } = require(
  `${LIBRARY}/services/terminalLocalAPIUnencrypted`,
) as typeof import('@adyen/api-library/lib/src/services/terminalLocalAPIUnencrypted.js');
export const { default: TerminalCloudAPI } = require(
  `${LIBRARY}/services/terminalCloudAPI`,
) as typeof import('@adyen/api-library/lib/src/services/terminalCloudAPI.js');
export type { TerminalApiRequest } from '@adyen/api-library/lib/src/typings/terminal/terminalApiRequest.js';
