import fs from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { SerialPort } from 'serialport';
import { afterEach, describe, expect, test } from 'vitest';
import { PtyLink } from '../../src/links/pty.js';
import { inProcess } from './in-process.js';
import { type Ended, Program } from './program.js';
import { emptyShop, openShop, type Shop } from './shop.js';
import { until } from './until.js';

type Says = readonly (string | RegExp)[];

/** Something is refused before anything has begun: exit code 2, one line with the code, and what would be right. */
async function expectRefused(shop: Shop, [name = '', ...args]: readonly string[], ...says: Says): Promise<void> {
  expectRefusal(await shop.run(name, ...args), says);
}

/** The same where it takes no process to see it. */
async function expectRefusedAtOnce(shop: Shop, [name = '', ...args]: readonly string[], ...says: Says): Promise<void> {
  expectRefusal(await inProcess([name, '--data', shop.data, ...args]), says);
}

function expectRefusal({ code, stdout, stderr }: Ended, says: Says): void {
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^paperjam: .*\n$/);
  for (const words of says) expect(stderr).toMatch(words);
}

const sale = (...args: string[]): [string, ...string[]] => ['sale', '--amount', '12.80', ...args];

describe('an amount that is none', () => {
  test.each(['0', '-1', '12.805', '1e9', '50000.01', 'text', '12,80', ''])('%j', async (amount) => {
    const shop = emptyShop();
    await expectRefusedAtOnce(
      shop,
      ['sale', `--amount=${amount}`],
      `The amount ${JSON.stringify(amount)} is not accepted`,
      'from 0.01 to 50000.00. [PJ_AMOUNT]',
    );
    expect(fs.readdirSync(shop.data)).toEqual([]);
  });
});

describe('a payment code that is none', () => {
  test.each([
    ['28123456789012', '2812…9012', 'it has 14 digits'],
    ['991234567890123456', '9912…3456', 'no wallet has codes that begin with 99'],
    ['28123456789012345x', '2812…345x', 'it has characters that are not digits'],
    ['', '', 'it is empty'],
  ])('%j, shown as %j: %s', async (code, shown, problem) => {
    const shop = openShop();
    await expectRefusedAtOnce(
      shop,
      sale('--code', code),
      `"${shown}"`,
      problem,
      'alipay 25-30 with 16-24 digits',
      '[PJ_CODE]',
    );
    expect(shop.records('sale-opened')).toEqual([]);
  });
});

describe('a printer that only a real one can be', () => {
  test.each([['start', '--once'], ['sale', '--amount', '12.80'], ['printer']])(
    '%s with an emulated Star',
    async (command, ...args) => {
      const shop = emptyShop();
      await expectRefused(
        shop,
        [command, '--device', 'star-tsp654ii', ...args],
        'The printer star-tsp654ii speaks Star Line mode, and the emulated printer understands ESC/POS only.',
        '--printer PATH or tcp://host:port',
        '[PJ_NOT_EMULATED]',
      );
    },
  );

  test('nor is its job rendered', async () => {
    const { code, stdout, stderr } = await new Program(['render', '--device', 'daruma-dr800', '--out', 'never', '-'])
      .ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('[PJ_NOT_EMULATED]');
    expect(fs.existsSync('never')).toBe(false);
  });
});

describe('an option that is none', () => {
  test.each([
    [sale('--wallet', 'rich'), ["'rich' is invalid", 'pays, confirms, refuses, no-money, never', 'PJ_USAGE']],
    [sale('--lang', 'fr'), ["'fr' is invalid", 'zh, en', 'PJ_USAGE']],
    [sale('--seed', 'x'), ["'x' is invalid", 'whole number', 'PJ_USAGE']],
    [sale('--amuont', '1'), ["unknown option '--amuont'", 'Did you mean --amount', 'PJ_USAGE']],
    [['frobnicate'], ['there is no command frobnicate', 'start, sale, verdict, journal', 'PJ_USAGE']],
    [['sale'], ["required option '--amount <yuan>' not specified", 'PJ_USAGE']],
    [['verdict'], ["missing required argument 'id'", 'PJ_USAGE']],
    [
      sale('--fault', 'printer.paper-jma'),
      ['There is no fault printer.paper-jma', 'printer.paper-jam', 'PJ_FAULT_UNKNOWN'],
    ],
    [sale('--fault', 'platform.answer-delayed:delayMS=3'), ['delayMS', 'delayMs', 'PJ_FAULT_FIELD']],
    [sale('--fault', 'platform.answer-delayed:delayMs=soon'), ['delayMs', 'soon', 'PJ_FAULT_FIELD']],
    [sale('--fault', 'printer.paper-jam:line=0'), ['line', 'given: 0', 'PJ_FAULT_FIELD']],
    [sale('--device', 'epson-tm-m3'), ['There is no device profile epson-tm-m3', 'epson-tm-m30', 'PJ_DEVICE_UNKNOWN']],
    [sale('--printer', 'lpt1'), ['at printer', 'given: "lpt1"', 'tcp://host:port', 'PJ_CONFIG']],
    [
      ['start', '--port', '70000'],
      ['at port', 'given: 70000', '65535', 'PJ_CONFIG'],
    ],
    [
      ['verdict', '1'],
      ['journal.jsonl', '--data DIR', 'PJ_STORAGE_OPEN'],
    ],
    [['journal'], ['journal.jsonl', 'no such file', '--data DIR', 'PJ_STORAGE_OPEN']],
    [sale('--virtual', '--printer', '/dev/ttyUSB0'), ['not on /dev/ttyUSB0', 'PJ_USAGE']],
    [sale('--seed', '7'), ['--seed is only for --virtual', 'PJ_USAGE']],
    [sale('--code', '281234567890123456', '--wallet', 'never'), ['--wallet', '--code', 'PJ_USAGE']],
    [
      ['printer', '--tcp', '70000'],
      ['--tcp', 'a port, 0 to 65535', 'PJ_USAGE'],
    ],
  ])('paperjam %j', async (command, says) => {
    await expectRefusedAtOnce(openShop(), command, ...says);
  });
});

