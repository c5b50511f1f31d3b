import { type Command, lowHigh, word } from '../command.js';
import type { Device } from '../device.js';
import { sendBlock } from '../replies.js';
import { chooseAtPowerOn, MOST_LAYOUTS, restoreLayout, saveLayout } from '../saved-layout.js';

/** Settings that outlive the power: memory switches and customised values (`GS ( E`), saved print settings (`GS ( M`). */
export const USER_SETTING_COMMANDS: readonly Command[] = [
  { name: 'GS ( E', size: lowHigh, run: (device, args, size) => setUp(device, args.subarray(2, size)) },
  { name: 'GS ( M', size: lowHigh, run: (device, args) => customise(device, args[2] ?? 0, args[3] ?? 0) },
];

const SEPARATOR = 0x1f;

/** `GS ( E pL pH fn …`. Functions 2 and those that set something work between <Function 1> and <Function 2> only. */
function setUp(device: Device, args: Uint8Array): void {
  const { settings } = device.nv;
  const fn = args[0] ?? 0;
  const a = args[1] ?? 0;
  const letters = Buffer.from(args.subarray(1)).toString('latin1');
  if (fn === 1 && letters === 'IN') {
    device.settingMode = true;
    sendBlock(device, 0x20, new Uint8Array(0));
    return;
  }
  if ([2, 3, 5, 11, 13, 15].includes(fn) && !device.settingMode) return;
  switch (fn) {
    case 2: // Ends it, as if the printer were switched off and on.
      if (letters === 'OUT') device.reset();
      break;
    case 3: // Memory switches: for each its number and bits 8 to 1, as 0 (off), 1 (on) or 2 (as it is).
      for (let at = 1; at + 9 <= args.length; at += 9) setSwitch(device, args[at] ?? 0, args.subarray(at + 1, at + 9));
      break;
    case 4:
      sendBlock(device, 0x21, switchOf(device, a));
      break;
    case 5: // Customised values: for each its number and the value.
      for (let at = 1; at + 3 <= args.length; at += 3) settings.set(`value ${args[at]}`, args.subarray(at + 1, at + 3));
      break;
    case 6: {
      const kept = settings.get(`value ${a}`);
      sendSetting(device, 0x27, a, kept === undefined ? '0' : String(word(kept, 0)));
      break;
    }
    case 11:
      settings.set(`serial ${a}`, args.subarray(2));
      break;
    case 12:
      sendSetting(device, 0x33, a, Buffer.from(settings.get(`serial ${a}`) ?? []).toString('latin1'));
      break;
    case 13:
      settings.set(`bluetooth ${a}`, args.subarray(2));
      break;
    case 14:
      sendSetting(device, 0x4a, a, Buffer.from(settings.get(`bluetooth ${a}`) ?? []).toString('latin1'));
      break;
    case 15:
      settings.set(`usb ${a}`, args.subarray(2));
      break;
    case 16:
      sendSetting(device, 0x4b, a, Buffer.from(settings.get(`usb ${a}`) ?? []).toString('latin1'));
      break;
    default:
      device.notes.warn(device.from, `GS ( E <Function ${fn}>`);
  }
}

/** Bits 8 to 1 as `30` and `31`; all off before anything was set. */
function switchOf(device: Device, n: number): Uint8Array {
  return device.nv.settings.get(`switch ${n}`) ?? new Uint8Array(8).fill(0x30);
}

function setSwitch(device: Device, n: number, bits: Uint8Array): void {
  const before = switchOf(device, n);
  device.nv.settings.set(
    `switch ${n}`,
    bits.map((bit, at) => (bit === 0x30 || bit === 0x31 ? bit : (before[at] ?? 0x30))),
  );
}

/** `37 id`, the number, `1F`, the value, `00`. */
function sendSetting(device: Device, id: number, n: number, value: string): void {
  sendBlock(device, id, Buffer.from([...Buffer.from(String(n)), SEPARATOR, ...Buffer.from(value, 'latin1')]));
}

/** `GS ( M 02 00 fn m`: 1 saves the settings as number m, 2 takes them back, 3 takes them back at each switching on; 0 is as it came from the factory. */
function customise({ nv, composer, notes, from }: Device, fn: number, m: number): void {
  const n = m & 0xcf;
  if (n > MOST_LAYOUTS) return;
  switch (fn & 0xcf) {
    case 1:
      if (n >= 1) saveLayout(composer, nv.settings, n);
      break;
    case 2:
      if (composer.page === undefined) restoreLayout(composer, nv.settings, n);
      break;
    case 3:
      chooseAtPowerOn(nv.settings, n);
      break;
    default:
      notes.warn(from, `GS ( M <Function ${fn}>`);
  }
}
