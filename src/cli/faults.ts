import { stringify } from 'yaml';
import { findFault } from '../faults/board.js';
import { FAULTS } from '../faults/catalogue.js';
import { type AttributeFacts, explainFault, type FaultFacts, faultsTable, rangeText } from '../faults/explain.js';
import { whenText } from '../faults/when.js';

export interface FaultsFlags {
  readonly json?: boolean;
  /** The README's table. */
  readonly markdown?: boolean;
}

/** `paperjam faults [NAME]`: the faults there are, by place, or all about one. Throws `PJ_FAULT_UNKNOWN`. */
export function faults(name: string | undefined, { json = false, markdown = false }: FaultsFlags): void {
  const found = name === undefined ? FAULTS : [findFault(name)];
  const facts = found.map(explainFault);
  const [first] = facts;
  const text = () => (name !== undefined && first !== undefined ? aboutText(first) : listText(facts));
  const data = () => JSON.stringify(name === undefined ? { faults: facts } : first, null, 2);
  process.stdout.write(`${markdown ? faultsTable(found) : json ? data() : text()}\n`);
}

function listText(faults: readonly FaultFacts[]): string {
  const width = Math.max(...faults.map(({ name }) => name.length));
  const places = [...new Set(faults.map(({ place }) => place))];
  return places
    .map((place) =>
      [
        place,
        ...faults.filter((one) => one.place === place).map((one) => `  ${one.name.padEnd(width)}  ${one.does}`),
      ].join('\n'),
    )
    .join('\n\n');
}

function aboutText({ name, title, does, seen, part, usually, attributes, example }: FaultFacts): string {
  const width = Math.max(0, ...attributes.map((one) => one.name.length));
  return [
    `${name}  ${title.zh} (${title.en})`,
    `  ${does}`,
    `  ${seen}`,
    ...(part === undefined ? [] : [`  Only with a printer that has a ${part}.`]),
    '',
    `Begins ${whenText(usually)}, unless when says otherwise; lasts until it is cleared, or for so many ms (for).`,
    '',
    ...(attributes.length === 0 ? ['No attributes.'] : ['Attributes', ...attributes.map((one) => row(one, width))]),
    '',
    'Example',
    ...stringify(example)
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
  ].join('\n');
}

function row(one: AttributeFacts, width: number): string {
  const preset = one.default === undefined ? 'no default' : `default ${String(one.default)}`;
  return `  ${one.name.padEnd(width)}  ${rangeText(one)}, ${preset}: ${one.about}`;
}