describe('a configuration that is none', () => {
  test.each([
    [
      'an unknown key',
      'prnter: emulated',
      ['at its top', 'there is no key prnter', 'did you mean printer', 'allowed: lang'],
    ],
    ['an unknown key inside', 'timings: {queryLimits: 3}', ['at timings', 'did you mean queryLimit']],
    ['a wrong value', 'lang: fr', ['at lang', 'given: "fr"', '"zh"|"en"']],
    ['a wrong type', 'timings: {queryLimit: many}', ['at timings.queryLimit', 'given: "many"', 'number']],
    ['broken YAML', 'lang: zh\nmerchant: {name: "x\n', ['at line 3', 'config.yaml']],
    ['a list', '- 1', ['at its top', 'mapping']],
  ])('%s: it says file, place, value and what is allowed', async (_, yaml, says) => {
    const shop = emptyShop();
    fs.writeFileSync(shop.file('config.yaml'), yaml);
    await expectRefusedAtOnce(shop, sale(), 'config.yaml', ...says, '[PJ_CONFIG]');
    expect(fs.readdirSync(shop.data)).toEqual(['config.yaml']);
  });

  test('a file that is not there', () =>
    expectRefusedAtOnce(openShop(), sale('--config', 'no.yaml'), 'no.yaml', 'no such file'));

  test('a platform whose key is malformed, or not there', async () => {
    const shop = openShop();
    const access = { gateway: 'http://127.0.0.1:1/gateway.do', appId: '2021000000000001', privateKeyFile: 'own.pem' };
    shop.configure({ platform: { ...access, platformPublicKeyFile: 'theirs.pem' } });
    await expectRefusedAtOnce(
      shop,
      sale('--code', '281234567890123456'),
      'platform.privateKeyFile',
      'own.pem',
      'PJ_CONFIG',
    );
    fs.writeFileSync(shop.file('own.pem'), 'no key');
    fs.writeFileSync(shop.file('theirs.pem'), 'no key');
    await expectRefusedAtOnce(shop, sale('--code', '281234567890123456'), 'privateKey', 'RSA', 'PJ_KEY');
  });
});

test('nothing is lost by all this: the data folder goes on as if nothing had been asked', async () => {
  const shop = openShop();
  expect((await shop.run(...sale())).code).toBe(0);
  const before = shop.journal();
  for (const wrong of [sale('--config', 'no.yaml'), sale('--code', '12'), sale('--printer', '/dev/ttyNOPE')]) {
    await expectRefused(shop, wrong);
  }
  expect((await shop.run(...sale())).code).toBe(0);
  expect(shop.journal().slice(0, before.length)).toEqual(before);
  expect(shop.payments()).toHaveLength(2);
});

describe('a way that is not free', () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  /** A port that somebody listens on, or one that nobody does any more. */
  async function port({ open }: { open: boolean }): Promise<number> {
    const server: Server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    if (open) closing.push(() => server.close());
    else await new Promise((closed) => server.close(closed));
    return port;
  }

  test('a port in use, when one was asked for; the usual one in use is no matter', async () => {
    const taken = await port({ open: true });
    await expectRefused(
      openShop(),
      ['start', '--port', `${taken}`],
      `Port ${taken} on 127.0.0.1 is in use`,
      'PJ_PORT_IN_USE',
    );
  });

  test('a serial path that is not there', () =>
    expectRefused(openShop(), sale('--printer', '/dev/ttyNOPE'), '/dev/ttyNOPE', 'plugged in', 'PJ_PRINTER_LINK'));

  test('a serial path that is locked by another program, which is named', async () => {
    const pty = new PtyLink();
    pty.create();
    const path = pty.path ?? '';
    const holder = new SerialPort({ path, baudRate: 9_600, autoOpen: false });
    await new Promise<void>((opened, failed) => holder.open((error) => (error === null ? opened() : failed(error))));
    closing.push(
      () => holder.close(),
      () => pty.close(),
    );
    await expectRefused(openShop(), sale('--printer', path), path, `process ${process.pid}`, 'PJ_PRINTER_LINK');
  });

  test('a printer on the network that refuses', async () => {
    const where = `tcp://127.0.0.1:${await port({ open: false })}`;
    await expectRefused(openShop(), sale('--printer', where), where, 'refuses connections', 'PJ_PRINTER_LINK');
  });

  test('a data folder that is another program’s, which is named; that one is not disturbed', async () => {
    const shop = openShop();
    const first = shop.start();
    await first.api();
    await expectRefused(shop, sale(), `process ${first.pid}`, '--data DIR', 'PJ_STORAGE_LOCKED');
    await expectRefused(shop, ['start', '--once'], `process ${first.pid}`, 'PJ_STORAGE_LOCKED');
    expect((await first.signal('SIGTERM')).code).toBe(0);
    await until(async () => (await shop.run('start', '--once', '--no-first-sale')).code === 0, 'the folder to be free');
  });

  test('a data folder that is a file', async () => {
    const shop = openShop();
    fs.writeFileSync(shop.file('taken'), '');
    const { code, stderr } = await shop.run('start', '--data', shop.file('taken'), '--once');
    expect(code).toBe(2);
    expect(stderr).toMatch(/taken.* \[PJ_STORAGE_OPEN\]\n$/);
  });
});
