import { afterEach, describe, expect, test } from 'vitest';
import { tapped } from '../../src/bench/tapped.js';
import { createEmulatedPrinter, type EmulatedPrinter } from '../../src/emulator/printer/printer.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { wallClock } from '../../src/ground/wall-clock.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import { pacedLink } from '../../src/links/paced.js';
import { PtyLink } from '../../src/links/pty.js';
import type { Clock } from '../../src/ports/clock.js';
import type { PrinterProfile } from '../../src/ports/device.js';
import type { JobResult, Printer } from '../../src/ports/printer.js';
import type { TicketDocument } from '../../src/ports/ticket.js';
import { createPrinterDriver } from '../../src/printer/driver.js';
import type { DriverOptions } from '../../src/printer/options.js';
import { realPrinterLink } from '../../src/world/real-printer.js';
import { prepareDevice } from '../../src/world/simulated.js';
import { until } from './until.js';

const BAUD = 115_200;
const XOFF = 0x13;
const { profile, dialect } = await prepareDevice('epson-tm-t88vi');
/** Its mechanism does 350 mm/s, and the line brings 20 mm of picture a second. Two blocks of a picture fit its buffer. */
const QUICK: PrinterProfile = { ...profile, baud: BAUD, receiveBufferBytes: 16_384 };
/** Asks nothing of its own accord: a question behind the last byte, while the blade moves, would count as a late last byte. */
const OPTIONS = { jobPollMs: 10_000, idlePollMs: 0 };

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

/** A picture that nothing can shorten, `mm` long, and a cut. */
function picture(mm: number): TicketDocument {
  const widthDots = profile.paper.printableDots;
  const heightDots = mm * 8;
  const rows = Uint8Array.from({ length: (widthDots / 8) * heightDots }, (_, i) => (i * 37) & 0x11);
  return { elements: [{ kind: 'image', widthDots, heightDots, rows }, { kind: 'cut' }] };
}

/** How much of the time from the first byte of a job to the last the line was busy, as the printer's side sees it. */
class Usage {
  readonly #clock: Clock;
  #first: { readonly atMs: number; readonly bytes: number } | undefined;
  #lastMs = 0;
  bytes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly received = ({ length }: Uint8Array): void => {
    this.#lastMs = this.#clock.now();
    this.#first ??= { atMs: this.#lastMs, bytes: length };
    this.bytes += length;
  };

  begin(): void {
    this.#first = undefined;
    this.bytes = 0;
  }

  /** The first bytes are those that were through when counting began, so their own time lies before it. */
  get share(): number {
    const { atMs, bytes } = this.#first ?? { atMs: 0, bytes: 0 };
    return ((this.bytes - bytes) * 10_000) / BAUD / (this.#lastMs - atMs);
  }
}

describe('the line at 115,200 baud, while the mechanism keeps up', () => {
  test.each([
    ['takes two blocks of a picture: no checkpoint is waited for but the last', QUICK, 0.999],
    ['takes only one', { ...QUICK, receiveBufferBytes: 4_096 }, 0.98],
  ])(
    'is busy almost all the time of a long job, exactly so in virtual time, when the buffer %s',
    (_, printer, least) => {
      const clock = new VirtualClock();
      const usage = new Usage(clock);
      const cable = memoryLinkPair(clock);
      const link = tapped(pacedLink(cable.device, clock, BAUD), usage);
      const emulated = createEmulatedPrinter({ clock, link, profile: printer, timing: 'profile' });
      const driver = createPrinterDriver({ clock, link: cable.host, profile: printer, dialect, options: OPTIONS });
      clock.runUntil(() => driver.status().ready);
      clock.advance(100);
      usage.begin();
      const results: JobResult[] = [];
      driver.print({ jobId: 'long', ticket: picture(1_000) }, (result) => results.push(result));
      clock.runUntil(() => results.length > 0);
      expect(results).toMatchObject([{ outcome: 'printed' }]);
      expect(usage.bytes).toBeGreaterThan(500_000);
      expect(usage.share).toBeGreaterThanOrEqual(least);
      expect(usage.share).toBeLessThanOrEqual(1);
      driver.close();
      emulated.close();
    },
  );

  test('is busy for 98 % of it or more on a real pseudo-terminal behind serialport', async () => {
    const clock = new RunningClock();
    const usage = new Usage(clock);
    const { driver } = await onPty(QUICK, { clock, received: usage.received, options: OPTIONS });
    usage.begin();
    const result = await print(driver, picture(100));
    expect(result).toMatchObject({ outcome: 'printed' });
    expect(usage.bytes).toBeGreaterThan(50_000);
    expect(usage.share).toBeGreaterThanOrEqual(0.98);
    expect(usage.share).toBeLessThanOrEqual(1.001); // The wall clock counts whole milliseconds.
  });
});

describe('a printer with a slow mechanism and a buffer smaller than its driver believes', () => {
  test.each(['dtr', 'xon/xoff'] as const)(
    'holds the host back by %s on a real pseudo-terminal: every byte arrives once, in order',
    async (flowControl) => {
      const written: Uint8Array[] = [];
      const received: Uint8Array[] = [];
      const slow: PrinterProfile = { ...QUICK, speedMmPerS: 15, flowControl };
      const small: PrinterProfile = { ...slow, receiveBufferBytes: 1_024 }; // As a memory switch of many models has it.
      const { driver, emulated, stops } = await onPty(small, {
        believed: slow,
        written: (bytes) => written.push(bytes),
        received: (bytes) => received.push(bytes),
      });
      const result = await print(driver, picture(20));
      expect(result).toMatchObject({ outcome: 'printed' });
      expect(stops()).toBeGreaterThan(0);
      const [sent, arrived] = [Buffer.concat(written), Buffer.concat(received)];
      expect(arrived.length).toBe(sent.length);
      expect(arrived.equals(sent)).toBe(true);
      expect(emulated.counters.droppedBytes).toBe(0);
    },
  );
});

test('a printer that stops the host by XOFF in mid-job for good hangs neither the job nor the port', async () => {
  const stopping: PrinterProfile = { ...QUICK, flowControl: 'xon/xoff', busyWhen: 'full or offline' };
  let bytes = 0;
  const { path, driver, emulated } = await onPty(stopping, {
    received({ length }) {
      bytes += length;
      if (bytes > 5_000) emulated.site.paperOut(true);
    },
  });
  const result = await print(driver, picture(100));
  expect(result).toMatchObject({ outcome: 'partial', reason: 'paper-out' });
  driver.close();
  const closedMs = performance.now();
  await until(async () => (await opens(path)) === 'opened', 'the port to be free again');
  expect(performance.now() - closedMs).toBeLessThan(2_000); // A close that waits for the printer takes 30 s.
});

/** What comes of opening a port; it is closed again. */
function opens(path: string): Promise<string> {
  const link = realPrinterLink(path, BAUD, 'dtr');
  return new Promise((resolve) => {
    link.open({
      opened() {
        link.close();
        resolve('opened');
      },
      received() {},
      drained() {},
      lost: ({ code }) => resolve(code),
    });
  });
}

/** Between two looks, at most so much time counts. */
const LOOK_MS = 15;

/** The wall clock, except that it hardly moves while this process is not let run: no line is to blame for that. */
class RunningClock implements Clock {
  #stoodMs = 0;
  #lookedMs = wallClock.now();

