import { type Command, lowHigh, word } from '../command.js';

/** Settings of the printer as a whole, and what is kept in it. */
export const SETTING_COMMANDS: readonly Command[] = [
  { name: 'ESC @', size: 0, run: (device) => device.reset() },
  {
    name: 'ESC =',
    size: 1,
    always: true,
    run: (device, args) => {
      device.selected = ((args[0] ?? 0) & 1) === 1;
    },
  },
  // Paper sensors on parallel ports, sensors that stop printing, panel buttons, sheet selection.
  { name: 'ESC c 3', size: 1 },
  { name: 'ESC c 4', size: 1 },
  { name: 'ESC c 5', size: 1 },
  { name: 'ESC c 0', size: 1 },
  { name: 'ESC c 1', size: 1 },
  // Density, speed, paper layout, real-time commands on or off, customised values, test print.
  { name: 'GS ( A', size: lowHigh, undone: true },
  { name: 'GS ( C', size: lowHigh, undone: true },
  { name: 'GS ( D', size: lowHigh },
  { name: 'GS ( E', size: lowHigh, undone: true },
  { name: 'GS ( K', size: lowHigh },
  { name: 'GS ( M', size: lowHigh },
  { name: 'GS ( V', size: lowHigh },
  { name: 'GS ( Y', size: lowHigh },
  { name: 'GS ( z', size: lowHigh },
  { name: 'FS ( C', size: lowHigh, undone: true },
  { name: 'FS ( e', size: lowHigh },
  { name: 'ESC ( Y', size: lowHigh },
  { name: 'ESC 1', size: 0 },
  // Macros.
  { name: 'GS :', size: 0, undone: true },
  { name: 'GS ^', size: 3, undone: true },
  // Counters.
  { name: 'GS C 0', size: 2 },
  { name: 'GS C 1', size: 6 },
  { name: 'GS C 2', size: 2 },
  { name: 'GS C ;', size: fiveSemicolons },
  { name: 'GS c', size: 0, undone: true },
  // Maintenance counters, user NV memory.
  { name: 'GS g 0', size: 3 },
  { name: 'GS g 2', size: 3, undone: true },
  { name: 'FS g 1', size: (args, have) => (have < 7 ? 7 : 7 + word(args, 5)), undone: true },
  { name: 'FS g 2', size: 7, undone: true },
  // Online recovery waiting time.
  { name: 'GS z 0', size: 2 },
  { name: 'GS E', size: 1 },
];

/** `GS C ; sa ; sb ; sn ; sr ; sc ;`: five numbers in digits, each ended by a semicolon. */
function fiveSemicolons(args: Uint8Array, have: number): number {
  let left = 5;
  for (let at = 0; at < have; at++) if (args[at] === 0x3b) left--;
  return left === 0 || have >= 30 ? have : have + left;
}
