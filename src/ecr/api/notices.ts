import { errorCodes, type FastifyInstance } from 'fastify';
import { PaperjamError } from '../../base/errors.js';
import type { World } from '../../world/world.js';

/** Where the platform's asynchronous notices come in (notify_url). */
export const ALIPAY_NOTICES = '/v1/notify/alipay';

/** How long the terminal may take to have a notice in its journal. */
const PATIENCE_MS = 5_000;

const FORM = 'application/x-www-form-urlencoded';

/**
 * Takes the platform's notices: a form, signed with the platform's key; anything else is refused. `success` is said only
 * once the notice is in the journal; until it hears that, the platform goes on repeating it.
 */
export function serveNotices(app: FastifyInstance, world: Pick<World, 'notices' | 'clock'>): void {
  app.addContentTypeParser(FORM, { parseAs: 'string' }, (request, body, done) => {
    if (request.routeOptions.url === ALIPAY_NOTICES) return done(null, body);
    // Nowhere else a form is taken.
    done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(FORM));
  });
  app.post(ALIPAY_NOTICES, (request, reply) => {
    const { notices, clock } = world;
    if (notices === undefined) throw new PaperjamError('PJ_NOT_FOUND', { what: 'no notices are asked for here' });
    const form = Object.fromEntries(new URLSearchParams(typeof request.body === 'string' ? request.body : ''));
    const say = (status: number, word: 'success' | 'failure') => {
      clock.clearTimeout(timer);
      if (!reply.sent) void reply.code(status).type('text/plain').send(word);
    };
    const timer = clock.setTimeout(() => say(503, 'failure'), PATIENCE_MS);
    try {
      notices.receive(form, () => say(200, 'success'));
    } catch (error) {
      clock.clearTimeout(timer);
      throw error;
    }
  });
}
