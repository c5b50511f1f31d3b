import { type Arrow, type Box, type Chart, type Frame, jumpsFrom, type Tone } from './chart.js';
import { escaped, type Laid, layOut, NOWHERE, type Place, round, rounded, widthOf } from './layout.js';

const TITLE_PX = 15;
const SHOWS_PX = 11.5;
const LABEL_PX = 11.5;
const LINE_PX = 15;
const MARGIN_PX = 28;
const HEAD_PX = 34;
const FRAME_HEAD_PX = 34;
const BOX_PAD_PX = 12;

/** The chart as a picture by itself: no script, no font and no style from elsewhere. */
export async function svgOf(chart: Chart, title: string): Promise<string> {
  const drawn = chart.arrows.filter(({ jump }) => !jump);
  const laid = await layOutChart(chart, drawn);
  const width = round(laid.width + 2 * MARGIN_PX);
  const height = round(laid.height + 2 * MARGIN_PX + HEAD_PX);
  const at = (id: string): Place => laid.places.get(id) ?? NOWHERE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="${FONTS}">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0.5L8 4L0 7.5z" fill="#6b7280"/></marker></defs>`,
    '<rect class="paper" width="100%" height="100%"/>',
    `<text class="head" x="${MARGIN_PX}" y="40">${escaped(title)}</text>`,
    `<g transform="translate(${MARGIN_PX} ${MARGIN_PX + HEAD_PX})">`,
    ...chart.frames.map(({ id }) => frameSvg(at(id))),
    ...drawn.map((_, i) => `<path class="arrow" d="${rounded(laid.routes[i] ?? [])}" marker-end="url(#tip)"/>`),
    ...chart.boxes.map((box) => boxSvg(box, jumpsFrom(chart, box.id), at(box.id))),
    ...chart.frames.map((frame) => headSvg(at(frame.id), headOf(chart, frame))),
    ...drawn.map(({ labels }, i) => labelSvg(labels, laid.labels[i] ?? NOWHERE)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

const FONTS = "'Noto Sans SC','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',system-ui,sans-serif";
const STYLE = [
  '.paper{fill:#fcfcfa}',
  '.head{font-size:19px;font-weight:650;fill:#1b1e22}',
  '.frame{fill:#f3f4f1;stroke:#cfd2cc;stroke-dasharray:5 4}',
  '.frame-title,.frame-jump{stroke:#f3f4f1;stroke-width:5px;paint-order:stroke;stroke-linejoin:round}',
  '.frame-title{font-size:13px;font-weight:600;fill:#5a6068}',
  `.frame-jump{font-size:${SHOWS_PX}px;fill:#33383e}`,
  '.box{stroke-width:1.3}',
  '.busy{fill:#e8f0fa;stroke:#3a6ea5}',
  '.good{fill:#e3f3e8;stroke:#1d7a46}',
  '.bad{fill:#f7f7f5;stroke:#8b9097}',
  '.fault{fill:#fdf0d2;stroke:#b07a10}',
  '.calm{fill:#ffffff;stroke:#1b1e22}',
  `.title{font-size:${TITLE_PX}px;font-weight:600;fill:#1b1e22;text-anchor:middle}`,
  `.shows{font-size:${SHOWS_PX}px;fill:#5a6068;text-anchor:middle}`,
  `.jump{font-size:${SHOWS_PX}px;fill:#33383e;text-anchor:middle}`,
  '.free{fill:#1d7a46}',
  `.label{font-size:${LABEL_PX}px;fill:#33383e;text-anchor:middle;stroke:#fcfcfa;stroke-width:4px;paint-order:stroke;stroke-linejoin:round}`,
  '.arrow{fill:none;stroke:#8a9099;stroke-width:1.3}',
].join('');

function layOutChart(chart: Chart, drawn: readonly Arrow[]): Promise<Laid> {
  const { boxes, frames } = chart;
  return layOut(
    boxes.map((one) => ({ id: one.id, frame: one.frame, ...sizeOf(one, jumpsFrom(chart, one.id)) })),
    frames.map((frame) => {
      const head = headOf(chart, frame);
      const size = { width: widest(head) + 36, height: FRAME_HEAD_PX + (head.length - 1) * LINE_PX };
      return { id: frame.id, head: size };
    }),
    drawn.map(({ from, to, labels }) => ({ from, to, label: labelOf(labels) })),
  );
}

function labelOf(labels: readonly string[]): { text: string; width: number; height: number } {
  const lines = labels.flatMap((label) => wrapped(label));
  return { text: lines.join('\n'), width: widest(lines), height: lines.length * LINE_PX };
}

const LABEL_WIDEST_PX = 150;

/** A label in lines that are not too wide: broken between words, in Chinese between characters. */
function wrapped(label: string): string[] {
  const lines: string[] = [];
  for (const word of label.split(/(?<= )|(?<=[\u2e80-\uffff])/)) {
    const line = `${lines.at(-1) ?? ''}${word}`;
    if (lines.length === 0 || widthOf(line.trimEnd(), LABEL_PX) > LABEL_WIDEST_PX) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines.map((line) => line.trimEnd());
}

function widest(labels: readonly string[]): number {
  return Math.max(...labels.map((label) => widthOf(label, LABEL_PX))) + 8;
}

function sizeOf({ title, shows }: Box, jumps: readonly string[]): { width: number; height: number } {
  const width = Math.max(widthOf(title, TITLE_PX), ...[shows, ...jumps].map((text) => widthOf(text, SHOWS_PX)));
  const lines = (shows === '' ? 0 : 1) + jumps.length;
  return { width: Math.max(width + 2 * BOX_PAD_PX, 84), height: 36 + lines * 18 };
}

/** A frame's title, and below it what leaves the frame without an arrow. */
function headOf(chart: Chart, { id, title }: Frame): string[] {
  return [title, ...jumpsFrom(chart, id)];
}

function frameSvg({ x, y, width, height }: Place): string {
  return `<rect class="frame" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="12"/>`;
}

function headSvg({ x, y }: Place, head: readonly string[]): string {
  const line = (text: string, i: number) =>
    `<text class="${i === 0 ? 'frame-title' : 'frame-jump'}" x="${round(x + 16)}" y="${round(y + 22 + i * LINE_PX)}">${escaped(text)}</text>`;
  return head.map(line).join('');
}

function boxSvg({ title, shows, tone, free }: Box, jumps: readonly string[], { x, y, width, height }: Place): string {
  const middle = round(x + width / 2);
  const text = (kind: string, words: string, below: number) =>
    `<text class="${kind}" x="${middle}" y="${round(y + below)}">${escaped(words)}</text>`;
  const first = shows === '' ? 42 : 60;
  return [
    `<rect class="box ${tone satisfies Tone}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="9"/>`,
    ...(free ? [`<circle class="free" cx="${round(x + width - 9)}" cy="${round(y + 9)}" r="3.5"/>`] : []),
    text('title', title, 23),
    ...(shows === '' ? [] : [text('shows', shows, 42)]),
    ...jumps.map((jump, i) => text('jump', jump, first + i * 18)),
  ].join('');
}

function labelSvg(labels: readonly string[], { x, y, width }: Place): string {
  const middle = round(x + width / 2);
  return labels
    .flatMap((label) => wrapped(label))
    .map((label, i) => `<text class="label" x="${middle}" y="${round(y + 12 + i * LINE_PX)}">${escaped(label)}</text>`)
    .join('');
}
