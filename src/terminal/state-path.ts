/** A machine's state as a path: `{settling: 'querying'}` as `settling.querying`. */
export function statePath(value: string | object): string {
  if (typeof value === 'string') return value;
  const [[state, inner] = ['', '']] = Object.entries(value);
  return `${state}.${statePath(inner)}`;
}
