/** The machine as a chart: boxes, frames around some of them, and labelled arrows. */
import type { Words } from '../terminal/screens.js';
import { EVENT_WORDS, GUARD_WORDS } from './event-words.js';
import { type Move, type StateNote, walkMachine } from './walk.js';
import { GROUP_WORDS, STATE_WORDS, said } from './words.js';

export type Lang = keyof Words;
export type Tone = 'busy' | 'good' | 'bad' | 'fault' | 'calm';

export interface Box {
  readonly id: string;
  readonly title: string;
  /** What the display shows, in a line. */
  readonly shows: string;
  readonly tone: Tone;
  readonly frame: string | undefined;
  /** What leaves from the box `FREE` leaves from here. */
  readonly free: boolean;
}

/** States that have arrows in common, which leave from the frame as a whole. */
export interface Frame {
  readonly id: string;
  readonly title: string;
  readonly members: readonly string[];
}

export interface Arrow {
  /** A box or a frame. */
  readonly from: string;
  readonly to: string;
  readonly labels: readonly string[];
  /** The machine's own, for each of which it stands. */
  readonly moves: readonly Move[];
  /** Said in words in the box that it leaves, and not drawn: it would run all over the chart. */
  readonly jump: boolean;
}

export interface Chart {
  readonly boxes: readonly Box[];
  readonly frames: readonly Frame[];
  readonly arrows: readonly Arrow[];
}

/** The results, which all go on in the same way. */
const RESULTS = 'results';
const RESULTS_WORDS: Words = { zh: '结果', en: 'Results' };
/** The whole machine: what can happen anywhere. */
export const ANYWHERE = 'anywhere';
const ANYWHERE_WORDS: Words = { zh: '任何时候', en: 'At any time' };
/** From here everything is taken up that is open. */
const HUB = 'next';
/** What can be begun in all states that are marked so: drawn once, and not from each of them. */
export const FREE = 'free';
export const FREE_WORDS: Words = { zh: '有 ● 的画面', en: 'Wherever there is ●' };

export function chartOf(lang: Lang, shows: (note: StateNote) => string): Chart {
  const notes = walkMachine();
  const leaves = notes.filter(({ parts }) => parts.length === 0);
  const free = sharedByFree(leaves);
  const results = alike(leaves, free);
  const frameOf = ({ path, parent }: StateNote) => (results.has(path) ? RESULTS : parent === '' ? undefined : parent);
  const frames = notes
    .filter(({ path, parts }) => path !== '' && parts.length > 0)
    .map(({ path, parts }) => ({ id: path, title: said(GROUP_WORDS, path, lang), members: parts }));
  const folded = (id: string, words: Words): Box => ({
    id,
    title: words[lang],
    shows: '',
    tone: 'calm',
    frame: undefined,
    free: false,
  });
  return {
    boxes: [
      ...leaves.map((note) => ({
        id: note.path,
        title: STATE_WORDS[note.path]?.title[lang] ?? note.path,
        shows: shows(note),
        tone: toneOf(note.path),
        frame: frameOf(note),
        free: free.members.has(note.path),
      })),
      folded(FREE, FREE_WORDS),
      folded(ANYWHERE, ANYWHERE_WORDS),
    ],
    frames: [...frames, { id: RESULTS, title: RESULTS_WORDS[lang], members: [...results] }],
    arrows: arrowsOf(notes, results, free, lang),
  };
}

/** Moves that states in which a sale can begin have in common, and those of them that have them all. */
export interface Shared {
  readonly moves: readonly Move[];
  readonly members: ReadonlySet<string>;
  has(move: Move): boolean;
}

/** Which moves those are: such as most of these states have. */
export function sharedByFree(leaves: readonly StateNote[]): Shared {
  const states = leaves.filter((note) => note.free);
  const having = (key: string) => states.filter(({ moves }) => moves.some((move) => keyOf(move) === key));
  const common = new Map<string, Move>();
  for (const move of states.flatMap(({ moves }) => moves)) {
    const key = keyOf(move);
    if (having(key).length > 0.8 * states.length && !common.has(key)) common.set(key, move);
  }
  const members = new Set(
    states
      .filter(({ moves }) => [...common.keys()].every((key) => moves.some((move) => keyOf(move) === key)))
      .map(({ path }) => path),
  );
  return {
    moves: [...common.values()],
    members,
    has: (move) => members.has(move.from) && common.has(keyOf(move)),
  };
}

