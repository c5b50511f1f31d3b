/** Text from a file or a device, made fit for one line of a terminal: what would steer that is a space, and it is cut. */
export function oneLine(text: string, most = Number.POSITIVE_INFINITY): string {
  const clean = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return clean.length <= most ? clean : `${clean.slice(0, most)}…`;
}
