import { describe, expect, test } from 'vitest';
import { verifyEvidence } from '../../../src/evidence/verify.js';
import { ApiBench, closeBenches, expectProblem } from './bench.js';

closeBenches();

describe('GET /v1/sales/:id/evidence', () => {
  test('is a zip that proves itself, with the digest of its manifest beside it', async () => {
    const bench = await ApiBench.open({ jobLines: true });
    const saleId = await bench.soldAndSettled();
    const response = await fetch(`${bench.api.url}/v1/sales/${saleId}/evidence`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${saleId}.zip"`);
    const zip = new Uint8Array(await response.arrayBuffer());
    const key = { key: bench.world.key, name: 'the terminal' };
    const found = verifyEvidence({ file: 'x.zip', zip, key });
    expect(found).toMatchObject({ saleId, signedByKnownKey: true });
    expect(response.headers.get('paperjam-manifest')).toBe(found.digest);
  });

  test('of a sale that is not there is 404', async () => {
    const bench = await ApiBench.open();
    expectProblem(await bench.call('GET', '/v1/sales/nobody/evidence'), 404, 'PJ_UNKNOWN_SALE');
  });

  test('of a sale that was never paid says so too', async () => {
    const bench = await ApiBench.open();
    const saleId = await bench.soldAndSettled({ customer: { behaviour: 'no-money' } });
    const response = await fetch(`${bench.api.url}/v1/sales/${saleId}/evidence`);
    const zip = new Uint8Array(await response.arrayBuffer());
    expect(verifyEvidence({ file: 'x.zip', zip })).toMatchObject({ saleId, verdictMadeAnew: true });
    expect(Buffer.from(zip).toString()).toContain('"payment": "not-paid"');
  });
});
