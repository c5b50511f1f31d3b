import { setTimeout } from 'node:timers/promises';

const PATIENCE_MS = 20_000;
const LOOK_AGAIN_MS = 10;

/** What `look` finds, as soon as it finds something; looked for again and again, and given up when it takes too long. */
export async function until<T>(
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  what: string | (() => string),
): Promise<T> {
  const endMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (performance.now() > endMs) throw new Error(`waited in vain for ${typeof what === 'string' ? what : what()}`);
    await setTimeout(LOOK_AGAIN_MS);
  }
}
