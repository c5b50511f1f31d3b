import { readFileSync } from 'node:fs';

/** The version that journals, reports and `--version` carry: that of package.json. */
export const VERSION: string = String(
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version,
);
