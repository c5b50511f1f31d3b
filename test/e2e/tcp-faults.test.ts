import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEmulatedPrinter, type EmulatedPrinter } from '../../src/emulator/printer/printer.js';
import { wallClock } from '../../src/ground/wall-clock.js';
import { TcpLink } from '../../src/links/tcp.js';
import { TcpServerLink } from '../../src/links/tcp-server.js';
import type { JobResult, Printer } from '../../src/ports/printer.js';
import type { TicketDocument } from '../../src/ports/ticket.js';
import { createPrinterDriver } from '../../src/printer/driver.js';
import type { DriverOptions } from '../../src/printer/options.js';
import { prepareDevice } from '../../src/world/simulated.js';
import { BadNetwork, openBlackHole } from './bad-network.js';
import { until } from './until.js';

const { profile, dialect } = await prepareDevice('epson-tm-m30');

/** Impatient, so that the tests are quick; no test depends on how long anything takes. */
const OPTIONS: Partial<DriverOptions> = {
  reopenFirstMs: 20,
  reopenMostMs: 100,
  answerTimeoutMs: 300,
  clearTimeoutMs: 100,
  idlePollMs: 100,
  faultPollMs: 50,
  jobPollMs: 100,
  faultGraceMs: 50,
  reconnectGraceMs: 200,
  stallTimeoutMs: 1_000,
};

const LINES = Array.from({ length: 60 }, (_, n) => `line ${n + 1} of this ticket`);
/** Behind so many bytes of it, a job of these lines is well under way and far from its end. */
const MID_JOB = 600;

const closing: (() => unknown)[] = [];
let handles: number;

/** Sockets and servers that this process has. */
function openHandles(): number {
  return process.getActiveResourcesInfo().filter((kind) => /TCP|TTY|Pipe/.test(kind)).length;
}

beforeEach(() => {
  handles = openHandles();
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await until(
    () => openHandles() <= handles,
    () => `${openHandles()} sockets to become ${handles} again`,
  );
});

interface Printed {
  readonly emulated: EmulatedPrinter;
  readonly port: number;
}

async function openPrinter(): Promise<Printed> {
  const server = new TcpServerLink({ port: 0 });
  await server.listen();
  const emulated = createEmulatedPrinter({ clock: wallClock, link: server, profile, timing: 'instant' });
  closing.push(() => emulated.close());
  return { emulated, port: server.port };
}

async function openNetwork(printerPort: number, port?: number): Promise<BadNetwork> {
  const network = new BadNetwork(printerPort, port);
  await network.listen();
  closing.push(() => network.close());
  return network;
}

function openDriver(port: number, options: Partial<DriverOptions> = {}): Printer {
  const link = new TcpLink({ host: '127.0.0.1', port, connectMs: 300 });
  const driver = createPrinterDriver({
    clock: wallClock,
    link,
    profile,
    dialect,
    options: { ...OPTIONS, ...options },
  });
  closing.push(() => driver.close());
  return driver;
}

async function openAll() {
  const printer = await openPrinter();
  const network = await openNetwork(printer.port);
  const driver = openDriver(network.port);
  await ready(driver);
  return { ...printer, network, driver };
}

const ready = (driver: Printer) =>
  until(
    () => driver.status().ready,
    () => `the printer to be ready: ${JSON.stringify(driver.status())}`,
  );

let jobs = 0;

function print(driver: Printer, mark: string): Promise<JobResult> {
  const texts = LINES.map((line) => ({ kind: 'text', text: `${mark} ${line}` }) as const);
  const ticket: TicketDocument = { elements: [...texts, { kind: 'cut' }] };
  return new Promise((resolve) => driver.print({ jobId: `job-${++jobs}`, ticket }, resolve));
}

/** How many complete tickets of this mark are on the paper. */
function complete({ paper }: EmulatedPrinter, mark: string): number {
  const pieces = paper.pieces.map(({ lines }) => lines.join('\n'));
  const whole = LINES.map((line) => `${mark} ${line}`).join('\n');
  return pieces.filter((piece) => piece.includes(whole)).length;
}

