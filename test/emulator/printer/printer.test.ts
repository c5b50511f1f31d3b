import { expect, test } from 'vitest';
import { createEmulatedPrinter } from '../../../src/emulator/printer/printer.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../../src/links/memory.js';
import { Bench, HandLink, hex, LINE_MS, PROFILE } from './bench.js';

test('it prints line by line in the time the paper needs', () => {
  const bench = new Bench();
  bench.send('a\nb\nc\n');
  const seen: number[] = [];
  for (let step = 0; step < 4; step++) {
    bench.clock.advance(LINE_MS);
    seen.push(bench.lines.length);
  }
  expect(seen).toEqual([1, 2, 3, 3]);
});

test('what comes behind a line is not looked at before the line is out', () => {
  const bench = new Bench();
  bench.send('a\n', hex('1d 61 ff'));
  expect(bench.answers()).toBe('');
  bench.clock.advance(LINE_MS);
  expect(bench.answers()).toBe('10000000');
});

test('an idle printer has no timer, and a printing one has one', () => {
  const bench = new Bench();
  expect(bench.clock.pending).toBe(0);
  bench.send('a\n'.repeat(20));
  expect(bench.clock.pending).toBe(1);
  bench.finish();
  expect(bench.clock.pending).toBe(0);
});

test('without printing time everything happens at once, without a timer', () => {
  const bench = new Bench({ timing: 'instant' });
  bench.send('a\n'.repeat(20), hex('1d 56 42 00'));
  expect(bench.printer.counters).toMatchObject({ lines: 20, cuts: 1 });
  expect(bench.clock.pending).toBe(0);
});

test('a full receive buffer stops the line, and room in it starts the line again; nothing is lost', () => {
  const bench = new Bench({ profile: { receiveBufferBytes: 1024 } });
  const line = `${'x'.repeat(47)}\n`; // 48 bytes
  bench.send(line.repeat(18)); // 864 bytes, of which the first line is being printed.
  expect(bench.link.isReading).toBe(true);
  bench.send(line.repeat(3));
  expect(bench.link.isReading).toBe(false); // 960 wait: at most 128 are free.
  bench.send(line.repeat(40)); // Was under way already.
  bench.clock.advance(LINE_MS * 20);
  expect(bench.link.isReading).toBe(false);
  bench.finish();
  expect(bench.link.isReading).toBe(true);
  expect(bench.lines).toHaveLength(61);
});

test('real-time commands are answered while everything else waits', () => {
  const bench = new Bench();
  bench.printer.site.coverOpen(true);
  bench.send('a\n'.repeat(100));
  expect(bench.ask('10 04 02')).toBe('16');
});

test('drawer pulses: ESC p when it is reached, DLE DC4 1 at once, both not as text', () => {
  const pulses: [number, number][] = [];
  const bench = new Bench({ listener: { pulse: (pin, onMs) => pulses.push([pin, onMs]) } });
  bench.send('a\n', hex('1b 70 01 19 fa'), 'b\n', hex('10 14 01 00 02'));
  expect(pulses).toEqual([[2, 200]]);
  bench.finish();
  expect(pulses).toEqual([
    [2, 200],
    [5, 50],
  ]);
  expect(bench.lines).toEqual(['a', 'b']);
  expect(bench.printer.counters.pulses).toBe(2);
});

test('listeners hear of lines, cuts and status as they happen', () => {
  const heard: string[] = [];
  const bench = new Bench({
    listener: {
      line: (line, piece) => heard.push(`line ${line.from}-${line.to} on ${piece.index}`),
      cut: (piece) => heard.push(`cut ${piece.index} ${piece.cut}`),
      status: (condition) => heard.push(condition.paperOut ? 'paper out' : 'paper in'),
    },
  });
  bench.send('a\nbc\n', hex('1d 56 00'), 'd\n').finish();
  bench.printer.site.paperOut(true);
  bench.printer.site.paperOut(true);
  bench.printer.site.paperOut(false);
  expect(heard).toEqual(['line 0-2 on 0', 'line 2-5 on 0', 'cut 0 full', 'line 8-10 on 1', 'paper out', 'paper in']);
});

test('DLE DC4 2 answers 3B 30 00', () => {
  expect(new Bench().ask('10 14 02 01 08')).toBe('3b3000');
});

