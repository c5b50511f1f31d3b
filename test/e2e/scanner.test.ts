import { afterEach, describe, expect, test } from 'vitest';
import { PtyLink } from '../../src/links/pty.js';
import { openShop } from './shop.js';
import { until } from './until.js';

const scanners: PtyLink[] = [];
afterEach(() => {
  for (const scanner of scanners.splice(0)) scanner.close();
});

/** A barcode reader at the end of a serial line; `read` lets it read a code. */
function serialScanner() {
  const link = new PtyLink();
  scanners.push(link);
  link.create();
  link.open({ opened() {}, received() {}, drained() {}, lost() {} });
  return {
    path: link.path ?? '',
    connected: () => until(() => link.peerOpen, 'the terminal to open the scanner'),
    read: (code: string) => link.write(Buffer.from(`${code}\r\n`)),
  };
}

describe('a scanner on a serial line', () => {
  test('ends a sale that waits for a code; what it misreads is said, and can be scanned again', async () => {
    const scanner = serialScanner();
    const shop = openShop({ scanner: scanner.path });
    const program = shop.start(['--lang', 'en'], { stdin: 'open' });
    expect((await program.says(/^ {2}scanner {3}(\S+)$/m))[1]).toBe(scanner.path);
    await scanner.connected();
    await program.ask('sale 12.80 -', /^\[scanning\]/m);
    scanner.read('2812345x');
    await program.says(/^\[codeRejected\] Code not valid, scan again$/m);
    scanner.read('281234567890123456');
    await program.says(/^\[done\]/m);
    expect(shop.records('code-rejected')).toMatchObject([{ code: '2812345x' }]);
    expect(shop.records('authorize-intent')).toMatchObject([{ code: '281234567890123456', wallet: 'alipay' }]);
    expect(shop.payments()).toHaveLength(1);

    await program.ask('power-cut', /^\[idle\]/m);
    await program.ask('sale 1 -', /^\[scanning\]/m);
    scanner.read('281234567890123457');
    await program.says(/^\[done\] ¥1\.00/m);
    expect((await program.signal('SIGTERM')).code).toBe(0);
  });

  test('that is not there keeps nobody from selling, and is taken up when it comes', async () => {
    const shop = openShop({ scanner: '/dev/ttyNOPE' });
    expect((await shop.run('sale', '--amount', '12.80')).code).toBe(0);
  });
});
