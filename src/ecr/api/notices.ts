import { errorCodes, type FastifyInstance } from 'fastify';
import { PaperjamError } from '../../base/errors.js';
import type { Shop } from '../../till/shop.js';
import type { OwnRoute } from './own-route.js';

/** Where the platform's asynchronous notices come in (notify_url). */
export const ALIPAY_NOTICES = '/v1/notify/alipay';

/** How long the terminal may take to have a notice in its journal. */
const PATIENCE_MS = 5_000;

const FORM = 'application/x-www-form-urlencoded';

/** Nowhere else a form is taken. */
export function takeNoticeForms(app: FastifyInstance): void {
  app.addContentTypeParser(FORM, { parseAs: 'string' }, (request, body, done) => {
    if (request.routeOptions.url === ALIPAY_NOTICES) return done(null, body);
    done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(FORM));
  });
}

/**
 * Takes the platform's notices: a form, signed with the platform's key; anything else is refused. `success` is said only
 * once the notice is in the journal; until it hears that, the platform goes on repeating it.
 */
export function noticesRoute(shop: Shop): OwnRoute {
  return {
    method: 'POST',
    path: ALIPAY_NOTICES,
    id: 'takeNotice',
    tag: 'more',
    title: "The platform's asynchronous notices",
    about: 'A form, signed with the key of the platform; anything else is refused.',
    ofTerminal: false,
    open: true,
    bodyType: FORM,
    answers: {
      200: { about: 'success: it is in the journal', type: 'text/plain' },
      503: { about: 'failure: it is not; the platform is to repeat it', type: 'text/plain' },
    },
    problems: ['PJ_NOTICE', 'PJ_NOT_FOUND'],
    serve(request, reply) {
      const { clock, counters } = shop;
      // One door for all terminals of a process.
      const notices = [...counters.values()].map(({ world }) => world.notices).find((door) => door !== undefined);
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
    },
  };
}
