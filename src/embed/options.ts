import { PaperjamError } from '../base/errors.js';
import { type Config, type ConfigOverrides, checkConfig } from '../world/config.js';
import { listedTerminals, MOST_TERMINALS, numberedTerminals } from '../world/fleet-config.js';

/** What a terminal can have of its own, in the words of a configuration file. */
type OwnKeys = 'merchant' | 'policy' | 'timings' | 'device' | 'driver' | 'lang';

export interface TerminalChoice extends Pick<ConfigOverrides, OwnKeys> {
  /** Begins every order number. Default: T01, T02 and so on. */
  readonly id?: string;
}

interface CommonOptions extends Pick<ConfigOverrides, OwnKeys | 'notify' | 'delays'> {
  /** How many, or what each has of its own over what is said here. Default 1. */
  readonly terminals?: number | readonly TerminalChoice[];
  /**
   * In which protocols tills are served, and who pays. Default: in none, which costs no socket. Here each listens at a free
   * port unless one is named.
   */
  readonly tills?: ConfigOverrides['tills'];
}

/** Everything in memory, on time that does not pass by itself. */
export interface VirtualOptions extends CommonOptions {
  readonly time?: 'virtual';
  /** Decides everything that is left to chance. Default 1. */
  readonly seed?: number;
  /** When virtual time begins. Default: now, since tills compare time stamps with their own clock. */
  readonly startsAt?: Date | number;
  /**
   * `by-itself`: time runs, as fast as the machine can, while a till waits for an answer or its sale is under way; it stands
   * still when an hour of it has passed in which neither a till asked nor a sale or a terminal moved.
   * `by-hand`: only when it is told to. Default `by-itself`.
   */
  readonly runs?: 'by-itself' | 'by-hand';
}

/** On the wall clock, with a journal in files that are synced. */
export interface RealOptions extends CommonOptions, Pick<ConfigOverrides, 'printer' | 'emulatedPlatform'> {
  readonly time: 'real';
  /** Where everything is kept. Default: a folder that is gone at the end. */
  readonly data?: string;
}

export type PaperjamOptions = VirtualOptions | RealOptions;

/** What errors call it. */
const WHERE = 'of startPaperjam';

export interface Configs {
  readonly common: Config;
  readonly terminals: readonly Config[];
}

/** Checks what was asked for. Throws `PJ_CONFIG`, naming the place, the value and what is allowed. */
export function configsOf(options: PaperjamOptions): Configs {
  const { terminals = 1, tills, merchant, policy, timings, device, driver, lang, notify, delays } = options;
  const real: Partial<RealOptions> = options.time === 'real' ? options : {};
  const { printer = 'in-process', emulatedPlatform = 'in-process' } = real;
  const given = { merchant, policy, timings, device, driver, lang, notify, delays, printer, emulatedPlatform };
  const raw = {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    tills: { faces: tills === undefined ? [] : undefined, ...tills },
  };
  const common = checkConfig(raw, WHERE);
  if (typeof terminals !== 'number') return { common, terminals: listedTerminals(terminals, WHERE, raw) };
  return { common, terminals: numberedTerminals(common, checkedCount(terminals)) };
}

function checkedCount(count: number): number {
  if (Number.isInteger(count) && count >= 1 && count <= MOST_TERMINALS) return count;
  const problem = `must be a whole number, 1 to ${MOST_TERMINALS}, or a list (given: ${count})`;
  throw new PaperjamError('PJ_CONFIG', { file: WHERE, path: 'terminals', problem });
}
