import type { World } from '../../world/world.js';

interface ShowsText {
  showText?(words: { zh: string; en: string } | undefined): void;
}
export function showWords(world: World, words: { zh: string; en: string } | undefined): void {
  (world.terminal as ShowsText).showText?.(words);
}
