import { expect, test } from 'vitest';
import { createEmulatedPrinter } from '../../../src/emulator/printer/printer.js';
import { FaultBoard } from '../../../src/faults/board.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../../src/links/memory.js';
import { PROFILE } from '../../emulator/printer/bench.js';
import { Collector } from '../../links/collector.js';

test.each([
  [115_200, 9_600],
  [9_600, 115_200],
  [19_200, 38_400],
])(
  'terminal at %s, printer at %s: nothing of the ticket can be read, and no answer comes back whole',
  (host, printer) => {
    const clock = new VirtualClock();
    const cable = memoryLinkPair(clock);
    const board = new FaultBoard({ sites: { printerLink: cable.site }, clock, random: seededRandom(1) });
    const emulated = createEmulatedPrinter({ clock, link: cable.device, profile: PROFILE, timing: 'instant' });
    const { id } = board.put({ fault: 'link.wrong-baud', host, printer });
    const terminal = new Collector();
    cable.host.open(terminal);
    clock.advance(1);
    const job = Buffer.from('Total 12.80\nThank you\n\x10\x04\x01');
    cable.host.write(job);
    clock.advance(10);
    expect(emulated.paper.pieces.flatMap((piece) => [...piece.lines]).join()).not.toMatch(/Total|Thank/);
    expect(Buffer.from(terminal.bytes).toString('hex')).not.toBe('12');
    board.clear(id);
    cable.host.write(Buffer.from('\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08\x1b\x40Total\n'));
    clock.advance(10);
    expect(emulated.paper.current?.lines.at(-1)).toBe('Total');
  },
);
