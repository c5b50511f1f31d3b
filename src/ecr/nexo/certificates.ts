import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PaperjamError } from '../../base/errors.js';
import { type Authority, authorityOf, type Certificate, makeAuthority } from '../../ground/certificates.js';
import { fileProblem } from '../../ground/file-problem.js';
import { makeFolder } from '../../ground/make-folder.js';
import { writeWholeFile } from '../../ground/whole-file.js';

/**
 * Adyen's client libraries do not look at the host: they demand this name, or one of `MODEL-NUMBER.test.terminal.adyen.com`,
 * of a certificate whose authority they were given as a file (checkServerIdentity in @adyen/api-library).
 */
const COMMON_NAME = 'legacy-terminal-certificate.test.terminal.adyen.com';

const DAY_MS = 86_400_000;
/** Longer than anybody keeps a test installation. */
const AUTHORITY_DAYS = 3650;
/** It is issued anew at each start. */
const SERVER_DAYS = 397;

export interface TerminalCertificate {
  /** For the server. */
  readonly tls: { readonly key: string; readonly cert: string };
  /** The authority's certificate, to hand to tills. */
  readonly caFile: string;
}

/**
 * A certificate for terminals, fresh from the authority that lies in this folder; that is made at the first start, and kept,
 * since tills are given it. `hosts`: names and addresses at which the terminals are reached. Throws `PJ_TILL_AUTHORITY`.
 */
export async function terminalCertificate(folder: string, hosts: readonly string[]): Promise<TerminalCertificate> {
  const caFile = join(folder, 'ca.pem');
  const authority = kept(caFile, join(folder, 'ca-key.pem')) ?? (await made(folder, caFile));
  const now = Date.now();
  const { certificate, privateKey } = await authority.issue({
    hosts: [COMMON_NAME, ...new Set(['localhost', '127.0.0.1', '::1', ...hosts])],
    fromMs: now - DAY_MS,
    untilMs: now + SERVER_DAYS * DAY_MS,
  });
  return { tls: { key: privateKey, cert: certificate }, caFile };
}

/** Nothing if there is neither file; with only one of them, or two that do not belong together, tills would be led astray. */
function kept(caFile: string, keyFile: string): Authority | undefined {
  const [certificate, privateKey] = [readIfThere(caFile), readIfThere(keyFile)];
  if (certificate === undefined && privateKey === undefined) return undefined;
  if (certificate === undefined) throw broken(caFile, 'is not there, though its key is');
  if (privateKey === undefined) throw broken(keyFile, 'is not there, though its certificate is');
  check(caFile, { certificate, privateKey });
  return authorityOf({ certificate, privateKey });
}

function check(path: string, { certificate, privateKey }: Certificate): void {
  let problem: string | undefined;
  try {
    const parsed = new X509Certificate(certificate);
    if (!parsed.checkPrivateKey(createPrivateKey(privateKey))) problem = 'does not belong to its key';
    else if (Date.parse(parsed.validTo) < Date.now() + SERVER_DAYS * DAY_MS)
      problem = `is valid until ${parsed.validTo} only`;
  } catch (cause) {
    throw broken(path, `cannot be used (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  }
  if (problem !== undefined) throw broken(path, problem);
}

async function made(folder: string, caFile: string): Promise<Authority> {
  const now = Date.now();
  const times = { fromMs: now - DAY_MS, untilMs: now + AUTHORITY_DAYS * DAY_MS };
  const authority = await makeAuthority('paperjam terminals', times);
  try {
    makeFolder(folder, 0o700);
    writeFileSync(join(folder, 'ca-key.pem'), authority.privateKey, { mode: 0o600, flush: true });
    writeWholeFile(caFile, Buffer.from(authority.certificate));
  } catch (cause) {
    throw broken(caFile, `cannot be made (${fileProblem(cause)})`, cause);
  }
  return authority;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw broken(path, `cannot be read (${fileProblem(cause)})`, cause);
  }
}

function broken(path: string, problem: string, cause?: unknown): PaperjamError {
  return new PaperjamError('PJ_TILL_AUTHORITY', { path, problem }, { cause });
}
