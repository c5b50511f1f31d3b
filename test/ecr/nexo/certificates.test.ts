import { X509Certificate } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { terminalCertificate } from '../../../src/ecr/nexo/certificates.js';
import { temporaryFolder } from './bench.js';

/** What the client library demands of a terminal's certificate (helpers/checkServerIdentity). */
const NAME = /^(([a-zA-Z0-9]+-[a-zA-Z0-9]+)|legacy-terminal-certificate)\.(live|test)\.terminal\.adyen\.com$/;

let folder = temporaryFolder();
beforeEach(() => {
  folder.remove();
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

const place = (name: string) => join(folder.path, 'nexo', name);
const made = () => terminalCertificate(join(folder.path, 'nexo'), ['till.example']);

describe('the certificate of terminals', () => {
  test('has the name that the client library demands, and is signed by the authority in the folder', async () => {
    const { tls, caFile } = await made();
    const server = new X509Certificate(tls.cert);
    const authority = new X509Certificate(readFileSync(caFile));
    expect(server.subject.replace('CN=', '')).toMatch(NAME);
    expect(server.subjectAltName).toContain('DNS:localhost, IP Address:127.0.0.1');
    expect(server.subjectAltName).toContain('DNS:till.example');
    expect(server.checkIssued(authority) && server.verify(authority.publicKey)).toBe(true);
    expect(authority.ca).toBe(true);
    expect(statSync(place('ca-key.pem')).mode & 0o777).toBe(0o600);
  });

  test('is new at each start; the authority stays, since tills have its file', async () => {
    const first = await made();
    const authority = readFileSync(first.caFile, 'utf8');
    const second = await made();
    expect(readFileSync(second.caFile, 'utf8')).toBe(authority);
    expect(second.tls.cert).not.toBe(first.tls.cert);
    expect(new X509Certificate(second.tls.cert).verify(new X509Certificate(authority).publicKey)).toBe(true);
  });

  test('is not made behind the back of tills when half of the authority is lost, or it is another one', async () => {
    await made();
    const [ca, key] = ['ca.pem', 'ca-key.pem'].map((name) => readFileSync(place(name)));
    rmSync(place('ca.pem'));
    await expect(made()).rejects.toMatchObject({
      code: 'PJ_TILL_AUTHORITY',
      data: { problem: 'is not there, though its key is' },
    });
    writeFileSync(place('ca.pem'), 'no certificate');
    await expect(made()).rejects.toMatchObject({
      code: 'PJ_TILL_AUTHORITY',
      message: expect.stringContaining('cannot be used'),
    });
    writeFileSync(place('ca.pem'), ca ?? '');
    rmSync(place('ca-key.pem'));
    await expect(made()).rejects.toMatchObject({ data: { problem: 'is not there, though its certificate is' } });
    folder.remove();
    folder = temporaryFolder();
    await made();
    writeFileSync(place('ca-key.pem'), key ?? '');
    await expect(made()).rejects.toMatchObject({ data: { problem: 'does not belong to its key' } });
  });
});
