import { qrModules } from '../../paper/operations.js';
import { qrVersion } from '../../symbols/qr-size.js';
import { type Command, lowHigh } from '../command.js';
import type { Device } from '../device.js';

/** Barcodes and two-dimensional codes. Carried out: QR codes. */
export const SYMBOL_COMMANDS: readonly Command[] = [
  { name: 'GS ( k', size: lowHigh, run: twoDimensional },
  { name: 'GS k', size: barcodeSize, undone: true },
  { name: 'GS h', size: 1 },
  { name: 'GS w', size: 1 },
  { name: 'GS H', size: 1 },
  { name: 'GS f', size: 1 },
];

const QR = 49;
const LEVELS = ['L', 'M', 'Q', 'H'] as const;

/** `GS ( k pL pH cn fn …`. */
function twoDimensional(device: Device, args: Uint8Array, size: number): void {
  const fn = args[3] ?? 0;
  const n = args[4] ?? 0;
  if (args[2] !== QR) {
    if (size > 4) device.notes.warn(device.from, `GS ( k <cn ${args[2]}, fn ${fn}>`);
    return;
  }
  switch (fn) {
    case 65: // Function 165: the model. Model 1 is drawn as model 2, which every reader reads.
      if (n === 51) device.notes.warn(device.from, 'GS ( k <Function 165> Micro QR');
      break;
    case 67: // Function 167
      if (n >= 1 && n <= 16) device.qr.moduleDots = n;
      break;
    case 69: // Function 169
      device.qr.level = LEVELS[n - 48] ?? device.qr.level;
      break;
    case 80: // Function 180: all eight bits of each byte are kept.
      device.qr.data = Buffer.from(args.subarray(5, size)).toString('latin1');
      break;
    case 81: // Function 181
      printQr(device);
      break;
    case 82: // Function 182
      sendQrSize(device);
      break;
    default:
      device.notes.warn(device.from, `GS ( k <cn 49, fn ${fn}>`);
  }
}

function printQr({ composer, qr, notes, from, to }: Device): void {
  if (qr.data === undefined || qr.data === '') return;
  const version = qrVersion(qr.data, qr.level);
  const sideDots = version === undefined ? 0 : qrModules(version) * qr.moduleDots;
  // A symbol that exceeds the printing area is not printed (GS ( k <Function 181>).
  if (version === undefined || sideDots > composer.areaDots) {
    notes.warn(from, 'GS ( k <Function 181>: the symbol is larger than the printing area');
    return;
  }
  const { data, level, moduleDots } = qr;
  composer.block({ kind: 'qr', x: 0, data, level, version, moduleDots }, sideDots, from, to);
}

/** Function 182: `37 36`, both sizes in dots, each ended by 1F, `31 1F`, `30` if it can be printed, else `31`, NUL. */
function sendQrSize({ machine, composer, qr }: Device): void {
  const version = qr.data === undefined ? undefined : qrVersion(qr.data, qr.level);
  const dots = version === undefined ? 0 : qrModules(version) * qr.moduleDots;
  const printable = dots > 0 && dots <= composer.areaDots;
  machine.reply(Buffer.from(`\x37\x36${dots}\x1f${dots}\x1f1\x1f${printable ? 0 : 1}\0`, 'latin1'));
}

/** `GS k m d… NUL` for m 0 to 6, at most 255 bytes of data; `GS k m n d…` from 65 on. */
function barcodeSize(args: Uint8Array, have: number): number {
  if (have < 1) return 1;
  const m = args[0] ?? 0;
  if (m <= 6) return have > 1 && (args[have - 1] === 0 || have > 256) ? have : have + 1;
  if (m < 65 || m > 79) return 1;
  return have < 2 ? 2 : 2 + (args[1] ?? 0);
}
