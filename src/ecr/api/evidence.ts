import type { FastifyInstance } from 'fastify';
import { packEvidence } from '../../evidence/pack.js';
import type { World } from '../../world/world.js';
import { idOf } from './sales.js';

/** `GET /v1/sales/:id/evidence`: all that is known of a sale, as a signed zip; its manifest's digest stands in a header. */
export function serveEvidence(app: FastifyInstance, world: World): void {
  app.get('/v1/sales/:id/evidence', (request, reply) => {
    const { saleId } = world.terminal.page(idOf(request)).facts;
    const { key, glyphs } = world;
    const { zip, digest } = packEvidence({ saleId, material: world.material(saleId), key, glyphs });
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="${saleId}.zip"`)
      .header('paperjam-manifest', digest)
      .send(Buffer.from(zip));
  });
}
