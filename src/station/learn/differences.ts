import type { PrinterProfile } from '../../ports/device.js';

/** Where a profile is not as another: `speedMmPerS: 250 (300 in epson-tm-t88v)`, by the paths of its fields. */
export function differences(profile: object, base: PrinterProfile): string[] {
  const { id, ...rest } = base;
  const [is, was] = [flat(profile), flat(rest)];
  return [...new Set([...is.keys(), ...was.keys()])]
    .filter((path) => is.get(path) !== was.get(path))
    .map((path) => `${path}: ${is.get(path) ?? 'not said'} (${was.get(path) ?? 'not said'} in ${id})`);
}

function flat(value: object, path = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, one] of Object.entries(value)) {
    const name = path === '' ? key : `${path}.${key}`;
    if (typeof one === 'object' && one !== null && !Array.isArray(one))
      for (const [inner, words] of flat(one, name)) all.set(inner, words);
    else if (one !== undefined) all.set(name, String(one));
  }
  return all;
}
