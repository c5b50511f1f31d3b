import type { Hunted } from './hunt.js';

/** In columns, for a terminal and for a document alike. */
export function plantedTable(hunted: readonly Hunted[]): string {
  const rows = hunted.map(plantedRow);
  return [HEAD, '|---|---:|---|---:|---:|', ...rows.map(lineOf)].join('\n');
}

const HEAD = '| bug | found after seeds | what broke | faults | steps |';

/** One bug's row. */
export function plantedRow({ bug, seeds, found, isTheBug }: Hunted): string[] {
  if (found === undefined) return [bug.name, `not in ${seeds}`, '', '', ''];
  const { failure, shrunk } = found;
  const what = failure.oracle ?? failure.kind;
  const size = shrunk === undefined ? ['', ''] : [`${shrunk.faults}`, `${shrunk.steps}`];
  return [bug.name, `${seeds}`, isTheBug ? what : `${what}, and without the bug too`, ...size];
}

export function lineOf(row: readonly string[]): string {
  return `| ${row.join(' | ')} |`;
}
