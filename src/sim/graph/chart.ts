import { escaped, layOut, NOWHERE, type Place, round, rounded } from '../../guide/layout.js';
import { type Card, flowOf, HEAD_HEIGHT_PX, numberText, PAD_PX, ROW_HEIGHT_PX, ROW_PX, TITLE_PX } from './cards.js';
import { type Coverage, neverIn } from './coverage.js';
import { heatOf, LEVELS, levelText } from './heat.js';
import { LEAF_STATES, TRANSITIONS } from './transitions.js';

export interface ChartWords {
  /** How many runs were counted, of which kind: `185 paths`, `100,000 runs of the sweep`. */
  readonly runs: string;
}

const MARGIN_PX = 24;
const TOP_PX = 92;
const GAP_PX = 16;

/**
 * The machine with how often each state was entered and each transition taken, as a picture by itself: no script, no font
 * and no style from elsewhere. Each transition stands in the card of the state that it leaves; what never was is grey and
 * dashed.
 */
export async function coverageSvg(coverage: Coverage, { runs }: ChartWords): Promise<string> {
  const flow = flowOf(coverage);
  const laid = await layOut(
    flow.cards,
    flow.frames.map(({ id, width, height }) => ({ id, head: { width, height: height + PAD_PX } })),
    flow.edges,
  );
  const width = Math.ceil(Math.max(laid.width, 1_200) + 2 * MARGIN_PX);
  const grid = gridOf(flow.below, width - 2 * MARGIN_PX, laid.height + 3 * GAP_PX);
  const height = Math.ceil(TOP_PX + grid.height + MARGIN_PX);
  const heat = heatOf([...coverage.transitions.values(), ...coverage.states.values()]);
  const at = (id: string): Place => laid.places.get(id) ?? NOWHERE;
  const title = `Coverage of the terminal’s machine: ${runs}`;
  const never = neverIn(coverage);
  const reached = (of: number, without: readonly string[]) => `${of - without.length} of ${of}`;
  const summary = `${reached(LEAF_STATES.length, never.states)} states entered, ${reached(TRANSITIONS.length, never.transitions)} transitions taken`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="coverage-title coverage-about" font-family="system-ui,'Segoe UI','DejaVu Sans',sans-serif">`,
    `<title id="coverage-title">${escaped(title)}</title>`,
    `<desc id="coverage-about">${escaped(`${summary}. ${neverText([...never.states, ...never.transitions])}`)}</desc>`,
    `<style>${STYLE}</style>`,
    '<rect class="paper" width="100%" height="100%"/>',
    `<text class="head" x="${MARGIN_PX}" y="38">${escaped(title)}</text>`,
    `<text class="about" x="${MARGIN_PX}" y="60">${escaped(summary)}</text>`,
    legendSvg(heat),
    `<g transform="translate(${MARGIN_PX} ${TOP_PX})">`,
    ...flow.frames.map(({ id }) => `<rect class="frame" ${box(at(id))} rx="12"/>`),
    ...flow.edges.map(
      ({ count }, i) =>
        `<path class="arrow ${heat.levelOf(count)}" d="${rounded(laid.routes[i] ?? [])}"/>${tipSvg(laid.routes[i] ?? [], heat.levelOf(count))}`,
    ),
    ...flow.frames.map((frame) => behindSvg(frame, at(frame.id))),
    ...flow.frames.map((frame) => textSvg(frame, at(frame.id), heat.levelOf)),
    ...flow.cards.map((card) => cardSvg(card, at(card.id), heat.levelOf)),
    ...flow.below.map((card, i) => cardSvg(card, grid.places[i] ?? NOWHERE, heat.levelOf)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

type LevelOf = (count: number) => string;

function neverText(names: readonly string[]): string {
  return names.length === 0 ? 'Nothing was left out.' : `Never: ${names.join('; ')}.`;
}

/** Cards in columns, each under the shortest one so far. */
function gridOf(cards: readonly Card[], width: number, topPx: number): { places: Place[]; height: number } {
  const widest = Math.max(...cards.map((card) => card.width));
  const columns = Math.max(1, Math.floor((width + GAP_PX) / (widest + GAP_PX)));
  const ends = Array.from({ length: columns }, () => topPx);
  const places = cards.map((card) => {
    const column = ends.indexOf(Math.min(...ends));
    const y = ends[column] ?? topPx;
    ends[column] = y + card.height + GAP_PX;
    return { x: column * (widest + GAP_PX), y, width: widest, height: card.height };
  });
  return { places, height: Math.max(...ends) };
}

/** Hides the arrows that lead through the head of a frame, so that what stands there can be read. */
function behindSvg({ rows }: Card, { x, y, width }: Place): string {
  const height = rows.length * ROW_HEIGHT_PX;
  return `<rect class="behind" ${box({ x: x + 5, y: y + HEAD_HEIGHT_PX, width: width - 10, height })}/>`;
}

function cardSvg(card: Card, place: Place, levelOf: LevelOf): string {
  const level = card.count === undefined ? 'shared' : levelOf(card.count);
  return `<rect class="card ${level}" ${box(place)} rx="8"/>${textSvg(card, place, levelOf)}`;
}

function textSvg({ title, count, rows }: Card, { x, y, width }: Place, levelOf: LevelOf): string {
  const left = round(x + PAD_PX);
  const right = round(x + width - PAD_PX);
  const line = (kind: string, at: number, text: string, number: string) =>
    `<text class="${kind}" x="${left}" y="${round(at)}">${escaped(text)}</text><text class="${kind} number" x="${right}" y="${round(at)}">${number}</text>`;
  return [
    line('title', y + 20, title, count === undefined ? '' : numberText(count)),
    ...rows.map((row, i) => {
      const top = y + HEAD_HEIGHT_PX + i * ROW_HEIGHT_PX;
      const back = `<rect class="row ${levelOf(row.count)}" x="${round(x + 5)}" y="${round(top)}" width="${round(width - 10)}" height="${ROW_HEIGHT_PX - 2}" rx="3"/>`;
      return `${back}${line(`move ${levelOf(row.count)}`, top + 10, row.text, numberText(row.count))}`;
    }),
  ].join('');
}

function box({ x, y, width, height }: Place): string {
  return `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
}

