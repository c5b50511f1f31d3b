import { isIP } from 'node:net';

/** A certificate and its private key, both PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface CertificateRequest {
  /** Names and addresses that it is good for, such as `localhost` and `127.0.0.1`. */
  readonly hosts: readonly string[];
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Issues certificates that whoever has put `certificate` into the store of authorities trusts. */
export interface Authority extends Certificate {
  issue(request: CertificateRequest): Promise<Certificate>;
}

/** Elliptic-curve keys (P-256), which take no time to make. */
const KEY = { keyType: 'ec', algorithm: 'sha256' } as const;

/** Loading it takes a tenth of a second, and most runs need no certificate. */
const selfsigned = () => import('selfsigned');

const nameOf = (value: string) => [{ name: 'commonName', value }];

/** A new authority, known to nobody yet. */
export async function makeAuthority(name: string, times: Omit<CertificateRequest, 'hosts'>): Promise<Authority> {
  const { generate } = await selfsigned();
  const own = await generate(nameOf(name), {
    ...KEY,
    ...validity(times),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return authorityOf({ certificate: own.cert, privateKey: own.private });
}

/** An authority that was made before. The first host becomes the name in what it issues. */
export function authorityOf(own: Certificate): Authority {
  return {
    ...own,
    async issue({ hosts, ...validFor }) {
      const { generate } = await selfsigned();
      const [first = 'localhost'] = hosts;
      const issued = await generate(nameOf(first), {
        ...KEY,
        ...validity(validFor),
        ca: { key: own.privateKey, cert: own.certificate },
        extensions: [
          { name: 'basicConstraints', cA: false, critical: true },
          { name: 'keyUsage', digitalSignature: true, critical: true },
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: hosts.map(altNameOf) },
        ],
      });
      return { certificate: issued.cert, privateKey: issued.private };
    },
  };
}

function altNameOf(host: string) {
  return isIP(host) === 0 ? { type: 2 as const, value: host } : { type: 7 as const, ip: host };
}

function validity({ fromMs, untilMs }: Omit<CertificateRequest, 'hosts'>) {
  return { notBeforeDate: new Date(fromMs), notAfterDate: new Date(untilMs) };
}
