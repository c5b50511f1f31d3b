/** The machine as a chart: boxes, frames around some of them, and labelled arrows. */
import type { Words } from '../terminal/screens.js';
import { type Move, type StateNote, walkMachine } from './walk.js';
import { EVENT_WORDS, GROUP_WORDS, GUARD_WORDS, STATE_WORDS, said } from './words.js';

export type Lang = keyof Words;
export type Tone = 'busy' | 'good' | 'bad' | 'fault' | 'calm';

export interface Box {
  readonly id: string;
  readonly title: string;
  /** What the display shows, in a line. */
  readonly shows: string;
  readonly tone: Tone;
  readonly frame: string | undefined;
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

export function chartOf(lang: Lang, shows: (note: StateNote) => string): Chart {
  const notes = walkMachine();
  const leaves = notes.filter(({ parts }) => parts.length === 0);
  const results = alike(leaves);
  const frameOf = ({ path, parent }: StateNote) => (results.has(path) ? RESULTS : parent === '' ? undefined : parent);
  const frames = notes
    .filter(({ path, parts }) => path !== '' && parts.length > 0)
    .map(({ path, parts }) => ({ id: path, title: said(GROUP_WORDS, path, lang), members: parts }));
  return {
    boxes: [
      ...leaves.map((note) => ({
        id: note.path,
        title: STATE_WORDS[note.path]?.title[lang] ?? note.path,
        shows: shows(note),
        tone: toneOf(note.path),
        frame: frameOf(note),
      })),
      { id: ANYWHERE, title: ANYWHERE_WORDS[lang], shows: '', tone: 'calm', frame: undefined },
    ],
    frames: [...frames, { id: RESULTS, title: RESULTS_WORDS[lang], members: [...results] }],
    arrows: arrowsOf(notes, results, lang),
  };
}

/** The largest set of states whose arrows are the same, event by event. */
function alike(leaves: readonly StateNote[]): ReadonlySet<string> {
  const sets = new Map<string, string[]>();
  for (const { path, moves, free } of leaves) {
    if (!free) continue;
    const key = JSON.stringify(moves.map(({ event, to, guard }) => [event, to, guard]));
    sets.set(key, [...(sets.get(key) ?? []), path]);
  }
  return new Set([...sets.values()].sort((a, b) => b.length - a.length)[0]);
}

/** Arrows between the same two become one, with all that leads along it. */
function arrowsOf(notes: readonly StateNote[], results: ReadonlySet<string>, lang: Lang): Arrow[] {
  const arrows = new Map<string, { from: string; to: string; labels: Set<string> }>();
  for (const move of notes.flatMap(({ moves }) => moves)) {
    if (move.to === undefined) continue;
    const from = move.from === '' ? ANYWHERE : results.has(move.from) ? RESULTS : move.from;
    const key = `${from}>${move.to}`;
    const arrow = arrows.get(key) ?? { from, to: move.to, labels: new Set() };
    arrow.labels.add(moveWords(move, lang));
    arrows.set(key, arrow);
  }
  return [...arrows.values()].map(({ from, to, labels }) => ({ from, to, labels: [...labels] }));
}

/** `收款答复:已支付`. */
export function moveWords({ event, guard }: Move, lang: Lang): string {
  const words = said(EVENT_WORDS, event, lang);
  return guard === undefined ? words : `${words}${lang === 'zh' ? ':' : ': '}${said(GUARD_WORDS, guard, lang)}`;
}

const TONES: Readonly<Record<string, Tone>> = {
  idle: 'calm',
  done: 'good',
  printing: 'good',
  unconfirmed: 'fault',
  printFault: 'fault',
  unresolved: 'fault',
  outOfService: 'bad',
  declined: 'bad',
  notScanned: 'bad',
  givenUp: 'bad',
  expired: 'bad',
  reversed: 'bad',
};

function toneOf(path: string): Tone {
  return TONES[path] ?? 'busy';
}
