/** 12,345 */
export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

/** `812 h`, `3.2 h`: time in a simulated world. */
export function hoursText(ms: number): string {
  const hours = ms / 3_600_000;
  return `${hours < 100 ? hours.toFixed(1) : grouped(Math.round(hours))} h`;
}
