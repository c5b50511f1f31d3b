import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { EitherLink } from '../../src/links/either.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import { bytesOf, Collector } from './collector.js';

/** A printer with a serial and a network socket, and a host at each. */
function openPrinter(prepare: (serial: ReturnType<typeof memoryLinkPair>) => void = () => {}) {
  const clock = new VirtualClock();
  const serial = memoryLinkPair(clock, { address: 'serial' });
  const network = memoryLinkPair(clock, { address: 'network' });
  prepare(serial);
  const printer = new EitherLink(clock, [serial.device, network.device]);
  const atPrinter = new Collector();
  const atSerial = new Collector();
  const atNetwork = new Collector();
  serial.host.open(atSerial);
  network.host.open(atNetwork);
  printer.open(atPrinter);
  clock.advance(0);
  return { clock, serial, network, printer, atPrinter, atSerial, atNetwork };
}

describe('a printer with two sockets', () => {
  test('is opened once, and answers the one that asked', () => {
    const { clock, serial, network, printer, atPrinter, atSerial, atNetwork } = openPrinter();
    serial.host.write(bytesOf('from serial,'));
    clock.advance(0);
    printer.write(bytesOf('to serial'));
    clock.advance(300);
    network.host.write(bytesOf('from network'));
    clock.advance(0);
    printer.write(bytesOf('to network'));
    clock.advance(0);
    expect(atPrinter.opens).toBe(1);
    expect(atPrinter.text).toBe('from serial,from network');
    expect([atSerial.text, atNetwork.text]).toEqual(['to serial', 'to network']);
  });

  test('holds one back while the other is sending', () => {
    const { clock, serial, network, atPrinter } = openPrinter();
    serial.host.write(bytesOf('a'));
    clock.advance(0);
    network.host.write(bytesOf('N'));
    for (let i = 0; i < 10; i++) {
      clock.advance(100);
      serial.host.write(bytesOf('a'));
    }
    clock.advance(199);
    expect(atPrinter.text).toBe('a'.repeat(11));
    clock.advance(2);
    expect(atPrinter.text).toBe(`${'a'.repeat(11)}N`);
  });

  test('that stops reading and goes on does so for both', () => {
    const { clock, serial, network, printer, atPrinter } = openPrinter();
    serial.host.write(bytesOf('a'));
    clock.advance(1_000);
    printer.reading(false);
    serial.host.write(bytesOf('b'));
    network.host.write(bytesOf('c'));
    clock.advance(1_000);
    expect(atPrinter.text).toBe('a');
    printer.reading(true);
    clock.advance(1_000);
    expect(atPrinter.text).toBe('abc');
  });

  test('goes on with one when the other is pulled out, and finds it again', () => {
    const { clock, serial, network, atPrinter, atSerial } = openPrinter();
    serial.site.unplug();
    clock.advance(1_000);
    network.host.write(bytesOf('n'));
    clock.advance(1_000);
    serial.site.plug();
    clock.advance(200);
    serial.host.open(atSerial);
    clock.advance(0);
    serial.host.write(bytesOf('s'));
    clock.advance(0);
    expect(atPrinter.text).toBe('ns');
    expect(atPrinter.losses).toEqual([]);
  });

  test('is lost once when both are, and can be opened again', () => {
    const { clock, serial, network, printer, atPrinter, atSerial } = openPrinter();
    serial.site.unplug();
    clock.advance(500);
    network.site.unplug();
    clock.advance(500);
    expect(atPrinter.losses.length).toBe(1);
    printer.open(atPrinter);
    clock.advance(500);
    expect(atPrinter.losses.map(({ code }) => code)).toEqual(['lost', 'missing']);
    serial.site.plug();
    printer.open(atPrinter);
    clock.advance(500);
    expect(atPrinter.opens).toBe(2);
    serial.host.open(atSerial);
    clock.advance(0);
    serial.host.write(bytesOf('back'));
    clock.advance(0);
    expect(atPrinter.text).toBe('back');
  });

  test('of which one cannot be opened is up all the same', () => {
    const { clock, network, atPrinter } = openPrinter(({ site }) => site.unplug());
    network.host.write(bytesOf('n'));
    clock.advance(1_000);
    expect(atPrinter.events[0]).toBe('opened');
    expect([atPrinter.losses, atPrinter.text]).toEqual([[], 'n']);
  });

  test('closed, is silent and sets no timers', () => {
    const { clock, serial, printer, atPrinter } = openPrinter();
    serial.host.write(bytesOf('a'));
    clock.advance(0);
    printer.close();
    printer.close();
    serial.host.write(bytesOf('b'));
    clock.advance(1_000);
    expect(atPrinter.text).toBe('a');
    expect(clock.pending).toBe(0);
  });
});
