import { X509Certificate } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { type Authority, type Certificate, makeAuthority } from '../../src/ground/certificates.js';

const DAY_MS = 86_400_000;
const NOW = Date.now();
const VALID = { fromMs: NOW - DAY_MS, untilMs: NOW + DAY_MS };

/** Whether somebody who trusts the authority comes through to a server with this certificate, or why not. */
async function greet(server: Certificate, trusted: Authority): Promise<string> {
  const listening = createServer({ cert: server.certificate, key: server.privateKey }, (socket) => socket.end());
  listening.on('tlsClientError', () => {});
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
  const { port } = listening.address() as AddressInfo; // Always that, for a server on a host and port.
  try {
    return await new Promise((done) => {
      const socket = connect({ host: '127.0.0.1', port, ca: trusted.certificate }, () => done('welcome'));
      socket.on('error', (error) => done('code' in error ? String(error.code) : error.message));
      socket.resume();
    });
  } finally {
    listening.close();
  }
}

describe('a certificate', () => {
  test('of an authority that is trusted, for this host and this time, is welcome', async () => {
    const authority = await makeAuthority('an authority', VALID);
    const issued = await authority.issue({ hosts: ['127.0.0.1', 'localhost'], ...VALID });
    expect(await greet(issued, authority)).toBe('welcome');
    const { subjectAltName, ca, validTo } = new X509Certificate(issued.certificate);
    expect({ subjectAltName, ca, validTo: Date.parse(validTo) }).toEqual({
      subjectAltName: 'IP Address:127.0.0.1, DNS:localhost',
      ca: false,
      validTo: Math.floor(VALID.untilMs / 1_000) * 1_000,
    });
    expect(new X509Certificate(authority.certificate).ca).toBe(true);
  });

  test.each([
    ['of yesterday', { untilMs: NOW - 1_000 }, 'CERT_HAS_EXPIRED'],
    ['of tomorrow', { fromMs: NOW + DAY_MS / 2 }, 'CERT_NOT_YET_VALID'],
    ['for another host', { hosts: ['elsewhere.example'] }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('%s is not', async (_, wrong, code) => {
    const authority = await makeAuthority('an authority', VALID);
    expect(await greet(await authority.issue({ hosts: ['127.0.0.1'], ...VALID, ...wrong }), authority)).toBe(code);
  });

  test('of somebody else is not', async () => {
    const [trusted, other] = await Promise.all([makeAuthority('one', VALID), makeAuthority('other', VALID)]);
    const issued = await other.issue({ hosts: ['127.0.0.1'], ...VALID });
    expect(await greet(issued, trusted)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });
});
