import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fingerprintOf, publicHalf, readPublicKey, terminalKey } from '../../src/ground/terminal-key.js';

const folder = fs.mkdtempSync(join(tmpdir(), 'paperjam-key-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('the terminal’s key', () => {
  test('is made once, for its owner only, with the public half beside it', () => {
    const path = join(folder, 'a', 'terminal', 'key.pem');
    const made = terminalKey(path);
    expect(fs.statSync(path).mode & 0o777).toBe(0o600);
    expect(fingerprintOf(terminalKey(path))).toBe(fingerprintOf(made));
    expect(publicHalf(path)).toBe(join(folder, 'a', 'terminal', 'key.pub.pem'));
    expect(fs.readFileSync(publicHalf(path), 'utf8')).toBe(
      createPublicKey(made).export({ type: 'spki', format: 'pem' }).toString(),
    );
    expect(fs.readdirSync(join(folder, 'a', 'terminal')).sort()).toEqual(['key.pem', 'key.pub.pem']);
  });

  test('that cannot be read is never replaced', () => {
    const path = join(folder, 'bad.pem');
    for (const text of [
      '',
      'no key',
      generateKeyPairSync('rsa', { modulusLength: 2_048 })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
    ]) {
      fs.writeFileSync(path, text);
      expect(() => terminalKey(path)).toThrowError(expect.objectContaining({ code: 'PJ_TERMINAL_KEY' }));
      expect(fs.readFileSync(path, 'utf8')).toBe(text);
    }
  });

  test('of somebody else is read from PEM; a private one gives its public half', () => {
    const path = join(folder, 'c.pem');
    const key = terminalKey(path);
    expect(fingerprintOf(readPublicKey(publicHalf(path)))).toBe(fingerprintOf(key));
    expect(readPublicKey(path).type).toBe('public');
    expect(() => readPublicKey(join(folder, 'none.pem'))).toThrowError(/none\.pem, is not there/);
  });
});
