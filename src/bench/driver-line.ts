import { createEmulatedPrinter } from '../emulator/printer/printer.js';
import { VirtualClock } from '../ground/virtual-clock.js';
import { wallClock } from '../ground/wall-clock.js';
import { memoryLinkPair } from '../links/memory.js';
import { pacedLink } from '../links/paced.js';
import { PtyLink } from '../links/pty.js';
import { SerialLink } from '../links/serial.js';
import type { PrinterProfile } from '../ports/device.js';
import type { JobResult } from '../ports/printer.js';
import type { TicketDocument, TicketElement } from '../ports/ticket.js';
import type { Dialect } from '../printer/dialect.js';
import { createPrinterDriver } from '../printer/driver.js';
import { prepareDialect } from '../printer/prepare-dialect.js';
import { readPrinterProfile } from '../world/devices.js';
import { asDocument, slipOf } from './encode-rivals.js';
import { row, title } from './measure.js';
import { tapped } from './tapped.js';

const BAUD = 115_200;
/** Longer than any job here. */
const LIMIT_MS = 600_000;

/** What one job took, in virtual milliseconds: exact, and the same on every machine. */
interface Timed {
  /** From the first to the last byte at the printer, the time of the first slice included. */
  readonly lineMs: number;
  readonly bytes: number;
  /** From the first byte to the last movement of the paper. */
  readonly paperMs: number;
}

/** How busy the driver keeps the line, and what its checkpoints cost, in virtual time. */
export async function driverLineFigures(): Promise<void> {
  title(`the driver's line at ${BAUD} baud, in virtual time: how busy it is, and what checkpoints cost`);
  const jobs: readonly (readonly [string, TicketDocument])[] = [
    ['a sales slip', asDocument(slipOf(1))],
    ['300 lines of text', longText(300)],
    ['a picture of 2,000 rows, which the line slows down', picture(2_000)],
  ];
  for (const name of ['epson-tm-t88vi', 'epson-tm-m30', 'xprinter-xp-80']) {
    const profile: PrinterProfile = { ...readPrinterProfile(name), baud: BAUD };
    const dialect = await prepareDialect(profile);
    for (const [what, ticket] of jobs) {
      const confirmed = byDriver(profile, dialect, ticket);
      const raw = byHand(profile, dialect, ticket);
      const busy = (confirmed.bytes * 10_000) / BAUD / confirmed.lineMs;
      const overhead = confirmed.paperMs / raw.paperMs - 1;
      row(
        `${name}, by ${profile.checkpoint}: ${what}`,
        `line ${(100 * busy).toFixed(1)} % busy`,
        `${(100 * overhead).toFixed(1)} % longer than unconfirmed (${confirmed.paperMs.toFixed(0)} and ${raw.paperMs.toFixed(0)} ms)`,
      );
    }
  }
}

/** The driver prints one job, each block confirmed. */
function byDriver(profile: PrinterProfile, dialect: Dialect, ticket: TicketDocument): Timed {
  const desk = new Desk(profile);
  const driver = createPrinterDriver({ clock: desk.clock, link: desk.host, profile, dialect });
  const print = (jobId: string, job: TicketDocument) => {
    let outcome = '';
    driver.print({ jobId, ticket: job }, (result) => {
      outcome = result.outcome;
    });
    desk.clock.runUntil(() => outcome !== '', LIMIT_MS);
    if (outcome !== 'printed') throw new Error(`the job of the bench ended ${outcome}`);
  };
  desk.clock.runUntil(() => driver.status().ready, LIMIT_MS);
  print('first', asDocument(slipOf(0))); // After it driver and printer know each other.
  desk.begin();
  print('timed', ticket);
  const timed = desk.timed();
  driver.close();
  return timed;
}

