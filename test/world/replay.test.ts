import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PaperPiece } from '../../src/emulator/printer/paper/piece.js';
import { toPng } from '../../src/emulator/printer/paper/png.js';
import { rasterise } from '../../src/emulator/printer/paper/raster.js';
import { createEmulatedPrinter } from '../../src/emulator/printer/printer.js';
import type { FaultRecord } from '../../src/faults/fault.js';
import { openGlyphs } from '../../src/glyphs/glyphs.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import type { Link } from '../../src/ports/link.js';
import { readPrinterProfile } from '../../src/world/devices.js';
import { openRecording } from '../../src/world/recording-file.js';
import { type Difference, differenceText } from '../../src/world/replay/comparison.js';
import { replayEmulated } from '../../src/world/replay.js';
import { whenSettled } from '../../src/world/settled.js';
import { createSimulation, type Simulation } from '../../src/world/simulated.js';
import { openTape, type Tape } from '../../src/world/tape.js';
import { Collector } from '../links/collector.js';
import { EMULATED } from './emulated-names.js';

const glyphs = openGlyphs();
const picture = (piece: PaperPiece) => Buffer.from(toPng(rasterise(piece, glyphs))).toString('base64');

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'paperjam-replay-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const FILE = 'a.pjr';
const file = () => join(folder, FILE);

function tapeFor(device: string): Tape {
  return openTape({
    file: file(),
    device,
    failed: (error) => {
      throw error;
    },
  });
}

interface Shop extends Simulation {
  readonly sell: () => string;
  readonly end: () => void;
}

/** A shop in virtual time whose printer's line is recorded. */
async function tapedShop(device = 'epson-tm-m30'): Promise<Shop> {
  const tape = tapeFor(device);
  const simulation = await createSimulation({ device, tape, policy: { reprint: 'ask' } });
  const { world, clock } = simulation;
  world.start();
  clock.runUntil(() => world.terminal.free);
  return {
    ...simulation,
    sell() {
      const saleId = world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
      let settled = false;
      whenSettled(world, saleId, 600_000, () => {
        settled = true;
      });
      clock.runUntil(() => settled);
      return saleId;
    },
    end() {
      world.close();
      tape.close();
    },
  };
}

const papersOf = ({ world }: Shop) => (world.emulatedPrinter?.paper.pieces ?? []).map(picture);

async function replay(device?: string, faults: readonly FaultRecord[] = []) {
  const recording = await openRecording(file());
  const pieces: PaperPiece[] = [];
  const differences: Difference[] = [];
  try {
    const replayed = await replayEmulated({
      recording,
      faults,
      profile: readPrinterProfile(device ?? recording.header.device),
      paper: (piece) => pieces.push(piece),
      difference: (difference) => differences.push(difference),
    });
    return { ...replayed, pieces, papers: pieces.map(picture), told: differences.map(differenceText) };
  } finally {
    await recording.close();
  }
}

describe('a recorded sale', () => {
  test.each(EMULATED)('on %s comes out again dot for dot, with the same replies', async (device) => {
    const shop = await tapedShop(device);
    shop.sell();
    shop.sell();
    shop.clock.advance(5_000);
    const before = papersOf(shop);
    shop.end();
    const { papers, told, replies, damage } = await replay();
    expect(papers).toEqual(before);
    expect(told).toEqual([]);
    expect(replies.same).toBeGreaterThan(10);
    expect(replies.different).toBe(0);
    expect(damage).toBeUndefined();
  });

  test('with a jam and a reprint comes out without the jam, whose absence the replies show; and with it, if it is put in again', async () => {
    const jam = { fault: 'printer.paper-jam', when: { line: 6 }, for: 4_000 } as const;
    const shop = await tapedShop();
    shop.world.faults.put(jam);
    const saleId = shop.sell();
    shop.clock.runUntil(() => shop.world.printer.status().ready);
    shop.world.terminal.reprint(saleId);
    shop.clock.runUntil(() => shop.world.terminal.free && shop.world.emulatedPrinter?.paper.current === undefined);
    shop.clock.advance(2_000);
    const before = papersOf(shop);
    const lines = (shop.world.emulatedPrinter?.paper.pieces ?? []).flatMap((piece) => piece.lines).join('\n');
    shop.end();
    expect(lines).toContain('补打');

    const without = await replay();
    expect(without.papers).not.toEqual(before);
    expect(without.pieces.flatMap((piece) => piece.lines).join('\n')).toContain('补打');
    expect(without.told).toContainEqual(
      expect.stringMatching(/ s >\d+ DLE EOT 3: recorded 16 mechanical error, here 12 all clear$/),
    );
    expect(without.told).toContainEqual(
      expect.stringMatching(/ s <\d+ automatic status: recorded 18 04 00 00 offline, mechanical error, here nothing$/),
    );

    const withIt = await replay(undefined, [jam]);
    expect(withIt.told).toEqual([]);
    expect(withIt.papers).toEqual(before);
  });

  test('whose cable came out is played with the cable out, and says what was on its way', async () => {
    const shop = await tapedShop();
    shop.world.faults.put({ fault: 'link.printer-lost', when: { byte: 300 }, for: 3_000 });
    shop.sell();
    shop.clock.advance(10_000);
    shop.end();
    const { pieces, notes, told } = await replay();
    const lines = pieces.flatMap((piece) => piece.lines).join('\n');
    expect(lines).toContain('街角咖啡');
    expect(lines).not.toContain('谢谢惠顾');
    expect(notes).toContainEqual(expect.stringMatching(/^\d+ bytes were still on their way when the line went down/));
    expect(told).toEqual([]);
  });
});

