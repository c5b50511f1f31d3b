import { generateKeyPairSync } from 'node:crypto';
import { packEvidence } from '../../src/evidence/pack.js';
import type { SaleMaterial } from '../../src/world/material.js';
import { createSimulation, type Simulation, type SimulationOptions } from '../../src/world/simulated.js';

export const KEY = generateKeyPairSync('ed25519').privateKey;
export const CODE = '281234567890123456';

export interface Sold extends Simulation {
  readonly saleId: string;
  material(): SaleMaterial;
}

/** A shop in which one sale was made between two others, with the power cut before the last. */
export async function sold(options: SimulationOptions = {}): Promise<Sold> {
  const simulation = await createSimulation({ jobLines: true, ...options });
  const { world, clock } = simulation;
  world.start();
  const sell = (amountFen: number, code: string) => {
    clock.runUntil(() => world.terminal.free);
    const saleId = world.terminal.sell(amountFen, { code });
    clock.runUntil(
      () => world.terminal.find(saleId)?.facts.ticket === 'printed' || world.terminal.state === 'printFault',
    );
    return saleId;
  };
  sell(500, '281111111111111111');
  const saleId = sell(1_280, CODE);
  clock.runUntil(() => world.terminal.free);
  world.powerCut();
  sell(900, '282222222222222222');
  return { ...simulation, saleId, material: () => world.material(saleId) };
}

export function pack({ saleId, material, world }: Sold, withCodes = false) {
  return packEvidence({ saleId, material: material(), key: KEY, glyphs: world.glyphs, withCodes });
}
