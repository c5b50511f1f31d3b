import { type Chart, jumpsFrom } from './chart.js';

/** The chart for whoever shows Markdown with Mermaid in it, as code hosts and many editors do. */
export function mermaidOf(chart: Chart): string {
  const { boxes, frames, arrows } = chart;
  const lines = (id: string, title: string) => [title, ...jumpsFrom(chart, id)].map(quoted).join('<br>');
  const box = (id: string) => `${idOf(id)}["${lines(id, boxes.find((one) => one.id === id)?.title ?? id)}"]`;
  const framed = new Set(frames.flatMap(({ members }) => members));
  return [
    'flowchart TD',
    ...boxes.filter(({ id }) => !framed.has(id)).map(({ id }) => `  ${box(id)}`),
    ...frames.flatMap(({ id, title, members }) => [
      `  subgraph ${idOf(id)}["${lines(id, title)}"]`,
      ...members.map((member) => `    ${box(member)}`),
      '  end',
    ]),
    ...arrows
      .filter(({ jump }) => !jump)
      .map(({ from, to, labels }) => `  ${idOf(from)} -->|"${labels.map(quoted).join('<br>')}"| ${idOf(to)}`),
    ...['good', 'bad', 'fault'].map((tone) => `  classDef ${tone} ${CLASSES[tone]}`),
    ...boxes.filter(({ tone }) => tone in CLASSES).map(({ id, tone }) => `  class ${idOf(id)} ${tone}`),
  ].join('\n');
}

const CLASSES: Readonly<Record<string, string>> = {
  good: 'fill:#e3f3e8,stroke:#1d7a46',
  bad: 'fill:#f1f2f1,stroke:#5f656d',
  fault: 'fill:#fdf0d2,stroke:#8a5a00',
};

/** Mermaid's own words, such as `end`, and dots are not for names. */
function idOf(id: string): string {
  return `s_${id.replaceAll('.', '_')}`;
}

function quoted(text: string): string {
  return text.replaceAll('"', '#quot;');
}
