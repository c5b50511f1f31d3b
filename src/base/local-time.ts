/** `2026-11-23 22:20:05.120`, so many minutes east of UTC. */
export function localTime(atMs: number, offsetMinutes: number): string {
  return new Date(atMs + offsetMinutes * 60_000).toISOString().slice(0, 23).replace('T', ' ');
}

/** `2026-11-23 22:20:05`, as it stands on tickets. */
export function localSeconds(atMs: number, offsetMinutes: number): string {
  return localTime(atMs, offsetMinutes).slice(0, 19);
}

/** `UTC+8`, `UTC-3:30`. */
export function zoneOf(offsetMinutes: number): string {
  const size = Math.abs(offsetMinutes);
  const minutes = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `UTC${offsetMinutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${minutes}`;
}
