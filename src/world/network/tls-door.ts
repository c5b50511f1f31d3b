import { createServer } from 'node:tls';
import { type Authority, type CertificateRequest, makeAuthority } from '../../ground/certificates.js';
import type { CertificateProblem } from '../../ports/faults.js';
import { listenOnLoopback } from './loopback.js';

const DAY_MS = 86_400_000;

/** A door at which everybody is shown a certificate that has something wrong with it, so that nobody comes through. */
export interface TlsDoor {
  readonly url: string;
  /** The authority that the terminal trusts. */
  readonly ca: string;
  close(): void;
}

/**
 * Opens one on loopback, on a free port. Whoever accepts its certificate is cut off: nothing that is sent to it goes
 * anywhere. Throws `PJ_LISTEN`.
 */
export async function openTlsDoor(problem: CertificateProblem, nowMs: number): Promise<TlsDoor> {
  const lasting = { fromMs: nowMs - DAY_MS, untilMs: nowMs + 3_650 * DAY_MS };
  const trusted = await makeAuthority('paperjam test authority', lasting);
  const { certificate, privateKey } = await issue(problem, trusted, lasting);
  const server = createServer({ cert: certificate, key: privateKey }, (socket) => socket.destroy());
  server.on('tlsClientError', () => {}); // That is what the door is for.
  const address = await listenOnLoopback(server, 'network to the platform');
  return { url: `https://${address}`, ca: trusted.certificate, close: () => void server.close() };
}

async function issue(problem: CertificateProblem, trusted: Authority, lasting: Omit<CertificateRequest, 'hosts'>) {
  const here = { hosts: ['127.0.0.1'], ...lasting };
  switch (problem) {
    case 'expired':
      return trusted.issue({ ...here, untilMs: lasting.fromMs + 1_000 });
    case 'wrong-host':
      return trusted.issue({ ...here, hosts: ['elsewhere.example'] });
    case 'unknown-issuer':
      return (await makeAuthority('an authority that nobody knows', lasting)).issue(here);
  }
}