/** An arrow's tip of its own, since a marker cannot take on the colour of its line everywhere. */
function tipSvg(route: readonly { readonly x: number; readonly y: number }[], level: string): string {
  const end = route.at(-1);
  const before = route.at(-2);
  if (end === undefined || before === undefined) return '';
  const turn = (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI;
  return `<path class="tip ${level}" d="M0 0L-8 -4L-8 4z" transform="translate(${round(end.x)} ${round(end.y)}) rotate(${round(turn)})"/>`;
}

function legendSvg(heat: ReturnType<typeof heatOf>): string {
  const entries = LEVELS.map((level) => ({ level, text: levelText(heat, level) })).filter(({ text }) => text !== '');
  let x = MARGIN_PX;
  return entries
    .map(({ level, text }) => {
      const swatch = `<rect class="card ${level}" x="${x}" y="71" width="22" height="12" rx="3"/><text class="about" x="${x + 28}" y="81">${text}</text>`;
      x += 28 + 7 * text.length + 24;
      return swatch;
    })
    .join('');
}

const STYLE = [
  'svg{--ink:#1b1e22;--soft:#5a6068;--paper:#fcfcfa;--frame:#f1f2ef;--edge:#b9bdb6;--h0:#fcfcfa;--h1:#e6f0fb;--h2:#c3dcf6;--h3:#8fbdec;--h4:#5596d8;--h5:#2a6cb3;--l1:#7fa3c7;--l2:#6594c4;--l3:#4682bb;--l4:#2e6aa8;--l5:#1b4d84;--over:#ffffff}',
  '@media (prefers-color-scheme:dark){svg{--ink:#e8eaed;--soft:#a3abb5;--paper:#15181c;--frame:#1d2126;--edge:#565d66;--h0:#15181c;--h1:#1c2c3d;--h2:#1f3f60;--h3:#275a8c;--h4:#3f7fbd;--h5:#8cc1f3;--l1:#4a6786;--l2:#4f7baa;--l3:#5b95cd;--l4:#7fb4e6;--l5:#b5d9fa;--over:#0c1116}}',
  '.paper{fill:var(--paper)}',
  '.head{font-size:19px;font-weight:650;fill:var(--ink)}',
  '.about{font-size:12px;fill:var(--soft)}',
  '.frame{fill:var(--frame);stroke:var(--edge);stroke-dasharray:none}',
  '.behind{fill:var(--frame)}',
  `.title{font-size:${TITLE_PX}px;font-weight:600;fill:var(--ink)}`,
  `.move{font-size:${ROW_PX}px;fill:var(--ink)}`,
  '.number{text-anchor:end;font-variant-numeric:tabular-nums}',
  '.card{fill:var(--paper);stroke-width:1.6}',
  '.shared{stroke:var(--edge)}',
  '.row.never{fill:none}',
  '.arrow{fill:none;stroke-width:1.6}',
  ...LEVELS.slice(1).flatMap((level, i) => [
    `.row.${level}{fill:var(--h${i + 1})}`,
    `.card.${level},.arrow.${level}{stroke:var(--l${i + 1})}`,
    `.tip.${level}{fill:var(--l${i + 1})}`,
  ]),
  '.arrow.h4,.arrow.h5{stroke-width:2.4}',
  '.move.h5,.move.h4{fill:var(--over)}',
  '.card.never,.arrow.never{stroke:var(--edge);stroke-dasharray:5 4}',
  '.tip.never{fill:var(--edge)}',
  '.move.never{fill:var(--soft);font-style:italic}',
].join('');
