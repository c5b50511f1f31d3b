/** One step of a Code 128 symbol: a change to a code set, or what the set makes of the data. */
export type Code128Step =
  | { readonly set: 'B' | 'C' }
  | { readonly char: string }
  /** Two digits as one code, in set C. */
  | { readonly pair: number };

/** From so many digits on, the change to set C and back is worth it: at either end of the data, and between other characters. */
const WORTH_AT_AN_END = 4;
const WORTH_INSIDE = 6;

/** Printable ASCII in code set B, long runs of digits in set C if that is allowed (ISO/IEC 15417, annex E, without set A). */
export function code128Steps(data: string, setC = true): Code128Step[] {
  const steps: Code128Step[] = [];
  let set: 'B' | 'C' | undefined;
  let at = 0;
  while (at < data.length) {
    const run = setC ? digitsAt(data, at) : 0;
    const atAnEnd = at === 0 || at + run === data.length;
    const worth = data.length === 2 ? 2 : atAnEnd ? WORTH_AT_AN_END : WORTH_INSIDE;
    if (set === 'C' ? run >= 2 : run >= worth && run % 2 === 0) {
      if (set !== 'C') steps.push({ set: 'C' });
      set = 'C';
      steps.push({ pair: Number(data.slice(at, at + 2)) });
      at += 2;
      continue;
    }
    if (set !== 'B') steps.push({ set: 'B' });
    set = 'B';
    steps.push({ char: data.charAt(at) });
    at++;
  }
  return steps;
}

function digitsAt(data: string, at: number): number {
  let end = at;
  while (end < data.length && data.charCodeAt(end) >= 0x30 && data.charCodeAt(end) <= 0x39) end++;
  return end - at;
}