describe('a replay', () => {
  test('on another model says what that model answers differently', async () => {
    const shop = await tapedShop();
    shop.sell();
    shop.end();
    const { told } = await replay('epson-tm-t88v');
    expect(told).toContainEqual(expect.stringMatching(/GS I 67: recorded 5f .* "TM-m30", here 5f .* 00 "TM-T88V"$/));
  });

  test('of a recording that is cut off anywhere plays what is whole and says so', async () => {
    const shop = await tapedShop();
    shop.sell();
    shop.end();
    const whole = fs.readFileSync(file());
    for (const share of [0.3, 0.6, 0.9]) {
      fs.writeFileSync(file(), whole.subarray(0, Math.floor(whole.length * share)));
      const { notes, told, damage } = await replay();
      expect(notes.join()).toMatch(/torn off at byte \d+|no end mark/);
      expect(told).toEqual([]);
      expect(damage).toBeUndefined();
    }
  });

  test('of a damaged recording shows what comes before the damage, and names it', async () => {
    const shop = await tapedShop();
    shop.sell();
    shop.end();
    const bytes = fs.readFileSync(file());
    const at = bytes.indexOf(Buffer.from('THANK YOU'));
    bytes[at] = 0x74;
    fs.writeFileSync(file(), bytes);
    const { pieces, damage } = await replay();
    expect(damage?.code).toBe('PJ_RECORDING_DAMAGED');
    expect(Number(damage?.data.offset)).toBeLessThan(at);
    const lines = pieces.flatMap((piece) => piece.lines).join('\n');
    expect(lines).toContain('街角咖啡');
    expect(lines).not.toContain('谢谢惠顾');
  });
});

/** A recording of bytes that somebody's program wrote, and of replies that somebody's printer gave. */
function taped(
  play: (line: { link: Link; device: Link; clock: VirtualClock }) => void,
  { baud = 115_200, closesAfterMs = 1_001 } = {},
): void {
  const clock = new VirtualClock();
  const cable = memoryLinkPair(clock, { baud });
  const tape = tapeFor('epson-tm-m30');
  const link = tape.link(cable.host, { clock, baud });
  cable.device.open(new Collector());
  link.open(new Collector());
  clock.advance(1);
  play({ link, device: cable.device, clock });
  clock.advance(closesAfterMs);
  link.close();
  tape.close();
}

describe('a line that was opened at several rates', () => {
  const ASK = Uint8Array.of(0x10, 0x04, 0x01);

  /** Asks at each rate, half a kilobyte behind text: the answer comes when the line has carried that. */
  function atRates(rates: readonly number[], waitMs: number): void {
    const clock = new VirtualClock();
    let rate = 0;
    const cable = memoryLinkPair(clock, { baud: () => rate });
    const printer = createEmulatedPrinter({
      clock,
      link: cable.device,
      profile: readPrinterProfile('epson-tm-m30'),
      timing: 'profile',
    });
    const tape = tapeFor('epson-tm-m30');
    for (const baud of rates) {
      const link = tape.link(cable.host, { clock, baud });
      rate = baud;
      link.open(new Collector());
      clock.advance(1);
      link.write(Buffer.concat([Buffer.alloc(500, 0), ASK]));
      clock.advance(waitMs);
      link.close();
    }
    tape.close();
    printer.close();
  }

  test('is played at those rates: what was answered then is answered now, and what was lost is lost', async () => {
    atRates([9_600, 115_200, 19_200], 600);
    expect(await replay()).toMatchObject({ told: [], replies: { recorded: 3, same: 3, open: 0 } });
    fs.rmSync(file());
    atRates([115_200, 9_600, 115_200], 300); // At 9600 the line needs 524 ms.
    const { told, replies, notes } = await replay();
    expect([told, replies.recorded, replies.same]).toEqual([[], 2, 2]);
    expect(notes.join()).toMatch(/^2\d\d bytes were still on their way/);
  });
});

