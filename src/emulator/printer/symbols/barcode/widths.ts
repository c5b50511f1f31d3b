/**
 * Dots of a wide element of Code 39, ITF and Codabar, by the dots of a narrow one (`GS w`): at 203 dpi 0.25 and 0.625 mm,
 * 0.375 and 1.0, 0.5 and 1.25, 0.625 and 1.625, 0.75 and 1.875 mm. 1 is taken by printers of other makers only.
 */
const WIDE_DOTS = [0, 3, 5, 8, 10, 13, 15] as const;

export function wideDots(moduleDots: number): number {
  return WIDE_DOTS[moduleDots] ?? Math.round(moduleDots * 2.5);
}
