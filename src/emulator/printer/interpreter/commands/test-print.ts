import { type Command, lowHigh } from '../command.js';
import type { Device } from '../device.js';

/** `GS ( A`: the printer prints about itself. */
export const TEST_PRINT_COMMANDS: readonly Command[] = [{ name: 'GS ( A', size: lowHigh, run: testPrint }];

const STATUS = 2;
const ROLLING = 3;

/** `GS ( A 02 00 n m`: on paper n, the status (m 2) or a rolling pattern of all characters (m 3); then as after `ESC @`, and the paper is cut. */
function testPrint(device: Device, args: Uint8Array, size: number): void {
  const { composer, machine, notes, from, to } = device;
  const m = (args[3] ?? 0) & 0xcf;
  if (size < 4 || (m !== STATUS && m !== ROLLING)) {
    notes.warn(from, `GS ( A m ${args[3]}`);
    return;
  }
  composer.flush(from);
  if (composer.page !== undefined) return;
  composer.reset();
  for (const line of m === STATUS ? statusLines(device) : rollingLines(device)) {
    if (line !== '') composer.add(composer.half, line, line.length, from);
    composer.print(composer.layout.lineSpacingDots, to);
  }
  device.reset();
  if (machine.headToCutterDots > 0) composer.submit({ op: 'feed', from, to, feedDots: machine.headToCutterDots });
  if (machine.cutter) composer.submit({ op: 'cut', from, to, kind: 'partial' });
}

function statusLines({ composer, machine, nv }: Device): string[] {
  const { options } = composer;
  const name = (n: number) =>
    Buffer.from(machine.identityReply(n) ?? [])
      .toString('latin1')
      .slice(1, -1);
  return [
    '*** SELF TEST ***',
    `${name(66)} ${name(67)}`,
    `Firmware: ${name(65)}`,
    `Serial No.: ${name(68)}`,
    `Width: ${options.printableDots} dots, ${Math.round(options.dpi)} dpi`,
    `Full-width: ${options.cjk}`,
    `Cutter: ${machine.cutter ? 'yes' : 'no'}`,
    `NV graphics: ${nv.graphics.keys.length}, ${nv.graphics.freeBytes} bytes free`,
    '',
    '*** completed ***',
  ].map((line) => line.slice(0, columnsOf(composer.areaDots)));
}

/** Ten lines of Font A in which the characters move on by one. */
function rollingLines({ composer }: Device): string[] {
  const columns = columnsOf(composer.areaDots);
  return Array.from({ length: 10 }, (_, line) =>
    Array.from({ length: columns }, (__, at) => String.fromCharCode(0x20 + ((line + at) % 95))).join(''),
  );
}

function columnsOf(dots: number): number {
  return Math.max(Math.floor(dots / 12), 1);
}