test('an answer at the very microsecond at which the line is closed, and another line is opened, is heard', async () => {
  // 7 bytes at 19200 need 3.6458333 ms: the recorded time is rounded, down or up.
  const shop: number[] = [];
  for (let n = 0; n < 8; n++) {
    const clock = new VirtualClock(Date.parse('2026-01-01T00:00:00Z') + n * 0.37);
    const cable = memoryLinkPair(clock, { baud: 19_200 });
    const profile = readPrinterProfile('epson-tm-m30');
    const printer = createEmulatedPrinter({ clock, link: cable.device, profile, timing: 'profile' });
    const tape = tapeFor('epson-tm-m30');
    const link = tape.link(cable.host, { clock, baud: 19_200 });
    let lives = 0;
    const host = new Collector();
    host.after = (event) => {
      if (event === 'opened') link.write(Uint8Array.of(0x10, 0x04, 0x01, 0x10, 0x04, 0x02));
      if (event !== 'received' || host.length < 2 * (lives + 1)) return;
      lives++;
      link.close();
      if (lives < 4) link.open(host);
    };
    link.open(host);
    clock.advance(1_000);
    tape.close();
    printer.close();
    const { told, replies } = await replay();
    expect(told).toEqual([]);
    shop.push(replies.same);
    fs.rmSync(file());
  }
  expect(shop).toEqual(Array(8).fill(8));
});

describe('differences are told with time, place and words', () => {
  test('an answer to a question', async () => {
    taped(({ link, device, clock }) => {
      clock.advance(1_000);
      link.write(Buffer.from('Cafe\n\x10\x04\x04', 'latin1'));
      clock.advance(10);
      device.write(Uint8Array.of(0x7e));
    });
    const { told, replies } = await replay();
    expect(told).toEqual(['1.011087 s >5 DLE EOT 4: recorded 7e paper near end, paper end, here 12 all clear']);
    expect(replies).toMatchObject({ recorded: 1, here: 1, same: 0, different: 1 });
  });

  test('a question that had no answer, and one that has none now', async () => {
    taped(({ link, device, clock }) => {
      link.write(Uint8Array.of(0x10, 0x04, 0x01));
      clock.advance(5_000);
      link.write(Uint8Array.of(0x1d, 0x67, 0x32, 0x00, 0x14, 0x00)); // GS g 2
      device.write(Buffer.from('_17\0'));
      clock.advance(5_000);
    });
    const { told } = await replay();
    expect(told[0]).toMatch(/^0\.001000 s >0 DLE EOT 1: recorded nothing, here 12 all clear$/);
  });

  test('a question that was open when the line went down is no difference', async () => {
    const ask = ({ link }: { link: Link }) => link.write(Uint8Array.of(0x10, 0x04, 0x01));
    taped(ask, { closesAfterMs: 1 });
    expect((await replay()).replies).toMatchObject({ different: 0, open: 1 });
    fs.rmSync(file());
    taped(ask); // A second is long enough for an answer.
    expect((await replay()).replies).toMatchObject({ different: 1, open: 0 });
  });

  test('a printer that takes nothing any more is a note, with what is on its paper', async () => {
    taped(
      ({ link, clock }) => {
        // A macro that waits for the feed button, which nobody presses here.
        link.write(Buffer.from('Corner Cafe\n\x1d:x\n\x1d:\x1d^\x02\x00\x01', 'latin1'));
        clock.advance(2_000);
        for (let i = 0; i < 40; i++) {
          link.write(Buffer.from(`${'y'.repeat(47)}\n`.repeat(200)));
          clock.advance(1_000);
        }
      },
      { baud: 0 },
    );
    const { notes, pieces } = await replay();
    expect(notes.join()).toContain('takes nothing any more');
    expect(pieces[0]?.lines[0]).toBe('Corner Cafe');
  });
});
