import { chartOf } from '../../guide/chart.js';
import { type LayoutEdge, type Size, widthOf } from '../../guide/layout.js';
import { walkMachine } from '../../guide/walk.js';
import type { Coverage } from './coverage.js';
import { keyOf, LEAF_STATES, TRANSITIONS } from './transitions.js';

export const TITLE_PX = 14;
export const ROW_PX = 11;
export const ROW_HEIGHT_PX = 15;
export const HEAD_HEIGHT_PX = 30;
export const PAD_PX = 10;
const COUNT_GAP_PX = 14;

/** One transition, or what is heard without moving on, and how often it was taken. */
export interface Row {
  readonly text: string;
  readonly count: number;
}

/** A state, with all that leads out of it. */
export interface Card extends Size {
  readonly id: string;
  readonly title: string;
  /** How often it was entered; `undefined`: it is no state by itself, but what others have in common. */
  readonly count: number | undefined;
  readonly rows: readonly Row[];
}

export interface Flow {
  readonly cards: readonly (Card & { readonly frame: string | undefined })[];
  /** States that hold others, and the transitions of all of these. */
  readonly frames: readonly Card[];
  readonly edges: readonly (LayoutEdge & { readonly count: number })[];
  /** The results of a sale, states to which no arrow is drawn, and what can happen in any state. */
  readonly below: readonly Card[];
}

/** Stands in the flow for all the results. */
export const RESULTS = 'results';

/** The machine as cards, in the order and with the arrows of the guide's chart. */
export function flowOf({ states, transitions }: Coverage): Flow {
  const chart = chartOf('en', () => '');
  const results = new Set(chart.frames.find(({ id }) => id === RESULTS)?.members);
  const rowsOf = (from: string) =>
    TRANSITIONS.filter((one) => one.from === from).map(({ key, event, guard, to }) => ({
      text: `${event}${guard === undefined ? '' : `[${guard}]`}${to === undefined ? '' : ` → ${to}`}`,
      count: transitions.get(key) ?? 0,
    }));
  const cardOf = (state: string) => card(state, state, states.get(state) ?? 0, rowsOf(state));
  const frameIds = walkMachine().flatMap(({ path, parts }) => (path !== '' && parts.length > 0 ? [path] : []));
  const toResults = `${results.size} results, see below`;
  const cards = LEAF_STATES.filter((state) => !results.has(state)).map((state) => ({
    ...cardOf(state),
    frame: frameIds.find((id) => state.startsWith(`${id}.`)),
  }));
  const shown = new Set([...cards.map(({ id }) => id), ...frameIds]);
  const edges = new Map<string, LayoutEdge & { count: number }>();
  for (const { from, to, jump, moves } of chart.arrows) {
    const end = results.has(to) ? RESULTS : to;
    if (jump || !shown.has(from) || from === end) continue;
    const edge = edges.get(`${from} ${end}`) ?? { from, to: end, count: 0 };
    for (const move of moves) edge.count += transitions.get(keyOf(move)) ?? 0;
    edges.set(`${from} ${end}`, edge);
  }
  const drawn = joined([...edges.values()], RESULTS);
  const summary = {
    ...card(RESULTS, toResults, sum([...results].map((id) => states.get(id) ?? 0)), []),
    frame: undefined,
  };
  const isDrawn = ({ id, frame }: (typeof cards)[number]) => drawn.has(id) || (frame !== undefined && drawn.has(frame));
  return {
    cards: [...cards.filter(isDrawn), summary],
    frames: frameIds.map((id) => card(id, id, undefined, rowsOf(id))),
    edges: [...edges.values()].filter(({ from }) => drawn.has(from)),
    below: [
      ...[...results].map(cardOf),
      ...cards.filter((one) => !isDrawn(one)),
      card('*', 'in any state', undefined, rowsOf('*')),
    ],
  };
}

/** Whatever arrows join to this, in whichever direction they lead. */
function joined(edges: readonly LayoutEdge[], to: string): ReadonlySet<string> {
  const found = new Set([to]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const edge of edges) {
      if (found.has(edge.from) || found.has(edge.to)) found.add(edge.from).add(edge.to);
    }
  }
  return found;
}

function card(id: string, title: string, count: number | undefined, rows: readonly Row[]): Card {
  const rowWidths = rows.map(({ text, count: taken }) => textWidth(text, numberText(taken), ROW_PX));
  const width = Math.max(textWidth(title, count === undefined ? '' : numberText(count), TITLE_PX), ...rowWidths);
  const height = HEAD_HEIGHT_PX + rows.length * ROW_HEIGHT_PX + (rows.length === 0 ? 0 : PAD_PX);
  return { id, title, count, rows, width: Math.ceil(width + 2 * PAD_PX), height };
}

function textWidth(text: string, number: string, px: number): number {
  return widthOf(text, px) + COUNT_GAP_PX + widthOf(number, px);
}

export function numberText(count: number): string {
  return count === 0 ? 'never' : count.toLocaleString('en');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
