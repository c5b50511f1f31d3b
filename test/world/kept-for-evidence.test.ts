import { createPublicKey } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { RecordingParser } from '../../src/links/recording/parser.js';
import { readConfig } from '../../src/world/config.js';
import { readPrinterProfile } from '../../src/world/devices.js';
import { exchangeFile, readExchanges } from '../../src/world/exchange-file.js';
import { JobLineFiles, readJobRecordings } from '../../src/world/job-line-files.js';
import { masked, maskedText } from '../../src/world/masking.js';
import { readSettings, settingsOf, writeSettings } from '../../src/world/settings.js';
import { createSimulation } from '../../src/world/simulated.js';

const folder = fs.mkdtempSync(join(tmpdir(), 'paperjam-kept-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const failed = (error: Error) => {
  throw error;
};

describe('the line of a print job', () => {
  test('is recorded both ways, each job by itself, and nothing between them', async () => {
    const { world, clock } = await createSimulation({ jobLines: true });
    world.start();
    const sell = () => {
      clock.runUntil(() => world.terminal.free);
      const saleId = world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
      clock.runUntil(() => world.terminal.find(saleId)?.facts.ticket === 'printed');
      clock.advance(60_000);
      return saleId;
    };
    const [first, second] = [sell(), sell()];
    for (const saleId of [first, second]) {
      const [recording] = world.material(saleId).line;
      expect(recording?.name).toBe(`${saleId}-1`);
      const parser = new RecordingParser('x');
      const events = [...parser.feed(recording?.bytes ?? new Uint8Array())];
      expect(parser.finish()).toEqual({ ended: true });
      expect(parser.header).toMatchObject({ device: 'epson-tm-m30', baud: 115_200 });
      const bytes = Buffer.concat(events.flatMap((event) => (event.kind === 'toPrinter' ? [event.bytes] : [])));
      expect(bytes.toString('latin1')).toContain(saleId);
      expect(bytes.toString('latin1')).not.toContain(saleId === first ? second : first);
      expect(events.some(({ kind }) => kind === 'fromPrinter')).toBe(true);
      expect((events.at(-1)?.atUs ?? 0) / 1_000).toBeLessThan(10_000);
    }
  });

  test('is not kept where nobody has asked for it', async () => {
    const { world, clock } = await createSimulation();
    world.start();
    clock.runUntil(() => world.terminal.free);
    const saleId = world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
    clock.runUntil(() => world.terminal.find(saleId)?.facts.ticket === 'printed');
    expect(world.material(saleId).line).toEqual([]);
  });

  test('has room for so much: the oldest recordings go first, also those of before a restart', () => {
    const ring = join(folder, 'line');
    const record = (files: JobLineFiles, name: string) => {
      const sink = files.open(name);
      sink?.append(new Uint8Array(400));
      sink?.close();
    };
    const files = new JobLineFiles({ folder: ring, mostBytes: 1_000, failed });
    for (const name of ['A-1', 'B-1', 'B-2']) record(files, name);
    expect(fs.readdirSync(ring).sort()).toEqual(['B-1.pjr', 'B-2.pjr']);
    record(new JobLineFiles({ folder: ring, mostBytes: 1_000, failed }), 'C-1');
    expect(fs.readdirSync(ring)).toHaveLength(2);
    expect(fs.readdirSync(ring)).toContain('C-1.pjr');
    expect(readJobRecordings(ring, 'C').map(({ name, bytes }) => [name, bytes.length])).toEqual([['C-1', 400]]);
    expect(readJobRecordings(ring, 'nobody')).toEqual([]);
  });
});

describe('the exchanges with the platform', () => {
  const entry = {
    sequence: 7,
    atMs: 5,
    method: 'alipay.trade.pay',
    orderNo: 'T01',
    request: { auth_code: '281234567890123456', total_amount: '12.80' },
    response: { code: '10000', buyer_user_id: '2088000000000001' },
    fate: { delayMs: 300 },
  } as const;

  test('are there again after a restart, with codes and account numbers masked', () => {
    const path = join(folder, 'exchanges.jsonl');
    const file = exchangeFile({ path, mostBytes: 10_000, failed });
    file.keep(entry);
    file.close();
    const again = exchangeFile({ path, mostBytes: 10_000, failed });
    again.close();
    expect(again.earlier).toEqual([
      {
        ...entry,
        request: { auth_code: '2812…3456', total_amount: '12.80' },
        response: { code: '10000', buyer_user_id: '2088…0001' },
      },
    ]);
  });

  test('that cannot be read are left out, and the first of them is named', () => {
    const path = join(folder, 'damaged.jsonl');
    fs.writeFileSync(path, `${JSON.stringify(entry)}\n{"seq\n\n${JSON.stringify({ ...entry, sequence: 8 })}\n`);
    const { entries, damaged } = readExchanges(path);
    expect(entries.map(({ sequence }) => sequence)).toEqual([7, 8]);
    expect(damaged).toMatchObject({ code: 'PJ_PLATFORM_LOG', data: { line: 2 } });
  });

  test('are not kept when the configuration says so', () => {
    const path = join(folder, 'none.jsonl');
    const file = exchangeFile({ path, mostBytes: 0, failed });
    file.keep(entry);
    file.close();
    expect(fs.existsSync(path)).toBe(false);
  });
});

describe('masking', () => {
  test('leaves what is masked as it is, and finds a code inside of text', () => {
    expect(masked(masked({ auth_code: '281234567890123456' }))).toEqual({ auth_code: '2812…3456' });
    expect(maskedText('{"auth_code":"281234567890123456"}')).toBe('{"auth_code":"2812…3456"}');
    expect(masked({ trade_no: '2026112622001000000000123222', out_trade_no: 'T0120260101080000976204' })).toEqual({
      trade_no: '2026112622001000000000123222',
      out_trade_no: 'T0120260101080000976204',
    });
  });
});

describe('the settings of a start', () => {
  const file = join(folder, 'config.yaml');

  test('tell versions, configuration and printer, and no secret', () => {
    fs.writeFileSync(
      file,
      'platform: {gateway: "https://user:secret@pay.example/gateway.do?token=secret", appId: "2021", privateKeyFile: secret.pem, platformPublicKeyFile: secret.pub}\n' +
        'tills: {token: secret-token, nexo: {passphrase: the secret}}\n',
    );
    const settings = settingsOf(readConfig(file), readPrinterProfile('epson-tm-m30'), { node: 'v20' });
    expect(settings).toMatchObject({
      node: 'v20',
      config: { platform: { gateway: 'https://pay.example/gateway.do', appId: '2021', keys: 'removed' } },
      device: { id: 'epson-tm-m30' },
    });
    expect(JSON.stringify(settings)).not.toContain('secret');
    const path = join(folder, 'terminal', 'settings.json');
    writeSettings(path, settings);
    expect(fs.statSync(path).mode & 0o777).toBe(0o600);
    expect(readSettings(path)).toMatchObject({ emulatedPlatform: false, emulatedPrinter: true, paper: { dpi: 203 } });
  });

  test('that were never kept, or are broken, are those of the usual terminal', () => {
    const path = join(folder, 'broken.json');
    for (const text of ['', '{', '[]', '{"config":1}']) {
      fs.writeFileSync(path, text);
      expect(readSettings(path)).toMatchObject({ emulatedPlatform: true, paper: { widthDots: 576, dpi: 203 } });
    }
  });
});

test('an address that leaves no room for a signed ticket is refused', () => {
  const file = join(folder, 'long.yaml');
  fs.writeFileSync(file, `merchant: {digitalTicketUrl: "https://corner.example/${'t'.repeat(98)}{orderNo}"}\n`);
  expect(() => readConfig(file)).toThrowError(/must have at most 120 characters beside the order number/);
});

test('a simulated terminal signs digital tickets with a key that is always the same', async () => {
  const urls = await Promise.all(
    [1, 2].map(async (seed) => {
      const { world } = await createSimulation({ seed });
      expect(createPublicKey(world.key).asymmetricKeyType).toBe('ed25519');
      return world.digital.urlOf({ orderNo: 'T01', amountFen: 1, subject: 's', merchant: 'm', terminalId: 'T01' });
    }),
  );
  expect(urls[0]).toBe(urls[1]);
});
