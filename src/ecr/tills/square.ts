import { Hooks } from '../../till/hooks.js';
import { createSquareFace } from '../../till/square/face.js';
import { openFace } from './face.js';
import type { OpenedTill, TillParts } from './parts.js';

/** Square's cloud, with its webhooks. */
export function openSquare(parts: TillParts): Promise<OpenedTill> {
  const { shop, shelf, courier, config } = parts;
  const hooks = new Hooks({ clock: shop.clock, random: shop.random.fork('square'), shelf, courier, name: 'square' });
  const face = createSquareFace(shop, { shelf, hooks, courier, token: config.token });
  return openFace(parts, face, { which: 'square', what: 'Square', port: config.square.port, hooks });
}
