/**
 * Gates before Node's own chance and time. They stand from the moment that this module is loaded, and let everything through
 * until `traps.ts` shuts them while a run is played. So they hold for whoever took `Math.random` or `Date` aside, too, if it
 * did so later: this module imports no package, and stands first in the worker threads and before all that the commands load
 * which play runs.
 *
 * Open stay, since no gate could be simple and whole: files and their times, sockets, child processes; promises, which are
 * played out after a run and so can tell nothing to it; what depends on the collector of garbage (`WeakRef`, `v8`); other
 * contexts of `node:vm`; the chance in signatures by ECDSA and RSA-PSS, in padding by OAEP and in `new DiffieHellman(bits)`;
 * and what was taken aside before this module was loaded, as Node does for itself.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { performance } from 'node:perf_hooks';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';

interface Gates {
  /** Throws, with the name of what was asked; `undefined`: all may pass. */
  refuse: ((name: string) => never) | undefined;
}

declare global {
  /** Node has one clock in a thread, however often this module is loaded into it. */
  var paperjamGates: Gates | undefined;
}

export const gates: Gates = globalThis.paperjamGates ?? { refuse: undefined };

type Call = (this: unknown, ...given: unknown[]) => unknown;

interface Place {
  readonly owner: object;
  readonly key: string;
  /** As it is called in source text. */
  readonly name: string;
}

const placesIn = (owner: object, prefix: string, ...keys: string[]): Place[] =>
  keys.map((key) => ({ owner, key, name: `${prefix}${key}` }));

/** What is inherited is gated where it is inherited from, so that there is no way round. */
const PERFORMANCE = Object.getPrototypeOf(performance);
const WEBCRYPTO = Object.getPrototypeOf(crypto.webcrypto);

