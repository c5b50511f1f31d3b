import type { Composer } from './composer.js';
import type { KeyedMemory } from './keyed-memory.js';
import type { Layout } from './layout.js';

/** `GS ( M`: settings are kept under numbers from 1 to this. */
export const MOST_LAYOUTS = 8;

const AT_POWER_ON = 'layout at power on';

export function saveLayout(composer: Composer, settings: KeyedMemory, n: number): void {
  settings.set(`layout ${n}`, Buffer.from(JSON.stringify(composer.layout)));
}

/** Settings number `n` come into force, 0 as they came from the factory; nothing happens if they were never saved. */
export function restoreLayout(composer: Composer, settings: KeyedMemory, n: number): void {
  const kept = n === 0 ? Buffer.from('{}') : settings.get(`layout ${n}`);
  if (kept === undefined) return;
  // Only this program writes them; one that was written before a field was added lacks it.
  const saved = JSON.parse(Buffer.from(kept).toString()) as Partial<Layout>;
  composer.layout = { ...composer.factoryLayout(), ...saved };
  composer.restyle();
}

/** <Function 3>: which settings are in force after switching on. */
export function chooseAtPowerOn(settings: KeyedMemory, n: number): void {
  settings.set(AT_POWER_ON, Uint8Array.of(n));
}

export function restoreAtPowerOn(composer: Composer, settings: KeyedMemory): void {
  const n = settings.get(AT_POWER_ON)?.[0] ?? 0;
  if (n > 0) restoreLayout(composer, settings, n);
}
