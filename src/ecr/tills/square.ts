import { Hooks } from '../../till/hooks.js';
import { createSquareFace, signSquareEvent } from '../../till/square/face.js';
import { openFace } from './face.js';
import type { OpenedTill, TillParts } from './parts.js';

/** Square's cloud, with its webhooks. */
export function openSquare(parts: TillParts): Promise<OpenedTill> {
  const { shop, shelf, courier, config } = parts;
  const { clock, random } = shop;
  const mine = { shelf, courier, name: 'square', sign: signSquareEvent };
  const hooks = new Hooks({ clock, random: random.fork('square'), ...mine });
  const face = createSquareFace(shop, { shelf, hooks, courier, token: config.token });
  return openFace(parts, face, { which: 'square', what: 'Square', port: config.square.port, hooks });
}
