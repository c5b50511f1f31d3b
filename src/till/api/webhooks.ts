import { z } from 'zod';
import { PaperjamError } from '../../base/errors.js';
import type { Random } from '../../ports/random.js';
import type { Hooks } from '../hooks.js';
import { HOOK_TYPES } from './notifier.js';
import { type Route, route } from './route.js';
import { isSecret, secretOf } from './standard-webhooks.js';

const URL_RULE = 'must be an http or https URL without a user name in it';

export const WEBHOOK_REQUEST = z.strictObject({
  url: z.string().max(2_000).refine(isHookUrl, URL_RULE).describe('where the events are to be posted'),
  types: z.array(z.enum(HOOK_TYPES)).min(1).max(HOOK_TYPES.length).optional().describe('which; all if not said'),
  secret: z
    .string()
    .max(120)
    .refine(isSecret, 'must be whsec_ and 24 to 64 bytes in base64')
    .optional()
    .describe('by which they are signed; one is made if not said'),
});

export const WEBHOOK_VIEW = z
  .strictObject({
    id: z.string(),
    url: z.string(),
    types: z.array(z.string()).optional().describe('absent: all'),
    waiting: z.int().describe('events that are not delivered yet'),
    dropped: z.int().describe('events that were given up since too many waited'),
    lastFailure: z.string().optional().describe('why the latest attempt was not taken'),
  })
  .meta({ id: 'Webhook' });

const MADE_VIEW = z
  .strictObject({ id: z.string(), url: z.string(), types: z.array(z.string()).optional(), secret: z.string() })
  .meta({ id: 'NewWebhook', description: 'The only time that the secret is told.' });

/** One can be had from everybody who may call; more than that is a mistake in a loop. */
const MOST_WEBHOOKS = 50;

export interface WebhookParts {
  readonly hooks: Hooks;
  readonly random: Random;
  readonly secretBytes: () => Uint8Array;
  /** Before the first one hears of anything. */
  begin(): void;
}

/** Who wants to be told of events, and where. */
export function webhookRoutes({ hooks, random, secretBytes, begin }: WebhookParts): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/webhooks',
      id: 'addWebhook',
      tag: 'webhooks',
      title: 'Have events posted to a URL',
      about:
        'Signed as Standard Webhooks has it (webhook-id, webhook-timestamp, webhook-signature). One after the other in order: one that is not answered with 2xx in 10 s is repeated after growing pauses until it is, so each arrives at least once, over restarts too.',
      ofTerminal: false,
      body: WEBHOOK_REQUEST,
      bodyExample: { url: 'http://127.0.0.1:3000/paperjam', types: ['sale.settled'] },
      answers: {
        201: { about: 'From now on they are', schema: MADE_VIEW, headers: { location: 'where it is ended' } },
      },
      problems: ['PJ_NOT_NOW'],
      handle(call, { body: { url, types, secret = secretOf(secretBytes()) } }) {
        if (hooks.subscriptions().length >= MOST_WEBHOOKS) {
          throw new PaperjamError('PJ_NOT_NOW', {
            problem: `there are ${MOST_WEBHOOKS} webhooks already, end one first`,
          });
        }
        const id = `wh_${random.digits(16)}`;
        begin();
        hooks.subscribe(id, url, secret, types);
        call.answer(201, { id, url, types, secret }, { location: `/v1/webhooks/${id}` });
      },
    }),
    route({
      method: 'GET',
      path: '/v1/webhooks',
      id: 'listWebhooks',
      tag: 'webhooks',
      title: 'Who is told of events, and what waits for them',
      ofTerminal: false,
      answers: {
        200: {
          about: 'In the order in which they were made',
          schema: z.strictObject({ webhooks: z.array(WEBHOOK_VIEW) }),
        },
      },
      problems: [],
      handle: (call) => call.answer(200, { webhooks: hooks.subscriptions() }),
    }),
    route({
      method: 'DELETE',
      path: '/v1/webhooks/:webhook',
      id: 'removeWebhook',
      tag: 'webhooks',
      title: 'No more events to this URL',
      about: 'What waits for it is forgotten.',
      ofTerminal: false,
      answers: { 204: { about: 'It is ended' } },
      problems: ['PJ_NOT_FOUND'],
      handle(call) {
        const { webhook = '' } = call.params;
        if (!hooks.unsubscribe(webhook))
          throw new PaperjamError('PJ_NOT_FOUND', { what: `webhook ${webhook.slice(0, 64)}` });
        call.answer(204);
      },
    }),
  ];
}

function isHookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