test('a deselected printer ignores everything but real-time commands and ESC =', () => {
  const bench = new Bench();
  bench.send('a', hex('1b 3d 02'), 'ignored\n', hex('1d 72 01 1d 76 30 00 01 00 01 00 ff'));
  expect(bench.answers()).toBe('');
  expect(bench.ask('10 04 01')).toBe('12');
  bench.send(hex('1b 3d 01'), 'b\n').finish();
  expect(bench.lines).toEqual(['ab']);
});

test('a printer without a cutter feeds and does not cut; a person tears the paper off', () => {
  const bench = new Bench({ profile: { cutter: false, headToCutterMm: 10 } });
  bench.send('a\n', hex('1d 56 42 08'), 'b\n').finish();
  expect(bench.printer.paper.pieces).toHaveLength(1);
  expect(bench.printer.paper.current?.heightDots).toBe(30 + 80 + 8 + 30);
  bench.printer.tear();
  bench.printer.tear();
  expect(bench.printer.paper.pieces.map((piece) => piece.cut)).toEqual(['torn']);
});

test('through a memory link: a job, its checkpoint, a lost cable, and the printer is there again', () => {
  const clock = new VirtualClock();
  const cable = memoryLinkPair(clock);
  const printer = createEmulatedPrinter({ clock, link: cable.device, profile: PROFILE });
  let answers = '';
  const host = {
    opened() {},
    received: (bytes: Uint8Array) => {
      answers += Buffer.from(bytes).toString('hex');
    },
    drained() {},
    lost() {},
  };
  cable.host.open(host);
  clock.advance(1);
  cable.host.write(Buffer.concat([Buffer.from('a\n'), hex('1d 28 48 06 00 30 30 31 32 33 34')]));
  clock.advance(100);
  expect(answers).toBe('37223132333400');
  cable.site.unplug();
  clock.advance(1_000);
  cable.site.plug();
  cable.host.open(host);
  clock.advance(150);
  cable.host.write(hex('10 04 01'));
  clock.advance(1);
  expect(answers).toBe('3722313233340012');
  printer.close();
  printer.close();
  expect(clock.pending).toBe(0);
});

test('a lost link is opened again 100 ms later, for as long as it takes; what was held prints on', () => {
  const bench = new Bench();
  bench.send('a\nb\n');
  const listener = bench.link.listener;
  listener?.lost({ code: 'lost', message: 'unplugged' });
  bench.clock.advance(99);
  expect(bench.link.opens).toBe(1);
  bench.clock.advance(1);
  expect(bench.link.opens).toBe(2);
  expect(bench.lines).toEqual(['a', 'b']);
  listener?.lost({ code: 'missing', message: 'still not there' });
  bench.clock.advance(100);
  expect(bench.link.opens).toBe(3);
});

test('a closed printer leaves no timer, prints and answers nothing more', () => {
  const clock = new VirtualClock();
  const link = new HandLink();
  const printer = createEmulatedPrinter({ clock, link, profile: PROFILE });
  const { listener } = link;
  listener?.opened();
  listener?.received(new Uint8Array(Buffer.from('a\nb\n')));
  printer.close();
  listener?.received(hex('10 04 01'));
  listener?.lost({ code: 'lost', message: '' });
  expect(clock.pending).toBe(0);
  expect(link.sent).toEqual([]);
  expect(printer.paper.pieces).toEqual([]);
});

test('counters tell what passed', () => {
  const bench = new Bench();
  bench.send('a\n', hex('10 04 01 1d 56 00')).finish();
  expect(bench.printer.counters).toEqual({
    receivedBytes: 8,
    sentBytes: 1,
    lines: 1,
    partialLines: 0,
    cuts: 1,
    pulses: 0,
    beeps: 0,
    droppedBytes: 0,
  });
});

test('any number of people may watch, each for as long as they like', () => {
  const bench = new Bench();
  const heard: string[] = [];
  const unwatch = ['a', 'b'].map((name) =>
    bench.printer.watch({
      line: (_, { lines }) => heard.push(`${name} line ${lines.at(-1)}`),
      status: ({ coverOpen }) => heard.push(`${name} cover ${coverOpen ? 'open' : 'closed'}`),
    }),
  );
  bench.send('x\n').finish();
  unwatch[0]?.();
  bench.printer.site.coverOpen(true);
  expect(heard).toEqual(['a line x', 'b line x', 'b cover open']);
});
