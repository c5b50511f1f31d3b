/** What `import … from 'paperjam'` offers. */
export { type ErrorCode, PaperjamError } from './base/errors.js';
export type { TillUrls } from './ecr/tills/serve.js';
export type {
  PaperjamOptions,
  RealOptions,
  TerminalChoice,
  VirtualOptions,
} from './embed/options.js';
export { type Paperjam, startPaperjam, type VirtualPaperjam } from './embed/start.js';
export type { Customer, PaperjamTerminal, Sale, SellOptions } from './embed/terminal.js';
export type { FaultRecord } from './faults/fault.js';
export type { JournalRecord } from './terminal/journal/record.js';
export type { Verdict } from './terminal/verdict/verdict.js';
