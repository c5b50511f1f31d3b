import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import { recordedLink } from '../../src/links/recorded.js';
import type { LineEar } from '../../src/links/recording/recorder.js';
import { bytesOf, Collector } from './collector.js';

function line() {
  const clock = new VirtualClock();
  const cable = memoryLinkPair(clock);
  const told: string[] = [];
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
  const ear: LineEar = {
    toPrinter: (bytes) => told.push(`> ${text(bytes)}`),
    fromPrinter: (bytes) => told.push(`< ${text(bytes)}`),
    opened: () => told.push('opened'),
    lost: ({ code }) => told.push(`lost ${code}`),
    closed: () => told.push('closed'),
  };
  const printer = new Collector();
  cable.device.open(printer);
  clock.advance(0);
  return { clock, cable, told, printer, link: recordedLink(cable.host, ear) };
}

test('bytes both ways are told in their order, and go where they went', () => {
  const { clock, cable, told, printer, link } = line();
  const host = new Collector();
  link.open(host);
  clock.advance(0);
  link.write(bytesOf('Cafe'));
  clock.advance(0);
  cable.device.write(bytesOf('ok'));
  clock.advance(0);
  link.close();
  link.close();
  expect(told).toEqual(['opened', '> Cafe', '< ok', 'closed']);
  expect([printer.text, host.text, host.events]).toEqual(['Cafe', 'ok', ['opened', 'drained', 'received']]);
});

test('what is written while the line is down is not told', () => {
  const { clock, told, link } = line();
  link.write(bytesOf('too early'));
  link.open(new Collector());
  link.write(bytesOf('still too early'));
  link.close();
  link.write(bytesOf('too late'));
  clock.advance(0);
  expect(told).toEqual([]);
});

test('a line that is lost, cannot be opened, and comes back', () => {
  const { clock, cable, told, link } = line();
  const host = new Collector();
  link.open(host);
  clock.advance(0);
  cable.site.unplug();
  clock.advance(0);
  link.open(host);
  clock.advance(0);
  cable.site.plug();
  link.open(host);
  clock.advance(0);
  link.write(bytesOf('again'));
  expect(told).toEqual(['opened', 'lost lost', 'lost missing', 'opened', '> again']);
  expect(host.events).toEqual(['opened', 'lost lost', 'lost missing', 'opened']);
});

test('a second one that opens it is told that it is in use, and the recording goes on', () => {
  const { clock, told, link } = line();
  link.open(new Collector());
  clock.advance(0);
  const second = new Collector();
  link.open(second);
  clock.advance(0);
  link.write(bytesOf('first'));
  expect(second.events).toEqual(['lost busy']);
  expect(told).toEqual(['opened', '> first']);
});
