import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { testKeys } from '../../../src/emulator/platform/keys.js';

const directories: string[] = [];
let directory = '';
const path = (name: string) => join(directory, name);

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'paperjam-keys-')), 'keys');
  directories.push(directory);
});

afterAll(() => {
  for (const one of directories) rmSync(join(one, '..'), { recursive: true });
});

describe('the test keys', () => {
  test('are made at the first run, for their owner only, and are the same ever after', async () => {
    const first = await testKeys(directory);
    expect(readdirSync(directory).sort()).toEqual(['merchant-private.pem', 'platform-private.pem']);
    expect(statSync(path('merchant-private.pem')).mode & 0o777).toBe(0o600);
    expect(createPublicKey(first.merchant.publicKey).asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(first.merchant.publicKey).not.toBe(first.platform.publicKey);
    expect(await testKeys(directory)).toEqual(first);
  });

  test('are not replaced when one is missing', async () => {
    await testKeys(directory);
    const kept = readFileSync(path('merchant-private.pem'), 'utf8');
    rmSync(path('platform-private.pem'));
    await expect(testKeys(directory)).rejects.toMatchObject({
      code: 'PJ_TEST_KEYS',
      message: expect.stringContaining('platform-private.pem is missing'),
    });
    expect(readFileSync(path('merchant-private.pem'), 'utf8')).toBe(kept);
    expect(existsSync(path('platform-private.pem'))).toBe(false);
  });

  test.each([
    ['nothing', ''],
    ['half a key', '-----BEGIN PRIVATE KEY-----\nMIIEvQ'],
    [
      'a key of another kind',
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ],
  ])('are refused, and the file is named, when one holds %s', async (_what, text) => {
    await testKeys(directory);
    writeFileSync(path('platform-private.pem'), text);
    await expect(testKeys(directory)).rejects.toMatchObject({
      code: 'PJ_TEST_KEYS',
      message: expect.stringContaining('platform-private.pem is not an RSA private key'),
    });
  });
});
