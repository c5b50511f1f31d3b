import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { EitherLink } from '../../src/links/either.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import type { Link, LinkListener } from '../../src/ports/link.js';
import { bytesOf, Collector } from './collector.js';

/** A printer with a serial and a network socket, and a program at the other end of each cable. */
function bench() {
  const clock = new VirtualClock();
  const serial = memoryLinkPair(clock, { address: 'serial' });
  const network = memoryLinkPair(clock, { address: 'network' });
  const link = new EitherLink(clock, [serial.device, network.device]);
  const printer = new Collector();
  const atSerial = new Collector();
  const atNetwork = new Collector();
  serial.host.open(atSerial);
  network.host.open(atNetwork);
  link.open(printer);
  clock.advance(0);
  const send = (cable: typeof serial, text: string) => {
    cable.host.write(bytesOf(text));
    clock.advance(0);
  };
  return { clock, serial, network, link, printer, atSerial, atNetwork, send };
}

/** A link in the hand: it says what the test lets it say, even while it should be held back. */
class HandLink implements Link {
  readonly pendingBytes = 0;
  listener: LinkListener | undefined;
  opens = 0;
  isReading = true;
  constructor(readonly address: string) {}
  open(listener: LinkListener): void {
    this.opens++;
    this.listener = listener;
  }
  write(): void {}
  reading(on: boolean): void {
    this.isReading = on;
  }
  close(): void {
    this.listener = undefined;
  }
  fail(): void {
    const { listener } = this;
    this.listener = undefined;
    listener?.lost({ code: 'missing', message: `${this.address} is missing` });
  }
}

function handBench() {
  const clock = new VirtualClock();
  const [a, b] = [new HandLink('a'), new HandLink('b')];
  const link = new EitherLink(clock, [a, b]);
  const printer = new Collector();
  link.open(printer);
  return { clock, a, b, link, printer };
}

