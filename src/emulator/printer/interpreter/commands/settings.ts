import { type Command, lowHigh, word } from '../command.js';
import type { Device } from '../device.js';

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
  { name: 'ESC c 4', size: 1, run: ({ machine }, args) => machine.stopAtNearEnd?.(((args[0] ?? 0) & 0x03) !== 0) },
  { name: 'ESC c 5', size: 1, run: ({ machine }, args) => machine.panelButtons?.(((args[0] ?? 0) & 0x01) === 0) },
  { name: 'ESC c 0', size: 1 },
  { name: 'ESC c 1', size: 1 },
  // Density, speed, paper layout, real-time commands on or off: nothing of it can be seen on this paper.
  { name: 'GS ( D', size: lowHigh, run: enableRealTime },
  { name: 'GS ( K', size: lowHigh },
  { name: 'GS ( V', size: lowHigh },
  { name: 'GS ( Y', size: lowHigh },
  { name: 'GS ( z', size: lowHigh },
  { name: 'FS ( e', size: lowHigh },
  { name: 'ESC ( Y', size: lowHigh },
  { name: 'ESC 1', size: 0 },
  // Maintenance counters: set back, and told.
  { name: 'GS g 0', size: 3 },
  {
    name: 'GS g 2',
    size: 3,
    run: ({ machine }, args) => {
      const value = machine.maintenanceCounter?.(word(args, 1)) ?? 0;
      machine.reply(Buffer.from(`\x5f${value}\0`, 'latin1'));
    },
  },
  // Online recovery waiting time.
  { name: 'GS z 0', size: 2 },
  { name: 'GS E', size: 1 },
];

/** `GS ( D pL pH 20 [a b]…`: `DLE DC4` fn `a` is carried out (`b` 1 or 49) or not. */
function enableRealTime({ machine }: Device, args: Uint8Array, size: number): void {
  if (args[2] !== 20) return;
  for (let at = 3; at + 1 < size; at += 2) machine.enableRealTime?.(args[at] ?? 0, ((args[at + 1] ?? 0) & 1) === 1);
}
