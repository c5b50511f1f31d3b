import { createNexoFace } from '../../till/nexo/face.js';
import { openFace } from './face.js';
import type { OpenedTill, TillParts } from './parts.js';

export async function openNexo(parts: TillParts): Promise<OpenedTill> {
  const { shop, shelf, config } = parts;
  const face = createNexoFace(shop, { shelf, apiKey: config.token, testAmounts: config.nexo.testAmounts });
  return openFace(parts, face, { which: 'nexoCloud', what: 'nexo', port: config.nexo.cloudPort, hooks: undefined });
}