  constructor() {
    const timer = setInterval(() => this.now(), LOOK_MS / 3);
    closing.push(() => clearInterval(timer));
  }

  now(): number {
    const nowMs = wallClock.now();
    this.#stoodMs += Math.max(nowMs - this.#lookedMs - LOOK_MS, 0);
    this.#lookedMs = nowMs;
    return nowMs - this.#stoodMs;
  }

  setTimeout(run: () => void, delayMs: number) {
    return wallClock.setTimeout(run, delayMs);
  }

  clearTimeout(timer: unknown): void {
    wallClock.clearTimeout(timer);
  }
}

interface Wiring {
  readonly clock?: Clock;
  readonly written?: (bytes: Uint8Array) => void;
  readonly received: (bytes: Uint8Array) => void;
  readonly options?: Partial<DriverOptions>;
  /** What the driver takes the printer for. Default: what it is. */
  readonly believed?: PrinterProfile;
}

interface OnPty {
  /** What a program has to open. */
  readonly path: string;
  readonly driver: Printer;
  readonly emulated: EmulatedPrinter;
  /** How often the printer has stopped the host: by not reading, or by XOFF. */
  stops(): number;
}

/** A driver and an emulated printer with a pseudo-terminal between them, once the printer is ready. */
async function onPty(
  printer: PrinterProfile,
  { clock = wallClock, written, received, options = {}, believed = printer }: Wiring,
): Promise<OnPty> {
  const pty = new PtyLink();
  pty.create();
  let stops = 0;
  const byBytes = printer.flowControl === 'xon/xoff';
  const link = tapped(pacedLink(pty, clock, BAUD), {
    received,
    written(bytes) {
      if (byBytes && bytes.length === 1 && bytes[0] === XOFF) stops++;
    },
    reading(on) {
      if (!byBytes && !on) stops++;
    },
  });
  const emulated = createEmulatedPrinter({ clock, link, profile: printer, timing: 'profile' });
  closing.push(() => emulated.close());
  const host = tapped(
    realPrinterLink(pty.path ?? '', BAUD, printer.flowControl),
    written === undefined ? {} : { written },
  );
  const driver = createPrinterDriver({ clock, link: host, profile: believed, dialect, options });
  closing.push(() => driver.close());
  await until(() => driver.status().ready, 'the printer to be ready');
  return { path: pty.path ?? '', driver, emulated, stops: () => stops };
}

function print(driver: Printer, ticket: TicketDocument): Promise<JobResult> {
  return new Promise((resolve) => driver.print({ jobId: 'job', ticket }, resolve));
}