describe('a printer with two sockets', () => {
  test('is up with the first of them, takes bytes from both, and names both', () => {
    const { link, printer, serial, network, clock, send } = bench();
    expect(link.address).toBe('serial, network');
    expect(printer.events).toEqual(['opened']);
    send(serial, 'from serial ');
    clock.advance(200);
    send(network, 'from network');
    expect(printer.text).toBe('from serial from network');
  });

  test('answers the one that sent last, and only that one, also when it has become quiet', () => {
    const { link, clock, serial, network, atSerial, atNetwork, send } = bench();
    link.write(bytesOf('to nobody'));
    send(serial, 's');
    link.write(bytesOf('hello serial'));
    expect(link.pendingBytes).toBe(12);
    clock.advance(1_000);
    link.write(bytesOf(', later'));
    clock.advance(0);
    send(network, 'n');
    link.write(bytesOf('hello network'));
    clock.advance(0);
    expect(atSerial.text).toBe('hello serial, later');
    expect(atNetwork.text).toBe('hello network');
  });

  test('a job that is under way gets its answers, though another asks for the status meanwhile', () => {
    const { clock, link, printer, serial, network, atSerial, atNetwork, send } = bench();
    send(network, 'job');
    clock.advance(201);
    printer.after = () => link.write(bytesOf('status'));
    send(serial, '\x10\x04\x01\x10\x04\x02');
    printer.after = () => {};
    link.write(bytesOf('confirmed'));
    clock.advance(0);
    expect([atSerial.text, atNetwork.text]).toEqual(['status', 'confirmed']);
  });

  test('holds one back while the other sends, and for 200 ms after', () => {
    const { clock, printer, serial, network, send } = bench();
    send(serial, 'job ');
    send(network, 'NETWORK');
    clock.advance(150);
    send(serial, 'goes on ');
    clock.advance(199);
    expect(printer.text).toBe('job goes on ');
    expect(network.host.pendingBytes).toBe(7);
    clock.advance(1);
    expect(printer.text).toBe('job goes on NETWORK');
  });

  test('does not count the time in which the printer itself does not read', () => {
    const { clock, link, printer, serial, network, send } = bench();
    send(serial, 'long ');
    link.reading(false);
    send(serial, 'job ');
    send(network, 'NETWORK');
    clock.advance(10_000);
    expect(printer.text).toBe('long ');
    link.reading(true);
    clock.advance(199);
    expect(printer.text).toBe('long job ');
    clock.advance(1);
    expect(printer.text).toBe('long job NETWORK');
  });

  test('lets the second in after a pause of the printer that fell into the quiet', () => {
    const { clock, link, printer, serial, network, send } = bench();
    send(serial, 'a');
    clock.advance(500);
    link.reading(false);
    link.reading(true);
    send(network, 'b');
    expect(printer.text).toBe('ab');
  });

  test('stays up while one is left, gives the printer to it at once, and takes the other back', () => {
    const { clock, printer, serial, network, atSerial, send } = bench();
    send(serial, 's');
    send(network, 'n');
    serial.site.unplug();
    clock.advance(1);
    expect(printer.events).toEqual(['opened', 'received', 'received']);
    expect(printer.text).toBe('sn');
    serial.site.plug();
    clock.advance(1_000);
    serial.host.open(atSerial);
    clock.advance(0);
    send(serial, '!');
    expect(printer.text).toBe('sn!');
  });

  test('is lost once, when the last is gone, and can be opened again', () => {
    const { clock, link, printer, serial, network } = bench();
    serial.site.unplug();
    clock.advance(100);
    network.site.unplug();
    clock.advance(5_000);
    expect(printer.events).toEqual(['opened', 'lost lost']);
    serial.site.plug();
    link.open(printer);
    clock.advance(5_000);
    expect(printer.events).toEqual(['opened', 'lost lost', 'opened']);
  });

  test('says once that it cannot be opened, when none can; and nothing of one that cannot while another can', () => {
    const { a, b, printer } = handBench();
    a.fail();
    expect(printer.events).toEqual([]);
    b.fail();
    expect(printer.events).toEqual(['lost missing']);

    const other = handBench();
    other.a.fail();
    other.b.listener?.opened();
    expect(other.printer.events).toEqual(['opened']);
    other.clock.advance(1_000);
    expect(other.a.opens).toBe(2);
    other.a.listener?.opened();
    expect(other.printer.events).toEqual(['opened']);
  });

  test('never opens a socket twice, whoever tries again first', () => {
    const { clock, a, b, link, printer } = handBench();
    a.listener?.opened();
    b.listener?.opened();
    a.fail();
    clock.advance(150);
    b.fail();
    expect(printer.events).toEqual(['opened', 'lost missing']);
    link.open(printer);
    expect([a.opens, b.opens]).toEqual([2, 2]);
    a.listener?.opened();
    clock.advance(1_000);
    expect([a.opens, b.opens]).toEqual([2, 2]);
  });

  test('tells of bytes that slip through while they should be held back when it is their turn', () => {
    const { clock, a, b, link, printer } = handBench();
    a.listener?.opened();
    b.listener?.opened();
    a.listener?.received(bytesOf('A1'));
    expect([a.isReading, b.isReading]).toEqual([true, false]);
    b.listener?.received(bytesOf('B1'));
    b.listener?.received(bytesOf('B2'));
    a.listener?.received(bytesOf('A2'));
    expect(printer.text).toBe('A1A2');
    printer.after = () => link.reading(false);
    clock.advance(200);
    expect(printer.text).toBe('A1A2B1');
    b.listener?.received(bytesOf('B3'));
    clock.advance(1_000);
    expect(printer.text).toBe('A1A2B1');
    printer.after = () => {};
    link.reading(true);
    clock.advance(0);
    expect(printer.text).toBe('A1A2B1B2B3');
  });

  test('a socket that comes up while another has the printer is held back', () => {
    const { a, b } = handBench();
    a.listener?.opened();
    a.listener?.received(bytesOf('A'));
    b.isReading = true;
    b.listener?.opened();
    expect(b.isReading).toBe(false);
  });

  test('a second open is refused, and says nothing after close', () => {
    const { clock, link, printer, serial, send } = bench();
    const second = new Collector();
    link.open(second);
    clock.advance(0);
    expect(second.events).toEqual(['lost busy']);
    link.close();
    link.close();
    send(serial, 'x');
    clock.advance(1_000);
    expect(printer.events).toEqual(['opened']);
    expect(clock.pending).toBe(0);
    link.open(printer);
    clock.advance(0);
    expect(printer.events).toEqual(['opened', 'opened']);
  });

  test('whatever the two send: nothing is lost, and no job is torn apart by the other', () => {
    const job = fc.record({
      by: fc.constantFrom('serial', 'network'),
      afterMs: fc.nat({ max: 1_000 }),
      gapsMs: fc.array(fc.nat({ max: 150 }), { minLength: 1, maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(job, { maxLength: 8 }), fc.nat({ max: 500 }), (jobs, pauseMs) => {
        const { clock, serial, network, link, printer } = bench();
        const sent = { serial: '', network: '' };
        for (const cable of ['serial', 'network'] as const) {
          let atMs = 0;
          for (const [i, { afterMs, gapsMs }] of jobs.filter(({ by }) => by === cable).entries()) {
            atMs += 400 + afterMs;
            for (const [part, gapMs] of gapsMs.entries()) {
              atMs += gapMs;
              const text = `${cable[0]}${i}${part === gapsMs.length - 1 ? '.' : '-'}`;
              sent[cable] += text;
              clock.setTimeout(() => (cable === 'serial' ? serial : network).host.write(bytesOf(text)), atMs);
            }
          }
        }
        clock.setTimeout(() => link.reading(false), pauseMs);
        clock.setTimeout(() => link.reading(true), pauseMs * 2);
        clock.advance(60_000);
        const words = printer.text.match(/[sn]\d[-.]/g) ?? [];
        const own = (name: string) => words.filter((word) => word.startsWith(name)).join('');
        expect({ serial: own('s'), network: own('n') }).toEqual(sent);
        for (const [i, word] of words.entries()) {
          if (word.endsWith('-')) expect(words[i + 1]?.slice(0, 2)).toBe(word.slice(0, 2));
        }
      }),
      { numRuns: 200 },
    );
  });
});
