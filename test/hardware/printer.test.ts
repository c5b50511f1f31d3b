/**
 * What every printer that paperjam knows has to do: the emulated one in CI, and a real one at your bench:
 *
 *   PAPERJAM_PORT=/dev/ttyUSB0 PAPERJAM_DEVICE=epson-tm-t88v npx vitest run --config test/vitest.config.ts test/hardware
 *
 * It uses about 60 cm of paper. Nobody has to touch the printer; faults are the test station's business.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { wallClock } from '../../src/ground/wall-clock.js';
import type { JobResult, Printer } from '../../src/ports/printer.js';
import type { TicketDocument } from '../../src/ports/ticket.js';
import { createPrinterDriver } from '../../src/printer/driver.js';
import { until } from '../e2e/until.js';
import { Conversation } from './conversation.js';
import { openTarget, type Target } from './target.js';

const ESC_INITIALIZE = Buffer.from('1b40', 'hex');
const AUTOMATIC_STATUS_OFF = Buffer.from('1d6100', 'hex');
const STATUS_QUESTIONS = Buffer.from('100401100402100403100404', 'hex');
/** What a checkpoint asks for, and whether the answer is among what came back. */
const PROCESS_ID = {
  request: Buffer.from('1d28480600303054455354', 'hex'),
  answered: (heard: Buffer) => heard.includes(Buffer.from('37225445535400', 'hex')) || undefined,
};
const QUEUED_STATUS = {
  request: Buffer.from('1d7201', 'hex'),
  answered: (heard: Buffer) => heard.some((byte) => (byte & 0x90) === 0) || undefined,
};
/** Longer than any checkpoint of these tickets takes, on the slowest line and mechanism. */
const CHECKPOINT_MS_MAX = 10_000;
const LINE_FEED_MM = 25.4 / 6;

const target = await openTarget(process.env);
const { profile } = target;

beforeAll(async () => {
  const conversation = await Conversation.open(target.link()); // Not there: says so now, and not after each test's patience.
  conversation.close();
});

afterAll(() => target.close());

