import type { Hunted } from './hunt.js';

const HEAD = ['bug', 'found after seeds', 'what broke', 'faults', 'steps'];
const NUMBERS = ['---', '---:', '---', '---:', '---:'];

/** In columns, for a terminal and for a document alike. */
export function plantedTable(hunted: readonly Hunted[]): string {
  return [HEAD, NUMBERS, ...hunted.map(plantedRow)].map(lineOf).join('\n');
}

/** One bug's row. */
export function plantedRow({ bug, seeds, trail, prey }: Hunted): string[] {
  if (trail === undefined) return [bug.name, `not in ${seeds}`, '', '', ''];
  const { kind, oracle } = trail.failure;
  const size = prey === undefined ? ['', ''] : [`${prey.faults}`, `${prey.steps}`];
  return [bug.name, `${seeds}`, oracle ?? kind, ...size];
}

export function lineOf(row: readonly string[]): string {
  return `| ${row.join(' | ')} |`;
}

/** How many were found, and how small; and what else the sweep has found. */
export function plantedSummary(hunted: readonly Hunted[]): string {
  const found = hunted.filter(({ trail }) => trail !== undefined);
  const small = found.filter(({ prey }) => prey !== undefined && prey.faults <= SMALL);
  const own = [...new Set(hunted.flatMap((one) => one.own))].sort((a, b) => a - b);
  return [
    `${found.length} of ${hunted.length} found; ${small.length} of them shrunk to ${SMALL} faults or fewer`,
    ...(own.length === 0
      ? []
      : [`seeds that fail without a planted bug too, and prove nothing here: ${own.join(', ')}`]),
  ].join('\n');
}

const SMALL = 2;
