import { z } from 'zod';

/** China's, where a terminal says nothing else. */
const USUAL_MINUTES = 480;

const SETTINGS = z.object({ config: z.object({ merchant: z.object({ utcOffsetMinutes: z.number() }) }) });

/** Local time at the terminal, minutes east of UTC, by its settings. */
export function offsetOf(settings: object): number {
  return SETTINGS.safeParse(settings).data?.config.merchant.utcOffsetMinutes ?? USUAL_MINUTES;
}

/** `2026-11-23 22:20:05.120`. */
export function localTime(atMs: number, offsetMinutes: number): string {
  return new Date(atMs + offsetMinutes * 60_000).toISOString().slice(0, 23).replace('T', ' ');
}

/** `UTC+8`, `UTC-3:30`. */
export function zoneOf(offsetMinutes: number): string {
  const size = Math.abs(offsetMinutes);
  const minutes = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `UTC${offsetMinutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${minutes}`;
}
