import { describe, expect, test } from 'vitest';
import type { PrinterStatus } from '../../../src/ports/printer.js';
import { bench } from '../bench-world.js';
import { NARROW, WIDE } from '../profiles.js';

const ASK = '\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04';

describe('while idle', () => {
  test('the printer is asked every 2 s, and silence is noticed', async () => {
    const { clock, driver, printer } = await bench();
    clock.advance(100);
    const before = printer.heard.length;
    clock.advance(10_000);
    expect(printer.heard.slice(before)).toBe(ASK.repeat(5));
    printer.script.mute = true;
    clock.advance(4_000);
    expect(driver.status()).toMatchObject({ ready: false, faults: ['no-answer'] });
  });

  test('with idlePollMs 0 nothing is asked, and a pushed status is heard all the same', async () => {
    const { clock, driver, printer } = await bench({ idlePollMs: 0 });
    clock.advance(100);
    const before = printer.heard;
    clock.advance(3_600_000);
    expect(printer.heard).toBe(before);
    expect(clock.pending).toBe(0);
    printer.paperOut();
    clock.advance(10);
    expect(driver.status()).toMatchObject({ ready: false, faults: ['paper-out'] });
  });

  test('each change is told once, with the worst fault first', async () => {
    const { clock, driver, printer } = await bench();
    clock.advance(100);
    const told: PrinterStatus[] = [];
    driver.watch((status) => told.push(status));
    printer.coverOpen();
    clock.advance(3_000);
    printer.fault([0x1a, 0x56, 0x16, 0x12], [0x38, 0x04, 0x00, 0x00]);
    clock.advance(3_000);
    printer.well();
    clock.advance(3_000);
    expect(told.map(({ ready, faults }) => [ready, faults])).toEqual([
      [false, ['cover-open']],
      [false, ['mechanical-error', 'cover-open']],
      [true, []],
    ]);
  });

  test('a jam is helped out of by DLE ENQ 2 once its cause is gone', async () => {
    const { clock, driver, printer } = await bench();
    clock.advance(100);
    printer.jam();
    clock.advance(5_000);
    expect(driver.status().faults).toEqual(['mechanical-error']);
    printer.recoverable = true;
    clock.advance(1_500);
    expect(driver.status().ready).toBe(true);
  });

  test('DLE ENQ 2 is not sent for a cover, paper, heat, or when all is well', async () => {
    const { clock, printer } = await bench();
    clock.advance(2_000);
    printer.coverOpen();
    clock.advance(2_000);
    printer.paperOut();
    clock.advance(2_000);
    printer.fault([0x1a, 0x52, 0x52, 0x12], [0x18, 0x40, 0, 0]);
    clock.advance(2_000);
    expect(printer.heard).not.toContain('\x10\x05');
  });
});

describe('a fault that lasts for hours', () => {
  const CLEAR = '\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08';
  const times = (heard: string, command: string) => heard.split(command).length - 1;

  test('does not fill the buffer with questions: they are cleared away when they take up a quarter of it', async () => {
    const { clock, printer, driver } = await bench();
    clock.advance(2_000);
    printer.paperOut();
    clock.advance(1_000);
    const before = printer.heard.length;
    clock.advance(3_600_000);
    const between = printer.heard.slice(before).split(CLEAR);
    expect(between.length).toBeGreaterThan(10);
    for (const questions of between) expect(questions.length).toBeLessThanOrEqual(WIDE.receiveBufferBytes / 4 + 12);
    expect(driver.status().faults).toEqual(['paper-out']);
    printer.well();
    clock.advance(1_000);
    expect(driver.status().ready).toBe(true);
  });

  test('makes them rare on a model that cannot clear: after two hours there is still room', async () => {
    const { clock, printer, driver } = await bench({}, NARROW);
    clock.advance(2_000);
    printer.paperOut();
    clock.advance(1_000);
    const before = printer.heard.length;
    clock.advance(7_200_000);
    const asked = times(printer.heard.slice(before), ASK) * ASK.length;
    expect(asked).toBeGreaterThan(NARROW.receiveBufferBytes / 2);
    expect(asked).toBeLessThan((NARROW.receiveBufferBytes * 9) / 10);
    printer.well();
    clock.advance(61_000);
    expect(driver.status().ready).toBe(true);
  });

  test('leaves room for a job on such a model, however long it lasts and however often it is started anew', async () => {
    const { clock, printer, driver, print } = await bench({}, NARROW);
    clock.advance(2_000);
    printer.jam();
    clock.advance(1_000);
    const before = printer.heard.length;
    for (let time = 0; time < 3; time++) {
      printer.unplug();
      clock.advance(3_000);
      printer.plug();
      clock.advance(5 * 86_400_000);
    }
    const inBuffer = printer.heard.length - before;
    expect(inBuffer).toBeGreaterThan(NARROW.receiveBufferBytes / 2);
    expect(inBuffer).toBeLessThan(NARROW.receiveBufferBytes - 256);
    expect(driver.status().faults).toEqual(['mechanical-error']);
    printer.recoverable = true;
    expect(print()).toMatchObject({ outcome: 'printed' });
  });

  test.each([4_096, 512, 128])(
    'of silence keeps nothing: one of %i bytes that is switched on days later is noticed in a minute',
    async (receiveBufferBytes) => {
      const { clock, printer, driver } = await bench({}, { ...NARROW, receiveBufferBytes }, (p) => {
        p.script.mute = true;
      });
      clock.advance(3 * 86_400_000);
      expect(driver.status().faults).toEqual(['no-answer']);
      printer.script.mute = false;
      clock.advance(65_000);
      expect(driver.status().ready).toBe(true);
    },
  );

  test('ends with the next word of a model that tells its status by itself, also if it stood still when the line came up', async () => {
    const { clock, printer, driver } = await bench({}, { ...WIDE, clearsBuffer: false }, (p) => p.paperOut());
    clock.advance(3_600_000);
    expect(driver.status().faults).toEqual(['paper-out']);
    printer.well();
    clock.advance(100);
    expect(driver.status().ready).toBe(true);
  });
});