function keyOf({ event, guard, to, shows }: Move): string {
  return `${event} ${guard} ${to} ${shows}`;
}

/** The largest set of states whose own arrows are the same, event by event. */
function alike(leaves: readonly StateNote[], free: Shared): ReadonlySet<string> {
  const sets = new Map<string, string[]>();
  for (const { path, moves } of leaves) {
    if (!free.members.has(path)) continue;
    const own = moves.filter((move) => move.to !== undefined && !free.has(move));
    const key = JSON.stringify(own.map(keyOf));
    sets.set(key, [...(sets.get(key) ?? []), path]);
  }
  return new Set([...sets.values()].sort((a, b) => b.length - a.length)[0]);
}

/** Arrows between the same two become one, with all that leads along it. */
function arrowsOf(notes: readonly StateNote[], results: ReadonlySet<string>, free: Shared, lang: Lang): Arrow[] {
  const arrows = new Map<string, Omit<Arrow, 'labels'> & { labels: Set<string>; moves: Move[] }>();
  const order = notes.map(({ path }) => path);
  const parents = new Map(notes.map(({ path, parent }) => [path, parent]));
  /** From a hub, or back to what came before in the machine's order, which is that of a sale. */
  const isJump = (from: string, to: string) => {
    if (from === FREE || from === ANYWHERE || from === HUB) return true;
    const inOneFrame = parents.get(to) !== '' && (parents.get(to) === parents.get(from) || parents.get(to) === from);
    return from === RESULTS || (order.indexOf(to) <= order.indexOf(from) && !inOneFrame);
  };
  const startOf = (move: Move) => {
    if (move.from === '') return ANYWHERE;
    if (free.has(move)) return FREE;
    return results.has(move.from) ? RESULTS : move.from;
  };
  for (const move of notes.flatMap(({ moves }) => moves)) {
    if (move.to === undefined) continue;
    const from = startOf(move);
    const key = `${from}>${move.to}`;
    const arrow = arrows.get(key) ?? { from, to: move.to, labels: new Set(), moves: [], jump: isJump(from, move.to) };
    arrow.labels.add(moveWords(move, lang));
    arrow.moves.push(move);
    arrows.set(key, arrow);
  }
  return [...arrows.values()].map((arrow) => ({ ...arrow, labels: [...arrow.labels] }));
}

/** What leaves a box or a frame without an arrow, a line for each reason: `按补打 → 正在打印`. */
export function jumpsFrom({ arrows, boxes }: Chart, id: string): string[] {
  const title = (to: string) => boxes.find((box) => box.id === to)?.title ?? to;
  return arrows
    .filter(({ from, jump }) => jump && from === id)
    .flatMap(({ to, labels }) => labels.map((label) => `${label} → ${title(to)}`));
}

/** `收款答复:已支付`. */
export function moveWords({ event, guard }: Pick<Move, 'event' | 'guard'>, lang: Lang): string {
  const words = said(EVENT_WORDS, event, lang);
  return guard === undefined ? words : `${words}${lang === 'zh' ? ':' : ': '}${said(GUARD_WORDS, guard, lang)}`;
}

const TONES: Readonly<Record<string, Tone>> = {
  idle: 'calm',
  unasked: 'calm',
  selfTest: 'calm',
  page: 'calm',
  done: 'good',
  paid: 'good',
  notReversed: 'fault',
  prompting: 'good',
  digital: 'good',
  noTicket: 'good',
  printing: 'good',
  unconfirmed: 'fault',
  printFault: 'fault',
  unresolved: 'fault',
  outOfService: 'bad',
  paperRequired: 'fault',
  declined: 'bad',
  notScanned: 'bad',
  givenUp: 'bad',
  expired: 'bad',
  reversed: 'bad',
};

function toneOf(path: string): Tone {
  return TONES[path] ?? 'busy';
}
