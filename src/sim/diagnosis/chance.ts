import type { Random } from '../../ports/random.js';

/** One of them, each as likely as the others. */
export function oneOf<T>(random: Random, all: readonly T[]): T {
  const drawn = all[random.int(0, all.length - 1)];
  if (drawn === undefined) throw new Error('there is something to draw from');
  return drawn;
}

/** `true` in so many of 100 draws. */
export function percent(random: Random, share: number): boolean {
  return random.int(1, 100) <= share;
}

/** A whole number in which each doubling is as likely as any other: 1 s to 2 s as 1 min to 2 min. Both above 0. */
export function between(random: Random, least: number, most: number): number {
  const share = random.int(0, 1_000_000) / 1_000_000;
  return Math.round(least * (most / least) ** share);
}
