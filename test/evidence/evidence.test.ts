import { generateKeyPairSync } from 'node:crypto';
import { unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { PaperjamError } from '../../src/base/errors.js';
import { packZip } from '../../src/evidence/archive.js';
import { manifestOf, parseManifest, sha256, signManifest } from '../../src/evidence/manifest.js';
import { packEvidence } from '../../src/evidence/pack.js';
import { type VerifyOptions, verifyEvidence } from '../../src/evidence/verify.js';
import { CODE, KEY, pack, type Sold, sold } from './sold.js';

let shop: Sold;
let zip: Uint8Array;
let files: Record<string, Uint8Array>;
beforeAll(async () => {
  shop = await sold();
  zip = pack(shop).zip;
  files = unzipSync(zip);
});

const text = (name: string) => Buffer.from(files[name] ?? []).toString();

/** What verification says of a zip that is not as it was: the place that it names. */
function whereOf(bytes: Uint8Array, options: Partial<VerifyOptions> = {}): string {
  try {
    verifyEvidence({ file: 'x.zip', zip: bytes, ...options });
  } catch (error) {
    if (error instanceof PaperjamError) return String(error.data.where ?? error.code);
    throw error;
  }
  return 'unchanged';
}

describe('the evidence of a sale', () => {
  test('holds what every side knows of it', () => {
    expect(Object.keys(files)).toEqual([
      'manifest.json',
      'manifest.sig',
      'summary.zh.html',
      'summary.en.html',
      'verdict.json',
      'journal.jsonl',
      'platform-log.json',
      `line/${shop.saleId}-1.pjr`,
      `line/${shop.saleId}-1.txt`,
      'paper/1.png',
      'paper/1.txt',
      'configuration.json',
      'SHA256SUMS',
    ]);
    expect(JSON.parse(text('verdict.json'))).toMatchObject({ saleId: shop.saleId, payment: 'paid', ticket: 'printed' });
    expect(JSON.parse(text('platform-log.json'))).toMatchObject({
      exchanges: [{ method: 'alipay.trade.pay', orderNo: shop.saleId, fate: 'deliver' }],
      ledger: { state: 'TRADE_SUCCESS', paidFen: 1_280 },
    });
    expect(text('paper/1.txt')).toContain(shop.saleId);
    expect(text(`line/${shop.saleId}-1.txt`)).toMatch(/<\d+ /);
    expect(text(`line/${shop.saleId}-1.txt`)).toContain('GS ( H');
    expect([...(files['paper/1.png'] ?? []).slice(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });

  test('answers the cashier’s question first, in both languages', () => {
    expect(text('summary.zh.html')).toMatch(/顾客付款了吗[\s\S]*¥12\.80 已支付[\s\S]*小票已打印/);
    expect(text('summary.en.html')).toMatch(/Has the customer paid[\s\S]*¥12\.80 paid/);
    for (const name of ['summary.zh.html', 'summary.en.html'])
      expect(text(name)).not.toMatch(/(src|href)="(https?:|\/)/);
  });

  test('is the same, byte by byte, as often as it is made, in any time zone', () => {
    const zone = process.env.TZ;
    try {
      for (const other of ['Pacific/Kiritimati', 'America/St_Johns']) {
        process.env.TZ = other;
        expect(Buffer.from(pack(shop).zip).equals(zip)).toBe(true);
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  test('holds no payment code that could be read, and nothing of other sales but hashes', () => {
    const all = Object.values(files).map((bytes) => Buffer.from(bytes).toString('latin1'));
    for (const code of [CODE, '281111111111111111', '282222222222222222']) {
      expect(all.filter((content) => content.includes(code))).toEqual([]);
    }
    const others = shop.world.terminal.sales().filter(({ saleId }) => saleId !== shop.saleId);
    expect(others).toHaveLength(2);
    for (const { saleId } of others) expect(all.filter((content) => content.includes(saleId))).toEqual([]);
  });

  test('proves itself, and tells who signed it', () => {
    const journal = shop.material().journal;
    expect(verifyEvidence({ file: 'x.zip', zip, key: { key: KEY, name: 'key.pub.pem' }, journal })).toMatchObject({
      saleId: shop.saleId,
      files: 13,
      bytes: zip.length,
      digest: pack(shop).digest,
      fingerprint: pack(shop).fingerprint,
      signedByKnownKey: true,
      journal: { maskedRecords: 1, foundInJournal: true },
      verdictMadeAnew: true,
    });
    const whole = verifyEvidence({ file: 'x.zip', zip: pack(shop, true).zip });
    expect(whole.journal).toMatchObject({ maskedRecords: 0, foundInJournal: false });
    expect(whole.signedByKnownKey).toBe(false);
  });
});

describe('one byte changed is found, and what it belongs to is named', () => {
  let small: Uint8Array;
  let parts: [name: string, content: Uint8Array][];
  beforeAll(() => {
    const material = { ...shop.material(), line: [], paper: [] };
    small = packEvidence({ saleId: shop.saleId, material, key: KEY, glyphs: shop.world.glyphs }).zip;
    parts = Object.entries(unzipSync(small));
  });

  test('at every place of the zip: in files, headers and directory', () => {
    const summaries = ['summary.zh.html', 'summary.en.html'].map((name) => rangeOf(name));
    const changed = Uint8Array.from(small);
    for (let at = 0; at < small.length; at++) {
      // The two pages are most of it, and one of their bytes is as good as another.
      if (at % 101 !== 0 && summaries.some(({ from, to }) => at >= from && at < to)) continue;
      const before = changed[at] ?? 0;
      changed[at] = before ^ (1 << (at % 8));
      const where = whereOf(changed);
      changed[at] = before;
      expect({ at, where }).toEqual({ at, where: placeOf(at) });
    }
  });

  /** What stands at an offset, read from the zip as it is. */
  function placeOf(at: number): unknown {
    let from = 0;
    for (const [name, content] of parts) {
      const data = from + 30 + name.length;
      const to = data + content.length;
      if (at < data)
        return OWN_CHECK.has(name)
          ? expect.toBeOneOf([name, `the zip's header of ${name}`])
          : `the zip's header of ${name}`;
      if (at < to) return name;
      from = to;
    }
    return "the zip's directory";
  }

  function rangeOf(wanted: string): { from: number; to: number } {
    let from = 0;
    for (const [name, content] of parts) {
      from += 30 + name.length;
      if (name === wanted) return { from, to: from + content.length };
      from += content.length;
    }
    throw new Error(`${wanted} is not there`);
  }

  /** Before the manifest is believed, the checksum in its header is all there is to compare it with. */
  const OWN_CHECK = new Set(['manifest.json', 'manifest.sig']);
});

describe('evidence that was tampered with on purpose is found', () => {
  test('cut short, or made longer, anywhere', () => {
    for (const length of [zip.length - 1, zip.length - 30, 5_000, 200, 40, 10]) {
      expect(whereOf(zip.subarray(0, length))).not.toBe('unchanged');
    }
    expect(whereOf(Buffer.concat([zip, Uint8Array.of(0)]))).toBe("the zip's directory");
    expect(whereOf(Buffer.concat([Uint8Array.of(0), zip]))).toBe('PJ_EVIDENCE');
  });

  test('with a comment, packed anew, reordered, or with a file more or less', () => {
    const commented = Buffer.concat([zip, Buffer.from('hi')]);
    commented[zip.length - 2] = 2; // The length of the comment.
    expect(whereOf(commented)).toBe("the zip's directory");
    expect(whereOf(zipSync(files, { level: 9, mtime: new Date(1980, 0, 1) }))).toMatch(/manifest\.json/);
    const { 'paper/1.png': picture = new Uint8Array(), 'verdict.json': verdict = new Uint8Array(), ...rest } = files;
    const entries = (more: Record<string, Uint8Array>) => packZip(new Map(Object.entries({ ...rest, ...more })));
    expect(whereOf(entries({ 'verdict.json': verdict, 'paper/1.png': picture }))).toBe(
      "the zip's header of verdict.json",
    );
    expect(whereOf(entries({ 'paper/1.png': picture }))).toBe("the zip's header of verdict.json");
    expect(whereOf(packZip(new Map([...Object.entries(files), ['more.txt', Buffer.from('x')]])))).toBe(
      "the zip's directory",
    );
  });

  /** The same files but one, with all sums made anew, and signed by whom one likes. */
  function forged(change: Record<string, string>, key = KEY): Uint8Array {
    const { 'manifest.json': old = new Uint8Array(), 'manifest.sig': _, ...rest } = files;
    const manifest = parseManifest(old);
    if (manifest === undefined) throw new Error('the manifest cannot be read');
    const changed = Object.entries(change).map(([name, content]): [string, Uint8Array] => [name, Buffer.from(content)]);
    const contents = new Map([...Object.entries(rest), ...changed]);
    const { evidence: _e, files: _f, ...about } = manifest;
    const made = manifestOf(about, contents);
    return packZip(new Map([['manifest.json', made], ['manifest.sig', signManifest(made, key)], ...contents]));
  }

  test('by whoever makes all sums anew and has not the key', () => {
    const mine = generateKeyPairSync('ed25519').privateKey;
    const verdict = text('verdict.json').replace('"paid"', '"not-paid"');
    expect(whereOf(forged({ 'verdict.json': verdict }, mine))).toBe('manifest.sig');
    const named = forged({}, KEY);
    expect(Buffer.from(named).equals(zip)).toBe(true);
  });

  test('by the chain and the records themselves, even when whoever has the key has signed it', () => {
    const verdict = text('verdict.json').replace('"payment": "paid"', '"payment": "not-paid"');
    expect(whereOf(forged({ 'verdict.json': verdict }))).toBe('verdict.json');
    const lines = text('journal.jsonl').trimEnd().split('\n');
    const journal = (changed: readonly string[]) => whereOf(forged({ 'journal.jsonl': `${changed.join('\n')}\n` }));
    expect(lines.length).toBeGreaterThan(6);
    for (const [i, line] of lines.entries()) {
      if (i > 0) expect(journal(lines.toSpliced(i, 1)), `without line ${i + 1}`).not.toBe('unchanged');
      expect(journal(lines.toSpliced(i, 0, line)), `line ${i + 1} twice`).not.toBe('unchanged');
      if (i > 0)
        expect(journal(lines.toSpliced(i - 1, 2, line, lines[i - 1] ?? '')), `order at ${i}`).not.toBe('unchanged');
    }
    expect(journal(lines.map((line) => line.replace('1280', '1281')))).not.toBe('unchanged');
  });

  test('by another key than the one that is known', () => {
    const other = { key: generateKeyPairSync('ed25519').publicKey, name: 'till.pub.pem' };
    expect(() => verifyEvidence({ file: 'x.zip', zip, key: other })).toThrowError(
      expect.objectContaining({ code: 'PJ_EVIDENCE_KEY', message: expect.stringContaining('till.pub.pem') }),
    );
  });

  test('by another journal than the one that it was taken from', async () => {
    const { journal } = (await sold({ seed: 2 })).material();
    expect(whereOf(zip, { journal })).toBe('journal.jsonl');
  });

  test('nothing that is none is taken for evidence, and nothing is unpacked that could grow', () => {
    const bomb = zipSync({ 'manifest.json': new Uint8Array(50_000_000) }, { level: 9 });
    expect(bomb.length).toBeLessThan(100_000);
    expect(whereOf(bomb)).toBe('manifest.json');
    for (const bytes of [Buffer.of(), Buffer.from('hello, world'), Buffer.alloc(1_000), Buffer.from('PK\x03\x04')]) {
      expect(whereOf(bytes)).not.toBe('unchanged');
    }
    const huge = Buffer.from(zip);
    huge.writeUInt32LE(0xffff_fff0, 22); // The manifest's size in its header.
    expect(whereOf(huge)).toBe('manifest.json');
  });
});

test('SHA256SUMS is what sha256sum checks', () => {
  const sums = text('SHA256SUMS').trimEnd().split('\n');
  expect(sums).toHaveLength(Object.keys(files).length - 3);
  for (const line of sums) {
    const [sum = '', name = ''] = line.split('  ');
    expect(sha256(files[name] ?? new Uint8Array())).toBe(sum);
  }
});