/** The same bytes in one go, as every other library sends them: nobody asks what became of them. */
function byHand(profile: PrinterProfile, dialect: Dialect, ticket: TicketDocument): Timed {
  const desk = new Desk(profile);
  desk.host.open({ opened: () => {}, received: () => {}, drained: () => {}, lost: () => {} });
  desk.clock.advance(1_000);
  desk.begin();
  for (const { bytes } of dialect.encode(ticket).blocks) desk.host.write(bytes);
  desk.clock.runUntil(() => desk.cuts === 1, LIMIT_MS);
  return desk.timed();
}

/** A printer on a cable, and a watch in the hand. */
class Desk {
  readonly clock = new VirtualClock();
  readonly host;
  cuts = 0;
  #bytes = 0;
  #firstMs = 0;
  #lastMs = 0;
  #paperMs = 0;

  constructor(profile: PrinterProfile) {
    const { clock } = this;
    const cable = memoryLinkPair(clock, { baud: BAUD });
    this.host = cable.host;
    const moved = () => {
      this.#paperMs = clock.now();
    };
    createEmulatedPrinter({
      clock,
      link: tapped(cable.device, { received: (bytes) => this.#arrived(bytes) }),
      profile,
      listener: {
        line: moved,
        cut: () => {
          moved();
          this.cuts++;
        },
      },
    });
  }

  begin(): void {
    this.#bytes = 0;
    this.cuts = 0;
  }

  timed(): Timed {
    return { lineMs: this.#lastMs - this.#firstMs, bytes: this.#bytes, paperMs: this.#paperMs - this.#firstMs };
  }

  #arrived(bytes: Uint8Array): void {
    // The time in which the slice itself came in counts as well.
    if (this.#bytes === 0) this.#firstMs = this.clock.now() - (bytes.length * 10_000) / BAUD;
    this.#bytes += bytes.length;
    this.#lastMs = this.clock.now();
  }
}

function longText(lines: number): TicketDocument {
  const text = (n: number): TicketElement => ({ kind: 'text', text: `Line ${n} `.padEnd(40, '.') });
  return { elements: [...Array.from({ length: lines }, (_, n) => text(n + 1)), { kind: 'cut' }] };
}

function picture(heightDots: number): TicketDocument {
  const rows = new Uint8Array(64 * heightDots).fill(0xaa);
  return { elements: [{ kind: 'image', widthDots: 512, heightDots, rows }, { kind: 'cut' }] };
}

/** The same on a real pseudo-terminal, opened through serialport, on the wall clock. */
export async function realLineFigure(): Promise<void> {
  const profile: PrinterProfile = { ...readPrinterProfile('epson-tm-t88vi'), baud: BAUD };
  const dialect = await prepareDialect(profile);
  const pty = new PtyLink();
  pty.create();
  let bytes = 0;
  let firstMs = 0;
  let lastMs = 0;
  const line = tapped(pacedLink(pty, wallClock, BAUD), {
    received(arrived) {
      lastMs = performance.now();
      if (bytes === 0) firstMs = lastMs - (arrived.length * 10_000) / BAUD;
      bytes += arrived.length;
    },
  });
  const printer = createEmulatedPrinter({ clock: wallClock, link: line, profile });
  const link = new SerialLink({ path: pty.path ?? '', baud: BAUD });
  const driver = createPrinterDriver({ clock: wallClock, link, profile, dialect });
  await new Promise<void>((ready) => driver.watch((status) => status.life === 'online' && ready()));
  bytes = 0;
  const { outcome } = await new Promise<JobResult>((done) =>
    driver.print({ jobId: 'real', ticket: picture(800) }, done),
  );
  const busy = (bytes * 10_000) / BAUD / (lastMs - firstMs);
  row(
    `${profile.id} on a real pseudo-terminal: a picture of 800 rows`,
    `line ${(100 * busy).toFixed(1)} % busy`,
    `${outcome}, ${bytes} bytes in ${(lastMs - firstMs).toFixed(0)} ms`,
  );
  driver.close();
  printer.close();
}
