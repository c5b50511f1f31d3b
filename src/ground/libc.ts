import { createRequire } from 'node:module';

/** The calls of the C library that Node does not offer. Each returns -1 on failure, and `errno` then names the reason. */
export interface Libc {
  flock(fd: number, operation: number): number;
  poll(fds: Uint8Array, count: number, timeoutMs: number): number;
  grantpt(fd: number): number;
  unlockpt(fd: number): number;
  ptsname(fd: number): string | null;
  tcgetattr(fd: number, termios: Uint8Array): number;
  tcsetattr(fd: number, when: number, termios: Uint8Array): number;
  cfmakeraw(termios: Uint8Array): void;
  ioctl(fd: number, request: number, argument: Uint8Array): number;
  /** The name of the last failure: `EAGAIN`. */
  errno(): string;
}

let loaded: Libc | undefined;

/** Loads the C library through koffi, once, when first needed (11 ms). `undefined` where there is none: on Windows. */
export function libc(): Libc | undefined {
  if (process.platform === 'win32') return undefined;
  loaded ??= load();
  return loaded;
}

function load(): Libc {
  const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi'); // A native module: it must be optional.
  const lib = koffi.load(null); // What the process itself is linked with.
  const names = new Map(Object.entries(koffi.os.errno).map(([name, value]) => [value, name]));
  const ioctl = lib.func('int ioctl(int, unsigned long, ...)');
  return {
    flock: lib.func('int flock(int, int)'),
    poll: lib.func('int poll(_Inout_ uint8_t *, unsigned long, int)'),
    grantpt: lib.func('int grantpt(int)'),
    unlockpt: lib.func('int unlockpt(int)'),
    ptsname: lib.func('const char *ptsname(int)'),
    tcgetattr: lib.func('int tcgetattr(int, _Out_ uint8_t *)'),
    tcsetattr: lib.func('int tcsetattr(int, int, uint8_t *)'),
    cfmakeraw: lib.func('void cfmakeraw(_Inout_ uint8_t *)'),
    ioctl: (fd, request, argument) => ioctl(fd, request, 'uint8_t *', argument),
    errno: () => names.get(koffi.errno()) ?? `errno ${koffi.errno()}`,
  };
}
