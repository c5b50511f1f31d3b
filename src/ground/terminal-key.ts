import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import fs from 'node:fs';
import { dirname } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { makeFolder } from './make-folder.js';

/**
 * The terminal's own key (Ed25519, PKCS#8 in PEM, mode 0600): by it the terminal signs digital tickets and evidence. Made
 * when there is none yet, with the public half beside it as `….pub.pem`, for whoever is to check signatures. One that
 * cannot be read is never replaced, since what it signed would be taken for forged: `PJ_TERMINAL_KEY`.
 */
export function terminalKey(path: string): KeyObject {
  const text = read(path) ?? make(path);
  const key = parse(path, text);
  writePublicHalf(path, key);
  return key;
}

/** A public key from a file of one's own: PEM; of a private key the public half. Throws `PJ_TERMINAL_KEY`. */
export function readPublicKey(path: string): KeyObject {
  const text = read(path);
  if (text === undefined) throw keyError(path, 'is not there');
  try {
    return ed25519(createPublicKey(text));
  } catch (cause) {
    throw keyError(path, `is no Ed25519 key in PEM (${reason(cause)})`, cause);
  }
}

/** The name of a key for people: the SHA-256 of its public half (SPKI in DER), in hex. */
export function fingerprintOf(key: KeyObject): string {
  const publicKey = key.type === 'public' ? key : createPublicKey(key);
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Where the public half of a key lies. */
export function publicHalf(path: string): string {
  return path.replace(/(\.pem)?$/, '.pub.pem');
}

function read(path: string): string | undefined {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw keyError(path, `cannot be read (${reason(cause)})`, cause);
  }
}

/** Whole or not at all, and never over another one: written beside, synced, and then linked to its name. */
function make(path: string): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const draft = `${path}.${process.pid}.new`;
  try {
    makeFolder(dirname(path), 0o700);
    fs.writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flush: true });
    fs.linkSync(draft, path);
  } catch (cause) {
    // Another program has made it in the same moment: then that one counts.
    if (!fs.existsSync(path)) throw keyError(path, `cannot be made (${reason(cause)})`, cause);
  } finally {
    fs.rmSync(draft, { force: true });
  }
  return read(path) ?? '';
}

function parse(path: string, text: string): KeyObject {
  try {
    return ed25519(createPrivateKey(text));
  } catch (cause) {
    throw keyError(path, `is no Ed25519 private key in PEM (${reason(cause)})`, cause);
  }
}

/** A convenience: whoever cannot write it can still export it from the private key. */
function writePublicHalf(path: string, key: KeyObject): void {
  const text = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  const file = publicHalf(path);
  try {
    if (read(file) !== text) fs.writeFileSync(file, text, { mode: 0o644 });
  } catch {
    // Then there is none, and nothing else depends on it.
  }
}

function ed25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`it is of type ${key.asymmetricKeyType}`);
  return key;
}

function keyError(path: string, problem: string, cause?: unknown): PaperjamError {
  return new PaperjamError('PJ_TERMINAL_KEY', { path, problem }, { cause });
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