describe('a network printer that, in the middle of a job,', () => {
  test('resets the connection: the job is partial, and the next one is printed over a new one', async () => {
    const { emulated, network, driver } = await openAll();
    network.resetAfter(MID_JOB);
    expect(await print(driver, 'first')).toMatchObject({ outcome: 'partial', reason: 'link-lost' });
    expect(await print(driver, 'second')).toMatchObject({ outcome: 'printed' });
    expect(network.connectedMs.length).toBe(2);
    expect([complete(emulated, 'first'), complete(emulated, 'second')]).toEqual([0, 1]);
  });

  test('half-closes: we hang up too, and the next job is printed over a new connection', async () => {
    const { emulated, network, driver } = await openAll();
    network.halfCloseAfter(MID_JOB);
    expect(await print(driver, 'first')).toMatchObject({ outcome: 'partial', reason: 'link-lost' });
    await until(() => network.closed === 1, 'the first connection to be closed on both sides');
    expect(await print(driver, 'second')).toMatchObject({ outcome: 'printed' });
    expect(network.connectedMs.length).toBe(2);
    expect([complete(emulated, 'first'), complete(emulated, 'second')]).toEqual([0, 1]);
  });

  test('reads nothing more: the job is partial, and nothing of it comes out as a second original later', async () => {
    const { emulated, network, driver } = await openAll();
    const goOn = network.stallAfter(MID_JOB);
    expect(await print(driver, 'first')).toMatchObject({ outcome: 'partial', reason: 'no-answer' });
    expect(driver.status()).toMatchObject({ ready: false, faults: ['no-answer'] });
    expect(await print(driver, 'refused')).toMatchObject({ outcome: 'not-printed', reason: 'no-answer' });
    goOn();
    await ready(driver);
    expect(await print(driver, 'second')).toMatchObject({ outcome: 'printed' });
    expect(network.connectedMs.length).toBe(1);
    expect(['first', 'refused', 'second'].map((mark) => complete(emulated, mark))).toEqual([0, 0, 1]);
  });

  test('answers late, but in time: the job is printed', async () => {
    const { emulated, network, driver } = await openAll();
    network.answersLateMs = 100;
    expect(await print(driver, 'first')).toMatchObject({ outcome: 'printed' });
    expect(complete(emulated, 'first')).toBe(1);
  });

  test('answers later than it may: the job is not taken for printed, and answers to old questions mislead nobody', async () => {
    const { emulated, network, driver } = await openAll();
    network.lateAfter(MID_JOB, 5_000);
    expect(await print(driver, 'first')).toMatchObject({ outcome: 'partial', reason: 'no-answer' });
    network.catchUp();
    await ready(driver);
    expect(await print(driver, 'second')).toMatchObject({ outcome: 'printed' });
    expect(['first', 'second'].map((mark) => complete(emulated, mark))).toEqual([0, 1]);
  });
});

describe('a network printer that', () => {
  test('accepts and never reads is silent, until it reads', async () => {
    const { emulated, port } = await openPrinter();
    const network = await openNetwork(port);
    network.welcome = 'never read';
    const driver = openDriver(network.port);
    expect(await print(driver, 'first')).toMatchObject({ outcome: 'not-printed', reason: 'no-answer' });
    network.readOn();
    await ready(driver);
    expect(await print(driver, 'second')).toMatchObject({ outcome: 'printed' });
    expect(network.connectedMs.length).toBe(1);
    expect(['first', 'second'].map((mark) => complete(emulated, mark))).toEqual([0, 1]);
  });

  test('accepts and hangs up at once is tried again with growing waits, and printed on once it is sane', async () => {
    const { emulated, port } = await openPrinter();
    const network = await openNetwork(port);
    network.welcome = 'hang up';
    const driver = openDriver(network.port, { jobDeadlineMs: 600 });
    expect(await print(driver, 'first')).toMatchObject({ outcome: 'not-printed', reason: 'link-lost' });
    await until(() => network.connectedMs.length >= 6, 'six attempts');
    const waits = network.connectedMs.slice(1).map((ms, i) => ms - (network.connectedMs[i] ?? 0));
    for (const [i, least] of [20, 40, 80, 100, 100].entries()) expect(waits[i]).toBeGreaterThan(least - 3);
    network.welcome = 'pass on';
    await ready(driver);
    expect(await print(driver, 'second')).toMatchObject({ outcome: 'printed' });
    expect(['first', 'second'].map((mark) => complete(emulated, mark))).toEqual([0, 1]);
  });

  test('is not there, and then comes', async () => {
    const { emulated, port } = await openPrinter();
    const before = new BadNetwork(port);
    await before.listen();
    await before.close();
    const driver = openDriver(before.port);
    expect(await print(driver, 'first')).toMatchObject({ outcome: 'not-printed', reason: 'link-lost' });
    expect(driver.status()).toMatchObject({ ready: false, faults: ['link-lost'] });
    await openNetwork(port, before.port);
    await ready(driver);
    expect(await print(driver, 'second')).toMatchObject({ outcome: 'printed' });
    expect(['first', 'second'].map((mark) => complete(emulated, mark))).toEqual([0, 1]);
  });

  test('does not even answer an attempt to connect: the job ends, and closing leaves nothing behind', async () => {
    const hole = await openBlackHole();
    closing.push(() => hole.close());
    const before = openHandles();
    const losses: string[] = [];
    const link = new TcpLink({ host: '127.0.0.1', port: hole.port, connectMs: 200 });
    link.open({ opened() {}, received() {}, drained() {}, lost: ({ code, message }) => losses.push(code, message) });
    await until(() => losses.length > 0, 'the attempt to be given up');
    expect(losses).toEqual([
      'missing',
      `tcp://127.0.0.1:${hole.port} does not answer. Is the printer switched on and on this network?`,
    ]);
    const driver = openDriver(hole.port);
    expect(await print(driver, 'first')).toMatchObject({ outcome: 'not-printed', reason: 'link-lost' });
    driver.close();
    await until(() => openHandles() <= before, 'the attempts to be gone, while the hole is still there');
  });

  test('serves another computer first: the second waits, is told nothing, and has its turn', async () => {
    const { emulated, port } = await openPrinter();
    const first = openDriver(port);
    await ready(first);
    const second = openDriver(port);
    expect(await print(second, 'too early')).toMatchObject({ outcome: 'not-printed', reason: 'no-answer' });
    expect(await print(first, 'first')).toMatchObject({ outcome: 'printed' });
    first.close();
    await ready(second);
    expect(await print(second, 'second')).toMatchObject({ outcome: 'printed' });
    expect(['too early', 'first', 'second'].map((mark) => complete(emulated, mark))).toEqual([0, 1, 1]);
  });
});
