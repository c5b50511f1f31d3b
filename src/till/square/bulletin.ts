import { createHmac } from 'node:crypto';
import type { Clock } from '../../ports/clock.js';
import type { Random } from '../../ports/random.js';
import type { HookEvent, Hooks, Sign } from '../hooks.js';
import { LOCATION_ID, MERCHANT_ID } from './identity.js';
import { newEventId } from './ids.js';
import { timestamp } from './records.js';

/** What can be subscribed to. */
export const EVENT_TYPES = [
  'device.code.paired',
  'payment.created',
  'payment.updated',
  'refund.created',
  'refund.updated',
  'terminal.action.created',
  'terminal.action.updated',
  'terminal.checkout.created',
  'terminal.checkout.updated',
  'terminal.refund.created',
  'terminal.refund.updated',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export interface BulletinParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly hooks: Hooks | undefined;
}

/** Tells those who have subscribed of what has happened. */
export class Bulletin {
  readonly #parts: BulletinParts;

  constructor(parts: BulletinParts) {
    this.#parts = parts;
  }

  /** `object`: as an endpoint would answer with it. */
  publish(type: EventType, dataType: string, id: string, object: Readonly<Record<string, unknown>>): void {
    this.#parts.hooks?.publish(this.event(type, dataType, id, object), sign);
  }

  event(type: EventType, dataType: string, id: string, object: Readonly<Record<string, unknown>>): HookEvent {
    const { clock, random } = this.#parts;
    const eventId = newEventId(random, clock.now());
    const place = type === 'device.code.paired' ? { location_id: LOCATION_ID } : {};
    const body = JSON.stringify({
      merchant_id: MERCHANT_ID,
      ...place,
      type,
      event_id: eventId,
      created_at: timestamp(clock.now()),
      data: { type: dataType, id, object },
    });
    return { id: eventId, type, body };
  }
}

/** As `WebhooksHelper.verifySignature` of the SDKs checks it: HMAC-SHA256 over the URL of the subscription and the body. */
export const sign: Sign = (secret, url, body) => ({
  'x-square-hmacsha256-signature': createHmac('sha256', secret).update(url).update(body).digest('base64'),
  'square-environment': 'Sandbox',
});
