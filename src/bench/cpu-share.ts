import { type Profiler, Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';

/** Which part of the time went to which part of the program, in shares of 1, the largest first. */
export type Shares = readonly (readonly [part: string, share: number])[];

const SAMPLE_US = 250;
const DIST = fileURLToPath(new URL('..', import.meta.url));
/** Parts whose own folders tell more than the part itself. */
const SPLIT = ['emulator', 'terminal', 'printer'];
const XSTATE = 'xstate';
const GARBAGE = 'garbage collection';

/**
 * Runs `work` under the profiler of Node's inspector. A sample counts for the folder of `src` that was at work: what Node
 * and libraries do for it is its own, but for XState, which is the bare machine's share, and for the collector.
 */
export function cpuShares(work: () => void): Shares {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US });
  session.post('Profiler.start');
  work();
  let profile: Profiler.Profile | undefined;
  session.post('Profiler.stop', (error, result) => {
    if (error !== null) throw error;
    profile = result.profile; // Within the session's own thread it is called before `post` returns.
  });
  session.disconnect();
  if (profile === undefined) throw new Error('the profiler gave no profile');
  return sharesOf(profile);
}

function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Shares {
  const parts = partsOf(nodes);
  const timeOf = new Map<string, number>();
  let total = 0;
  for (const [i, id] of samples.entries()) {
    const part = parts.get(id);
    if (part === undefined) continue; // Nothing of the program: the profiler's own start, and idleness.
    const us = timeDeltas[i] ?? 0;
    timeOf.set(part, (timeOf.get(part) ?? 0) + us);
    total += us;
  }
  return [...timeOf].map(([part, us]) => [part, us / total] as const).sort(([, a], [, b]) => b - a);
}

/** The part of each node of the profile's tree; nodes come after those that called them. */
function partsOf(nodes: readonly Profiler.ProfileNode[]): ReadonlyMap<number, string> {
  const parts = new Map<number, string>();
  const callerOf = new Map<number, number>();
  for (const node of nodes) for (const child of node.children ?? []) callerOf.set(child, node.id);
  for (const { id, callFrame } of nodes) {
    if (callFrame.url === 'node:inspector') continue; // The profiler itself.
    const caller = callerOf.get(id);
    const part = ownPart(callFrame) ?? (caller === undefined ? undefined : parts.get(caller));
    if (part !== undefined) parts.set(id, part);
  }
  return parts;
}

function ownPart({ functionName, url }: Profiler.ProfileNode['callFrame']): string | undefined {
  if (functionName === '(garbage collector)') return GARBAGE;
  if (url.includes('/node_modules/xstate/')) return XSTATE;
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  if (!path.startsWith(DIST)) return undefined;
  const [part = '', inner = ''] = path.slice(DIST.length).split(/[\\/]/);
  return SPLIT.includes(part) && !inner.endsWith('.js') ? `src/${part}/${inner}` : `src/${part}`;
}
