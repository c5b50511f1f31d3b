import { createPrivateKey, createPublicKey, generateKeyPair, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PaperjamError } from '../../base/errors.js';

/** PEM texts: PKCS#8 and SPKI. */
export interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** The keys of both sides of an emulated platform. They sign play money, and are made on this machine. */
export interface TestKeys {
  readonly merchant: KeyPair;
  readonly platform: KeyPair;
}

const OWNERS = ['merchant', 'platform'] as const;
type Owner = (typeof OWNERS)[number];

/**
 * Reads `merchant-private.pem` and `platform-private.pem` from the directory. With neither there, both are generated
 * (RSA 2048, mode 0600). One without the other, or one that is no RSA key, is refused with `PJ_TEST_KEYS`: others may
 * have been configured with the keys, so they are never replaced in silence.
 */
export async function testKeys(directory: string): Promise<TestKeys> {
  const found = { merchant: read(directory, 'merchant'), platform: read(directory, 'platform') };
  if (found.merchant === undefined && found.platform === undefined) {
    const [merchant, platform] = await Promise.all([generate(), generate()]);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeAtomically(pathOf(directory, 'merchant'), merchant);
    writeAtomically(pathOf(directory, 'platform'), platform);
  }
  return { merchant: pair(directory, 'merchant'), platform: pair(directory, 'platform') };
}

function pathOf(directory: string, owner: Owner): string {
  return join(directory, `${owner}-private.pem`);
}

function read(directory: string, owner: Owner): string | undefined {
  const path = pathOf(directory, owner);
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new PaperjamError('PJ_TEST_KEYS', { path, problem: `cannot be read (${String(cause)})` }, { cause });
  }
}

function pair(directory: string, owner: Owner): KeyPair {
  const path = pathOf(directory, owner);
  const text = read(directory, owner);
  if (text === undefined) throw new PaperjamError('PJ_TEST_KEYS', { path, problem: 'is missing' });
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType !== 'rsa') throw new Error(`it is of type ${key.asymmetricKeyType}`);
    return { privateKey: text, publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString() };
  } catch (cause) {
    const problem = `is not an RSA private key in PEM (${cause instanceof Error ? cause.message : String(cause)})`;
    throw new PaperjamError('PJ_TEST_KEYS', { path, problem }, { cause });
  }
}

async function generate(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Whole or not at all, also when the power goes: written beside, synced, and then renamed. */
function writeAtomically(path: string, text: string): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}
