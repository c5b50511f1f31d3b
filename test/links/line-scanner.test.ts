import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { LineScanner, type LineScannerOptions } from '../../src/links/line-scanner.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import { bytesOf, Collector } from './collector.js';

function newScanner(options: LineScannerOptions = {}) {
  const clock = new VirtualClock();
  const { host, device, site } = memoryLinkPair(clock, { baud: 9_600 });
  const reader = new Collector();
  device.open(reader);
  const state: string[] = [];
  const scanner = new LineScanner(host, clock, { onLink: (loss) => state.push(loss?.code ?? 'there'), ...options });
  const codes: string[] = [];
  scanner.watch((code) => codes.push(code));
  clock.advance(0);
  const send = (text: string) => {
    device.write(bytesOf(text));
    clock.advance(100);
  };
  return { clock, scanner, codes, send, site, device, reader, state };
}

describe('a scanner on a serial line', () => {
  test.each([
    ['CR', '\r'],
    ['LF', '\n'],
    ['CR LF', '\r\n'],
  ])('hands on a code for each line that ends in %s', (_, end) => {
    const { codes, send } = newScanner();
    send(`281234567890123456${end}134567890123456789${end}`);
    expect(codes).toEqual(['281234567890123456', '134567890123456789']);
  });

  test('puts a code together from whatever pieces it comes in', () => {
    const { codes, send } = newScanner();
    for (const digit of '281234567890123456') send(digit);
    expect(codes).toEqual([]);
    send('\r');
    send('\n');
    expect(codes).toEqual(['281234567890123456']);
  });

  test('that sends no line end works: silence ends the code, and two codes are not joined', () => {
    const { clock, codes, send } = newScanner();
    send('281234567890123456');
    clock.advance(300);
    send('134567890123456789');
    clock.advance(300);
    expect(codes).toEqual(['281234567890123456', '134567890123456789']);
    expect(clock.pending).toBe(0);
  });

  test('that never ends its line does not grow memory, and its line is handed on cut', () => {
    const { codes, send } = newScanner({ lengthMax: 40 });
    for (let i = 0; i < 200; i++) send('1234567890');
    send('\n281234567890123456\n');
    expect(codes).toEqual(['1234567890'.repeat(4), '281234567890123456']);
  });

  test('hands on what is not a digit as it came', () => {
    const { codes, send } = newScanner();
    send('2812\x00\x1b34\xe9\t \n');
    expect(codes).toEqual(['2812\x00\x1b34\xe9\t ']);
  });

  test('unplugged in the middle of a code drops the half, and is found again when it is back', () => {
    const { clock, codes, send, site, device, reader, state } = newScanner();
    send('28123456');
    site.unplug();
    clock.advance(2_500);
    site.plug();
    device.open(reader);
    clock.advance(1_000);
    send('7890123456\n');
    expect(codes).toEqual(['7890123456']);
    expect(state).toEqual(['there', 'lost', 'there']);
  });

  test('that is missing is looked for, and said to be missing once', () => {
    const clock = new VirtualClock();
    const { host, site } = memoryLinkPair(clock);
    site.unplug();
    const state: string[] = [];
    new LineScanner(host, clock, { onLink: (loss) => state.push(loss?.code ?? 'there') });
    clock.advance(10_000);
    site.plug();
    clock.advance(1_000);
    expect(state).toEqual(['missing', 'there']);
  });

  test('closed, hands on nothing and looks for nothing', () => {
    const { clock, scanner, codes, send } = newScanner();
    send('28');
    scanner.close();
    scanner.close();
    send('1234\n');
    clock.advance(10_000);
    expect(codes).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
