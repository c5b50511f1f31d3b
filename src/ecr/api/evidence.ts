import { packEvidence } from '../../evidence/pack.js';
import { type OwnRoute, paramsOf } from './own-route.js';

export const EVIDENCE_ROUTE: OwnRoute = {
  method: 'GET',
  path: '/v1/sales/:id/evidence',
  id: 'getEvidence',
  tag: 'sales',
  title: 'All that is known of a sale, as a signed zip',
  about: 'paperjam evidence check FILE.zip says whether it is whole, and by whose key it was signed.',
  ofTerminal: true,
  answers: {
    200: {
      about: 'The zip',
      type: 'application/zip',
      headers: {
        'content-disposition': 'a name for the file',
        'paperjam-manifest': 'the SHA-256 of its manifest, to be noted elsewhere',
      },
    },
  },
  problems: ['PJ_UNKNOWN_SALE', 'PJ_JOURNAL_CHANGED'],
  serve(request, reply, { world }) {
    const { saleId } = world.terminal.page(paramsOf(request).id ?? '').facts;
    const { key, glyphs } = world;
    const { zip, digest } = packEvidence({ saleId, material: world.material(saleId), key, glyphs });
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="${saleId}.zip"`)
      .header('paperjam-manifest', digest)
      .send(Buffer.from(zip));
  },
};