describe('questions and answers', () => {
  test('a round that lost an answer is thrown away, not read askew', async () => {
    const { clock, driver, printer } = await bench();
    clock.advance(100);
    const told: PrinterStatus[] = [];
    driver.watch((status) => told.push(status));
    // Near end, and the answer to DLE EOT 3 is lost: read askew, 1E would be a mechanical and a cutter error.
    printer.script.answers = [0x16, 0x12, 0x12, 0x1e];
    printer.script.deafToRealtime = true;
    clock.advance(2_000);
    printer.say(0x16, 0x12, 0x1e);
    clock.advance(1_600);
    printer.script.deafToRealtime = false;
    clock.advance(5_000);
    expect(told.flatMap(({ faults }) => faults)).toEqual([]);
    expect(driver.status().paperNearEnd).toBe(true);
  });

  test('a printer that is a second late is waited for', async () => {
    const { print } = await bench({}, undefined, (p) => {
      p.script.latencyMs = 1_000;
    });
    expect(print().outcome).toBe('printed');
  });

  test('a printer that is three seconds late is not: no answer, and its late words change nothing', async () => {
    const { clock, print, printer, results } = await bench({}, undefined, (p) => {
      p.script.latencyMs = 3_000;
    });
    expect(print()).toEqual({ outcome: 'not-printed', blocks: 4, reason: 'no-answer' });
    clock.advance(60_000);
    expect(results).toHaveLength(1);
    expect(printer.heard).not.toContain('LINE');
  });

  test('automatic statuses in the middle of process ID responses disturb neither', async () => {
    for (let after = 1; after <= 6; after++) {
      const { print, driver } = await bench({}, undefined, (p) => {
        p.script.inResponse = { after, bytes: [0x10, 0x13, 0x00, 0x11, 0x03, 0x00] };
        p.script.answers = [0x12, 0x12, 0x12, 0x1e];
      });
      expect(print().outcome).toBe('printed');
      expect(driver.status().paperNearEnd).toBe(true);
    }
  });

  test('a question behind a long block on a slow line has the time that the block takes on the wire', async () => {
    const rows = new Uint8Array(48 * 82).fill(0x55); // 3.9 kB in five blocks: the first three take 3.1 s at 9600 baud.
    const { clock, driver, printer, results } = await bench({}, { ...WIDE, baud: 9_600 });
    clock.advance(100);
    driver.print(
      { jobId: 'a', ticket: { elements: [{ kind: 'image', widthDots: 384, heightDots: 82, rows }, { kind: 'cut' }] } },
      (result) => results.push(result),
    );
    clock.advance(0.5);
    printer.script.wireMs = 3_100;
    clock.advance(3_200);
    expect(results).toEqual([]);
    printer.script.wireMs = 1_000;
    clock.advance(30_000);
    expect(results).toEqual([{ outcome: 'printed', blocks: 5, confirmedBy: 'GS ( H' }]);
  });
});
