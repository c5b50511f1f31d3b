import iconv from 'iconv-lite';
import { createEmulatedPrinter, type EmulatedPrinter } from '../emulator/printer/printer.js';
import { seededRandom } from '../ground/seeded-random.js';
import { VirtualClock } from '../ground/virtual-clock.js';
import type { PrinterProfile } from '../ports/device.js';
import type { Link, LinkListener } from '../ports/link.js';

/** A printer at whose wire one sits oneself; it prints without taking time. */
export class BenchPrinter implements Link {
  readonly address = 'bench';
  readonly pendingBytes = 0;
  readonly emulated: EmulatedPrinter;
  #listener: LinkListener | undefined;

  constructor(profile: PrinterProfile) {
    this.emulated = createEmulatedPrinter({ clock: new VirtualClock(), link: this, profile, timing: 'instant' });
    this.#listener?.opened();
  }

  /** Prints, and throws away what was cut off. */
  print(bytes: Uint8Array, stepBytes = 4_096): void {
    for (let at = 0; at < bytes.length; at += stepBytes) {
      this.feed(bytes.subarray(at, at + stepBytes));
      this.emulated.tear();
      this.emulated.paper.takeFinished();
    }
  }

  feed(bytes: Uint8Array): void {
    this.#listener?.received(bytes);
  }

  open(listener: LinkListener): void {
    this.#listener = listener;
  }

  write(): void {}

  reading(): void {}

  close(): void {
    this.#listener = undefined;
  }
}

const gb = (text: string) => iconv.encode(text, 'gb18030');
const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/** Forty lines with a shop's name in double size and a QR code, in Chinese; each number makes another one. */
export function chineseTicket(n: number): Buffer {
  const items = Array.from({ length: 36 }, (_, item) => {
    const count = ((n + item) % 3) + 1;
    return gb(
      `${String(item + 1).padStart(2, '0')} 拿铁咖啡大杯少糖加奶  x${count}   ￥${(12.8 * count).toFixed(2)}\n`,
    );
  });
  const url = Buffer.from(`https://shop.example/r/20260101${String(n).padStart(8, '0')}`);
  const store = Buffer.concat([bytes('1d286b'), Buffer.from([url.length + 3, 0]), bytes('31 50 30'), url]);
  return Buffer.concat([
    bytes('1b40 1c26 1b6101 1d2111'),
    gb('街角咖啡\n'),
    bytes('1d2100 1b6100'),
    ...items,
    bytes('1b4501'),
    gb('合计                 ￥998.40\n'),
    bytes('1b4500 1b6101 1d286b0400 31413200 1d286b0300 314306 1d286b0300 314531'),
    store,
    bytes('1d286b0300 315130'),
    gb('谢谢惠顾\n欢迎再来\n'),
    bytes('1d564200'),
  ]);
}

/** Lines of 48 letters. */
export function plainText(size: number): Buffer {
  return Buffer.alloc(size, 'The quick brown fox jumps over the lazy dog, 9x\n');
}

/** Pictures 576 dots wide, of dots by chance. */
export function rasterPictures(size: number): Buffer {
  const picture = Buffer.concat([bytes('1d763000 4800 0004'), randomBytes(72 * 1_024)]);
  return Buffer.concat(Array.from({ length: Math.ceil(size / picture.length) }, () => picture));
}

/** The same at each run; they repeat themselves after a prime number of bytes, so that no two pieces are alike. */
export function randomBytes(size: number): Buffer {
  const random = seededRandom(1);
  const block = Buffer.from(Array.from({ length: Math.min(size, 1_048_583) }, () => random.int(0, 255)));
  return Buffer.alloc(size, block);
}
