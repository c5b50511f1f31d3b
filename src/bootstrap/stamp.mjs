// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * A stamp says from what something was made. It is written last, as a whole, and removed first, so that what was
 * interrupted or failed has none.
 *
 * @param {string} path
 * @param {string} digest
 */
export function isStamped(path, digest) {
  try {
    return readFileSync(path, 'utf8') === digest;
  } catch {
    return false;
  }
}

/**
 * @param {string} path
 * @param {string} digest
 */
export function writeStamp(path, digest) {
  const whole = `${path}.${process.pid}`;
  writeFileSync(whole, digest);
  renameSync(whole, path);
}

/** @param {string} path */
export function removeStamp(path) {
  rmSync(path, { force: true });
}

/** @param {(string | Buffer)[]} parts */
export function digestOf(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}
