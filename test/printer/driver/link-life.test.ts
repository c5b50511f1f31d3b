import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../../src/links/memory.js';
import type { PrinterStatus } from '../../../src/ports/printer.js';
import { createPrinterDriver } from '../../../src/printer/driver.js';
import { prepareEscpos } from '../../../src/printer/escpos/dialect.js';
import { bench } from '../bench-world.js';
import { NARROW, WIDE } from '../profiles.js';
import type { ScriptedPrinter } from '../scripted-printer.js';

const CLEAR = '\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08';
const ASK = '\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04';

describe('the link', () => {
  test('is opened at once, and the printer is cleared, asked, set up, named, and asked for a proof', async () => {
    const { clock, driver, printer } = await bench({ idlePollMs: 0 });
    expect(printer.openedAtMs).toHaveLength(1);
    clock.advance(100);
    const id = Buffer.from(printer.processIds()[0] ?? []).toString('latin1');
    expect(printer.heard).toBe(`${CLEAR}${ASK}\x1b@\x1da\x0e\x1dIC\x1d(H\x06\x0000${id}`);
    expect(driver.status()).toEqual({
      ready: true,
      life: 'online',
      faults: [],
      paperNearEnd: false,
      model: 'SCRIPTED',
      proof: 'GS ( H',
    });
  });

  test('to a model that cannot clear begins with some zeros, then enough to end any command', async () => {
    const { clock, printer } = await bench({ idlePollMs: 0 }, NARROW);
    clock.advance(100);
    expect(printer.heard).toBe(`${'\0'.repeat(64)}${ASK}${'\0'.repeat(1_016 - 64)}${ASK}\x1b@\x1da\0\x1dIC\x1dr\x01`);
  });

  test('to one that is not ready gets the long zeros when it is: until then they would only fill its buffer', async () => {
    const { clock, printer, driver } = await bench({ idlePollMs: 0 }, NARROW, (p) => {
      p.coverOpen();
    });
    clock.advance(5_000);
    const setUp = '\x1b@\x1da\0\x1dIC';
    expect(printer.heard.replaceAll(ASK, '')).toBe(`${'\0'.repeat(64)}${setUp}`);
    expect(driver.status().faults).toEqual(['cover-open']);
    printer.script.mute = true;
    clock.advance(8_000);
    expect(driver.status().faults).toEqual(['no-answer']);
    printer.script.mute = false;
    clock.advance(6_000);
    expect(driver.status().faults).toEqual(['cover-open']);
    expect(printer.heard.replaceAll(ASK, '')).toBe(`${'\0'.repeat(64)}${setUp}${setUp}`);
    printer.well();
    clock.advance(6_000);
    expect(printer.heard.replaceAll(ASK, '')).toBe(
      `${'\0'.repeat(64)}${setUp}${setUp}${'\0'.repeat(1_016 - 64)}${setUp}\x1dr\x01`,
    );
    expect(driver.status().ready).toBe(true);
  });

  test.each([
    ['some of its answers are', (printer: ScriptedPrinter) => printer.say(0x12, 0x12)],
    ['an XON is', (printer: ScriptedPrinter) => printer.say(0x11)],
  ])(
    'that has the first question swallowed by a command cut short, and %s heard: it is asked again behind the zeros',
    async (_, says) => {
      const { clock, printer, driver } = await bench({ idlePollMs: 0 }, NARROW, (p) => {
        p.script.deafToRealtime = true;
      });
      clock.advance(100);
      says(printer);
      clock.advance(1_600);
      expect(printer.heard).toBe(`${'\0'.repeat(64)}${ASK}${'\0'.repeat(1_016 - 64)}${ASK}`);
      expect(driver.status().faults).toEqual([]);
      printer.script.deafToRealtime = false;
      printer.say(0x12, 0x12, 0x12, 0x12);
      clock.advance(200);
      expect(driver.status().ready).toBe(false); // They may have been meant for the first.
      clock.advance(200);
      expect(driver.status().ready).toBe(true);
    },
  );

  test('to one that is silent gets them all the same, and a second question, before it counts as silent', async () => {
    const { clock, printer, driver } = await bench({ idlePollMs: 0 }, NARROW, (p) => {
      p.script.mute = true;
    });
    clock.advance(2_000);
    expect(printer.heard).toBe(`${'\0'.repeat(64)}${ASK}${'\0'.repeat(1_016 - 64)}${ASK}`);
    expect(driver.status().faults).toEqual([]);
    clock.advance(3_000);
    expect(driver.status().faults).toEqual(['no-answer']);
  });

  test('that cannot be opened is tried again, after 100 ms, doubling to 2 s', async () => {
    const { clock, driver, printer } = await bench({}, undefined, (p) => {
      p.plugged = false;
    });
    clock.advance(12_000);
    const at = printer.openedAtMs;
    const gaps = at.slice(1).map((ms, i) => ms - (at[i] ?? 0));
    expect(gaps.slice(0, 7)).toEqual([101, 201, 401, 801, 1_601, 2_001, 2_001]);
    expect(driver.status()).toEqual({
      ready: false,
      life: 'absent',
      faults: ['link-lost'],
      paperNearEnd: false,
      problem: 'scripted: not there',
    });
  });

  test('that was lost and answers again starts over with the shortest wait', async () => {
    const { clock, printer } = await bench();
    clock.advance(100);
    for (let i = 0; i < 3; i++) {
      printer.unplug();
      printer.plug();
      const openings = printer.openedAtMs.length;
      clock.advance(101);
      expect(printer.openedAtMs).toHaveLength(openings + 1);
      clock.advance(100);
    }
  });

  test('that opens and is silent is tried no faster for it', async () => {
    const { clock, printer, driver } = await bench({}, undefined, (p) => {
      p.script.mute = true;
    });
    clock.advance(60_000);
    expect(printer.openedAtMs).toHaveLength(1);
    expect(driver.status().faults).toEqual(['no-answer']);
    printer.script.mute = false;
    clock.advance(3_000);
    expect(driver.status().ready).toBe(true);
    expect(printer.heard).toContain('\x1dIC');
  });

  test('gone while idle is told at once, and back in a moment', async () => {
    const { clock, driver, printer } = await bench();
    clock.advance(100);
    const told: PrinterStatus[] = [];
    driver.watch((status) => told.push(status));
    printer.unplug();
    clock.advance(50);
    printer.plug();
    clock.advance(500);
    expect(told.map(({ life, ready, faults, problem }) => [life, ready, faults, problem])).toEqual([
      ['lost', false, ['link-lost'], 'scripted: unplugged'],
      ['probing', false, [], undefined],
      ['probing', true, [], undefined],
      ['online', true, [], undefined],
    ]);
  });

  test('that another has open is refused in words, and taken when it is free', async () => {
    const clock = new VirtualClock();
    const { host } = memoryLinkPair(clock, { address: '/dev/ttyUSB0' });
    const dialect = await prepareEscpos(WIDE);
    const first = createPrinterDriver({ clock, link: host, profile: WIDE, dialect });
    const second = createPrinterDriver({ clock, link: host, profile: WIDE, dialect });
    clock.advance(50);
    expect(first.status().life).toBe('probing');
    expect(second.status()).toMatchObject({ life: 'absent', problem: '/dev/ttyUSB0 is open already' });
    first.close();
    first.close();
    clock.advance(3_000);
    expect(second.status().life).not.toBe('absent');
    expect(second.status().problem).toBeUndefined();
  });

  test('is asked about anew when it comes back: the printer may be another', async () => {
    const { clock, driver, print, printer } = await bench();
    clock.advance(100);
    expect(driver.status().proof).toBe('GS ( H');
    printer.unplug();
    printer.plug();
    printer.script.confirmsNothing = true;
    clock.advance(150);
    expect(driver.status()).toMatchObject({ life: 'probing', ready: true });
    expect(driver.status().proof).toBeUndefined();
    clock.advance(10_000);
    expect(driver.status()).toMatchObject({ life: 'online', proof: 'DLE EOT' });
    expect(print()).toMatchObject({ outcome: 'unconfirmed' }); // Its model answers better: time alone proves nothing.
  });

  test('that carries no answer for a while is asked about anew too: the printer may have been off', async () => {
    const { clock, driver, printer } = await bench();
    clock.advance(100);
    const before = printer.processIds().length;
    printer.powerCycle(4_000);
    clock.advance(3_700);
    expect(driver.status()).toMatchObject({ life: 'faulty', faults: ['no-answer'] });
    clock.advance(3_000);
    expect(driver.status()).toMatchObject({ life: 'online', proof: 'GS ( H' });
    expect(printer.processIds()).toHaveLength(before + 1);
  });

  test('that was held by XOFF when it was lost is not held when it is back', async () => {
    const { clock, print, printer } = await bench();
    clock.advance(100);
    printer.say(0x13);
    clock.advance(10);
    printer.unplug();
    printer.plug();
    clock.advance(1_000);
    expect(print().outcome).toBe('printed');
  });

  test('that is waited for is not waited for after closing', async () => {
    const { clock, driver, printer } = await bench({}, undefined, (p) => {
      p.plugged = false;
    });
    clock.advance(1_000);
    const openings = printer.openedAtMs.length;
    driver.close();
    expect(clock.pending).toBe(0);
    clock.advance(10_000);
    expect(printer.openedAtMs).toHaveLength(openings);
  });

  test('is given back on closing, and nothing happens after that', async () => {
    const { clock, driver, printer } = await bench();
    clock.advance(100);
    driver.watch(() => {
      throw new Error('told after close');
    });
    driver.close();
    printer.unplug();
    clock.advance(10_000);
    expect(printer.openedAtMs).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});
