import { symbolFamily } from '../../symbols/matrix/families.js';
import { type EncodedSymbol, latin1, type SymbolFamily } from '../../symbols/matrix/family.js';
import { type Command, lowHigh } from '../command.js';
import type { Device } from '../device.js';

/** Two-dimensional codes. */
export const SYMBOL_COMMANDS: readonly Command[] = [{ name: 'GS ( k', size: lowHigh, run: twoDimensional }];

const STORE = 80;
const PRINT = 81;
const SEND_SIZE = 82;

/** `GS ( k pL pH cn fn …`. A function is named in the manuals by cn and fn together: cn 49, fn 81 is Function 181. */
function twoDimensional(device: Device, args: Uint8Array, size: number): void {
  if (size < 4) return;
  const cn = args[2] ?? 0;
  const fn = args[3] ?? 0;
  const family = symbolFamily(cn);
  if (family === undefined) {
    device.notes.warn(device.from, `GS ( k <cn ${cn}, fn ${fn}>`);
    return;
  }
  if (fn === STORE) store(device, family, cn, args.subarray(5, size));
  else if (fn === PRINT) print(device, family, cn);
  else if (fn === SEND_SIZE) sendSize(device, family, cn);
  else if (!family.set(device.symbols, fn, args.subarray(4, size))) warn(device, cn, fn, 'no such function');
}

/** What is too long is not stored, and what was there before stays. */
function store(device: Device, family: SymbolFamily, cn: number, params: Uint8Array): void {
  const { symbols } = device;
  const stored = family.store === undefined ? { cn, data: latin1(params) } : family.store(symbols, params);
  if (stored === undefined) warn(device, cn, STORE, 'no such kind');
  else if (params.length > family.mostBytes) warn(device, cn, STORE, `${params.length} bytes`);
  else symbols.stored = stored;
}

/** The stored symbol at its size; a string is the reason why it cannot be printed. */
function encoded({ symbols, composer }: Device, family: SymbolFamily, cn: number): EncodedSymbol | string {
  const { stored } = symbols;
  if (stored?.cn !== cn || (stored.data === '' && family.store === undefined)) return 'nothing is stored';
  return family.encode(symbols, stored, { widthDots: composer.freeDots, dpi: composer.options.dpi });
}

/** Without anything stored nothing is printed; nor is a symbol that exceeds the printing area. */
function print(device: Device, family: SymbolFamily, cn: number): void {
  const { composer, symbols, from, to } = device;
  const symbol = encoded(device, family, cn);
  if (typeof symbol === 'string') warn(device, cn, PRINT, symbol);
  else if (symbol.widthDots > composer.freeDots) warn(device, cn, PRINT, 'the symbol is larger than the printing area');
  else {
    if (cn === 49 && symbols.qr.model === 1) warn(device, cn, PRINT, 'model 1 is printed as model 2');
    composer.block(symbol.item, symbol.heightDots, from, to);
  }
}

/**
 * `37`, the kind, both sizes in dots, each ended by 1F, `31 1F`, `30` if it can be printed, else `31`, NUL (ESC/POS command
 * manual 10.01, p. 527). Without data both sizes are 0.
 */
function sendSize(device: Device, family: SymbolFamily, cn: number): void {
  const symbol = encoded(device, family, cn);
  const { widthDots, heightDots } = typeof symbol === 'string' ? { widthDots: 0, heightDots: 0 } : symbol;
  const printable = widthDots > 0 && widthDots <= device.composer.freeDots;
  const sizes = `${widthDots}\x1f${heightDots}\x1f1\x1f${printable ? 0 : 1}\0`;
  device.machine.reply(Buffer.from(`\x37${String.fromCharCode(family.identifier)}${sizes}`, 'latin1'));
}

function warn({ notes, from }: Device, cn: number, fn: number, reason: string): void {
  notes.warn(from, `GS ( k <Function ${String((cn - 48) * 100 + fn).padStart(3, '0')}>: ${reason}`);
}