describe(`the printer at ${target.where}, ${profile.maker} ${profile.model},`, { timeout: 60_000 }, () => {
  const closing: { close(): void }[] = [];

  afterEach(() => {
    for (const one of closing.splice(0).reverse()) one.close();
  });

  /** A driver that has found the printer ready. */
  async function online(): Promise<Printer> {
    const driver = driverOf(target);
    closing.push(driver);
    await until(
      () => driver.status().ready,
      () => `the printer to be ready: ${JSON.stringify(driver.status())}`,
    );
    return driver;
  }

  /** A line to it on which nothing is under way, without a driver and without automatic status. */
  async function talk(): Promise<Conversation> {
    const conversation = await Conversation.open(target.link());
    closing.push(conversation);
    conversation.tell(Buffer.concat([ESC_INITIALIZE, AUTOMATIC_STATUS_OFF]));
    await checkpointMs(conversation, 0);
    return conversation;
  }

  test('opens, is ready, and has no fault', async () => {
    const driver = await online();
    expect(driver.status()).toMatchObject({ ready: true, faults: [] });
  });

  test.skipIf(profile.status?.answersIdentity === false)('says which model it is', async () => {
    const driver = await online();
    const model = await until(() => driver.status().model, 'it to name itself');
    expect(model).toMatch(/^[\x20-\x7e]+$/);
  });

  test('answers all four status questions, with the bits that are always so', async () => {
    const conversation = await talk();
    expect(await conversation.ask(STATUS_QUESTIONS, statusAnswers)).toHaveLength(4);
  });

  test('prints a ticket and confirms it, and a second one', async () => {
    const driver = await online();
    for (const name of ['FIRST', 'SECOND']) {
      const result = await print(driver, ticket(name));
      expect(result).toMatchObject({ outcome: 'printed', confirmedBy: profile.checkpoint });
      expect(driver.status()).toMatchObject({ ready: true, faults: [] });
    }
  });

  test('prints two tickets that come at once, one after the other', async () => {
    const driver = await online();
    const results = await Promise.all(['THIRD', 'FOURTH'].map((name) => print(driver, ticket(name))));
    expect(results.map(({ outcome }) => outcome)).toEqual(['printed', 'printed']);
  });

  test('confirms later what takes longer to print', async () => {
    const conversation = await talk();
    const oneLineMs = await checkpointMs(conversation, 1);
    const twentyLinesMs = await checkpointMs(conversation, 20);
    expect(oneLineMs).toBeLessThan(CHECKPOINT_MS_MAX);
    expect(twentyLinesMs).toBeLessThan(CHECKPOINT_MS_MAX);
    if (profile.checkpoint !== 'GS ( H') return; // Answered when it is reached, and the paper may be behind.
    expect(twentyLinesMs).toBeGreaterThan(oneLineMs);
    // Three times as fast as the model is said to be would be an answer from something that does not print.
    expect(twentyLinesMs).toBeGreaterThan((20 * LINE_FEED_MM * 1_000) / (3 * profile.speedMmPerS));
  });

  test('is not shared: a second opener is turned away, or waits, and the first goes on printing', async () => {
    const driver = await online();
    const second = target.link();
    const told = await new Promise<string>((resolve) => {
      second.open({
        opened: () => resolve('opened'),
        received() {},
        drained() {},
        lost: ({ code, message }) => resolve(`${code}: ${message}`),
      });
    });
    if (!target.where.startsWith('tcp:')) {
      expect(told).toMatch(/^busy: .* is in use by (this|another) program\. Stop that program first\.$/);
    } else if (told !== 'opened') expect(told).toMatch(/Another computer may be using the printer\.$/);
    second.close();
    expect(await print(driver, ticket('FIFTH'))).toMatchObject({ outcome: 'printed' });
  });

  test('is found again after closing, every time', async () => {
    for (let round = 1; round <= 3; round++) {
      const driver = await online();
      driver.close();
      driver.close();
    }
    expect(await print(await online(), ticket('SIXTH'))).toMatchObject({ outcome: 'printed' });
  });

  test('is left in order: nothing waits in it, and nothing is wrong', async () => {
    const conversation = await talk();
    const [printer = 0, offline = 0, error = 0, paper = 0] = await conversation.ask(STATUS_QUESTIONS, statusAnswers);
    expect({ offline: printer & 0x08, cause: offline & 0x64, error: error & 0x6c, paperEnd: paper & 0x60 }).toEqual({
      offline: 0,
      cause: 0,
      error: 0,
      paperEnd: 0,
    });
  });
});

function driverOf({ link, dialect }: Target): Printer {
  return createPrinterDriver({ clock: wallClock, link: link(), profile, dialect });
}

let jobs = 0;

function print(driver: Printer, document: TicketDocument): Promise<JobResult> {
  return new Promise((resolve) => driver.print({ jobId: `bench-${++jobs}`, ticket: document }, resolve));
}

function ticket(name: string): TicketDocument {
  return {
    elements: [
      { kind: 'text', text: `${name} TICKET`, align: 'center', bold: true, width: 2, height: 2 },
      { kind: 'rule' },
      ...Array.from({ length: 8 }, (_, n) => ({ kind: 'pair', label: `Line ${n + 1}`, value: `${n + 1}.00` }) as const),
      { kind: 'rule' },
      { kind: 'qr', data: `paperjam ${name}` },
      { kind: 'feed', lines: 1 },
      { kind: 'cut' },
    ],
  };
}

/** All four answers to `DLE EOT`, as soon as they are in: 0xx1xx10, as nothing else that a printer says. */
function statusAnswers(heard: Buffer): number[] | undefined {
  const answers = [...heard].filter((byte) => (byte & 0x93) === 0x12);
  return answers.length < 4 ? undefined : answers;
}

/** From a checkpoint's request behind so many lines to its answer. */
async function checkpointMs(conversation: Conversation, lines: number): Promise<number> {
  const { request, answered } = profile.checkpoint === 'GS ( H' ? PROCESS_ID : QUEUED_STATUS;
  const text = Buffer.from('checkpoint\n'.repeat(lines));
  const beganMs = performance.now();
  await conversation.ask(Buffer.concat([text, request]), answered);
  return performance.now() - beganMs;
}