/** Functions. Those that hang on another one come before it, since its gate takes them over. */
const FUNCTIONS: readonly Place[] = [
  ...placesIn(Math, 'Math.', 'random'),
  ...placesIn(Date, 'Date.', 'now'),
  ...placesIn(PERFORMANCE, 'performance.', 'now', 'mark', 'measure', 'toJSON', 'eventLoopUtilization'),
  ...placesIn(PerformanceEntry.prototype, 'PerformanceEntry.', 'toJSON'),
  ...placesIn(PerformanceMark.prototype, 'PerformanceMark.', 'toJSON'),
  ...placesIn(process.hrtime, 'process.hrtime.', 'bigint'),
  ...placesIn(process.memoryUsage, 'process.memoryUsage.', 'rss'),
  ...placesIn(process, 'process.', 'hrtime', 'uptime', 'nextTick', 'cpuUsage', 'memoryUsage', 'resourceUsage'),
  ...placesIn(process, 'process.', 'availableMemory'),
  ...placesIn(os, 'os.', 'cpus', 'freemem', 'loadavg', 'uptime'),
  ...placesIn(globalThis, '', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'),
  ...placesIn(timers, '', 'setTimeout', 'setInterval', 'setImmediate'),
  ...placesIn(timersPromises, 'timers/promises.', 'setTimeout', 'setInterval', 'setImmediate'),
  ...placesIn(Object.getPrototypeOf(timersPromises.scheduler), 'scheduler.', 'wait', 'yield'),
  ...placesIn(AbortSignal, 'AbortSignal.', 'timeout'),
  ...placesIn(WEBCRYPTO, 'crypto.', 'getRandomValues', 'randomUUID'),
  ...placesIn(Object.getPrototypeOf(crypto.webcrypto.subtle), 'crypto.subtle.', 'generateKey'),
  ...placesIn(crypto, 'crypto.', 'randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID'),
  ...placesIn(crypto, 'crypto.', 'pseudoRandomBytes', 'prng', 'rng'),
  ...placesIn(crypto, 'crypto.', 'generateKey', 'generateKeySync', 'generateKeyPair', 'generateKeyPairSync'),
  ...placesIn(crypto, 'crypto.', 'generatePrime', 'generatePrimeSync', 'createDiffieHellman'),
  ...placesIn(crypto.ECDH.prototype, 'ECDH.', 'generateKeys'),
  ...placesIn(crypto.DiffieHellman.prototype, 'DiffieHellman.', 'generateKeys'),
  ...placesIn(crypto.DiffieHellmanGroup.prototype, 'DiffieHellman.', 'generateKeys'),
];

/** Properties that tell the time when they are read. */
const READINGS: readonly Place[] = [
  ...placesIn(PERFORMANCE, 'performance.', 'timeOrigin', 'nodeTiming'),
  ...placesIn(PerformanceEntry.prototype, 'PerformanceEntry.', 'startTime', 'duration'),
  ...placesIn(Event.prototype, 'Event.', 'timeStamp'),
];

const isCall = (value: unknown): value is Call => typeof value === 'function';

const isPresent = ([date]: readonly unknown[]): boolean => date === undefined;

/** @param asks whether it does, when it is given this */
function gate(real: Call, name: string, asks: (given: readonly unknown[]) => boolean = () => true): Call {
  function gated(this: unknown, ...given: unknown[]): unknown {
    if (gates.refuse !== undefined && asks(given)) gates.refuse(name);
    return Reflect.apply(real, this, given);
  }
  return Object.defineProperties(gated, Object.getOwnPropertyDescriptors(real)); // Its name, and what hangs on it.
}

/** `new Date(ms)`, `Date.parse` and `Date.UTC` ask no clock. */
function gatedDate(Real: DateConstructor): DateConstructor {
  return new Proxy(Real, {
    apply(real, _, given) {
      gates.refuse?.('Date()');
      return Reflect.apply(real, undefined, given);
    },
    construct(real, given, target) {
      if (given.length === 0) gates.refuse?.('new Date()');
      return Reflect.construct(real, given, target);
    },
  });
}

/** `format` is read first, and then called: each formatter has one of its own. */
function gatedFormat(get: Call): Call {
  const made = new WeakMap<Call, Call>();
  return function (this: unknown): unknown {
    const real = Reflect.apply(get, this, []);
    if (!isCall(real)) return real;
    const format = made.get(real) ?? gate(real, 'Intl.DateTimeFormat.format', isPresent);
    made.set(real, format);
    return format;
  };
}

/** Nothing of a property changes but what is named; what this version of Node does not have stays away. */
function change({ owner, key }: Omit<Place, 'name'>, by: (own: PropertyDescriptor) => PropertyDescriptor): void {
  const own = Object.getOwnPropertyDescriptor(owner, key);
  if (own !== undefined) Object.defineProperty(owner, key, by(own));
}

function install(): void {
  const made = new Map<Call, Call>(); // One function that goes by two names is still one.
  for (const place of FUNCTIONS) {
    const real: unknown = Reflect.get(place.owner, place.key);
    if (!isCall(real)) continue;
    const value = made.get(real) ?? gate(real, place.name);
    made.set(real, value);
    // Some are read through a getter.
    change(place, ({ enumerable, configurable }) => ({ value, writable: true, enumerable, configurable }));
  }
  for (const place of READINGS) {
    change(place, ({ get, value, enumerable, configurable }) => {
      const read = get ?? (() => value);
      return { get: gate(read, place.name), enumerable, configurable };
    });
  }
  const { prototype } = Intl.DateTimeFormat;
  change({ owner: prototype, key: 'format' }, ({ get, ...own }) => ({ ...own, get: get && gatedFormat(get) }));
  change({ owner: prototype, key: 'formatToParts' }, (own) => ({
    ...own,
    value: gate(own.value, 'Intl.DateTimeFormat.formatToParts', isPresent),
  }));
  const value = gatedDate(Date);
  change({ owner: Date.prototype, key: 'constructor' }, (own) => ({ ...own, value }));
  change({ owner: globalThis, key: 'Date' }, (own) => ({ ...own, value }));
  syncBuiltinESMExports();
}

if (globalThis.paperjamGates === undefined) {
  globalThis.paperjamGates = gates;
  install();
}
