import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { DRIVER_DEFAULTS } from '../../src/printer/options.js';
import { readConfig } from '../../src/world/config.js';

const directory = mkdtempSync(join(tmpdir(), 'paperjam-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

function read(yaml: string) {
  const file = join(directory, 'config.yaml');
  writeFileSync(file, yaml);
  return readConfig(file);
}

describe('a configuration', () => {
  test('without a file is all default', () => {
    expect(readConfig(undefined)).toMatchObject({
      lang: 'zh',
      device: 'epson-tm-m30',
      printer: 'emulated',
      merchant: { terminalId: 'T01', utcOffsetMinutes: 480 },
      timings: { queryIntervalMs: 5_000, queryLimit: 5, cancelLimit: 3, guardEveryMs: 900_000 },
    });
  });

  test('that gives a part keeps the defaults of the rest, and the command line wins', () => {
    const file = join(directory, 'part.yaml');
    writeFileSync(file, 'timings: {queryLimit: 2}\nlang: en\n');
    const config = readConfig(file, { lang: 'zh' });
    expect(config.timings).toMatchObject({ queryLimit: 2, queryIntervalMs: 5_000 });
    expect(config.lang).toBe('zh');
  });

  test('says what a ticket is made of; an amount in yuan may be a number or text', () => {
    expect(read('').policy).toEqual({
      reprint: 'ask',
      unprinted: 'keep-and-reprint',
      paper: 'optional',
      print: 'at-once',
      ticket: { merchantCopy: false, signature: 'never', lang: 'both' },
    });
    for (const yuan of ['1000', '1000.00', '"1000"', '1e3']) {
      expect(
        read(`policy: {ticket: {merchantCopy: true, signature: {aboveYuan: ${yuan}}, lang: zh}}`).policy.ticket,
      ).toEqual({
        merchantCopy: true,
        signature: { aboveFen: 100_000 },
        lang: 'zh',
      });
    }
    const url = 'http://127.0.0.1:8080/t?no={orderNo}&again={orderNo}';
    const { merchant } = read(`merchant: {merchantNo: "104310058120231", digitalTicketUrl: "${url}"}`);
    expect(merchant).toMatchObject({ merchantNo: '104310058120231', digitalTicketUrl: url });
  });

  test('says what the driver does about a fault in mid-job; of what it does not name the driver’s own habits stay', () => {
    expect(read('').driver).toEqual(DRIVER_DEFAULTS);
    const { driver } = read('driver: {recovery: {mechanical-error: resume}, jobDeadlineMs: 90000, blind: refuse}');
    expect(driver).toEqual({
      ...DRIVER_DEFAULTS,
      recovery: { ...DRIVER_DEFAULTS.recovery, 'mechanical-error': 'resume' },
      jobDeadlineMs: 90_000,
      blind: 'refuse',
    });
  });

  test('that is empty is all default', () => {
    expect(read('')).toEqual(readConfig(undefined));
  });

  test.each<[yaml: string, message: string]>([
    ['merchant: {nmae: x}', 'at merchant: there is no key nmae; did you mean name? (allowed: name, terminalId'],
    [
      'timings: {querylimt: 3}',
      'at timings: there is no key querylimt; did you mean queryLimit? (allowed: scanTimeoutMs',
    ],
    ['timigs: {}', 'at its top: there is no key timigs; did you mean timings? (allowed: lang, merchant'],
    ['timings: {queryLimit: many}', 'at timings.queryLimit: Invalid input: expected number'],
    ['port: 99999', 'at port: Too big: expected number to be <=65535 (given: 99999)'],
    [
      'printer: foo',
      'at printer: must be emulated, in-process, a serial path such as /dev/ttyUSB0, or tcp://host:port',
    ],
    ['lang: fr', 'at lang: Invalid option: expected one of "zh"|"en"'],
    ['merchant: {terminalId: "T 1"}', 'at merchant.terminalId: must be 1 to 12 letters or digits'],
    ['merchant: {merchantNo: 2088102146225135}', 'at merchant.merchantNo: Invalid input: expected string'],
    ['merchant: {merchantNo: "2088 1021"}', 'at merchant.merchantNo: must be 1 to 32 letters or digits; put a number'],
    ...[
      'http://x.example/t',
      'ftp://x.example/{orderNo}',
      'https://x.example/{orderNo}/{shop}',
      'https://x.example/a b/{orderNo}',
      'https:///{orderNo}',
      'https://{orderNo}.example/t',
      'javascript:alert({orderNo})',
      '{orderNo}',
      'https://x.example:99999/{orderNo}',
    ].map((url): [string, string] => [
      `merchant: {digitalTicketUrl: "${url}"}`,
      `at merchant.digitalTicketUrl: must be an http or https URL with {orderNo} in it, such as https://example.com/t/{orderNo} (given: "${url}")`,
    ]),
    ['driver: {recovery: {jam: wait}}', 'at driver.recovery: there is no key jam'],
    [
      'driver: {recovery: {offline: ask}}',
      'at driver.recovery.offline: Invalid option: expected one of "wait"|"resume"',
    ],
    ['driver: {jobDeadlineMs: 0}', 'at driver.jobDeadlineMs: Too small'],
    ['driver: {jobDeadlineMS: 5}', 'at driver: there is no key jobDeadlineMS; did you mean jobDeadlineMs?'],
    [
      'policy: {reprnt: ask}',
      'at policy: there is no key reprnt; did you mean reprint? (allowed: reprint, unprinted, voidAfterMs, paper, print, ticket)',
    ],
    [
      'policy: {unprinted: void}',
      'at policy.unprinted: Invalid option: expected one of "keep-and-reprint"|"void-if-unprinted"|"offer-digital"',
    ],
    ['policy: {voidAfterMs: 5}', 'at policy.voidAfterMs: needs unprinted: void-if-unprinted'],
    [
      'policy: {unprinted: offer-digital, paper: required}',
      'at policy.paper: cannot be required together with unprinted: offer-digital',
    ],
    ['policy: {ticket: {merchant: true}}', 'at policy.ticket: there is no key merchant'],
    ['policy: {ticket: {merchantCopy: 1}}', 'at policy.ticket.merchantCopy: Invalid input: expected boolean'],
    ['policy: {ticket: {lang: fr}}', 'at policy.ticket.lang: Invalid option: expected one of "both"|"zh"|"en"'],
    [
      'policy: {ticket: {signature: always}}',
      'at policy.ticket.signature: needs merchantCopy: true, since it is the copy of the merchant that is signed',
    ],
    ...['sometimes', '{aboveFen: 1}', '{}', 'true', '{aboveYuan: 12.805}', '{aboveYuan: [1]}'].map(
      (signature): [string, string] => [
        `policy: {ticket: {merchantCopy: true, signature: ${signature}}}`,
        'at policy.ticket.signature: must be never, always, or an amount that asks for it: {aboveYuan: 1000} (given:',
      ],
    ),
    ['a: [', 'at line 1, column'],
    ['[1]', 'at its top: it must be a mapping of keys'],
  ])('%s is refused with the place, and what is allowed', (yaml, message) => {
    expect(() => read(yaml)).toThrowError(message);
  });

  test('that is not there is refused by name', () => {
    expect(() => readConfig(join(directory, 'none.yaml'))).toThrowError(
      /none\.yaml is not accepted at its top: there is no such file/,
    );
  });

  test('with a bomb of aliases is refused, not expanded', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((k, i) => `${k}: &${k} [${`*${'abcdefgh'[i]},`.repeat(9)}]`),
    ];
    expect(() => read(bomb.join('\n'))).toThrowError(/PJ_CONFIG|not accepted/);
  });
});
