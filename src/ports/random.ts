/** A seeded source of chance. The same seed gives the same draws, in the same order, on every machine. */
export interface Random {
  /** A whole number, `min` and `max` included. */
  int(min: number, max: number): number;
  /** `length` decimal digits. */
  digits(length: number): string;
  /** An independent source whose draws do not shift this one's: one for each part of a world. */
  fork(name: string): Random;
}
