import { z } from 'zod';
import type { Fault, FaultRecord } from './fault.js';
import type { When } from './when.js';

/** One attribute of a fault. */
export interface AttributeFacts {
  readonly name: string;
  /** `integer`, `number`, `text`, `one of`, `list of integer`. */
  readonly type: string;
  /** Of a number: `ms`, `mm`, `fen`; absent where it only counts, or where `about` says it. */
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  /** Of `one of`. */
  readonly allowed?: readonly unknown[];
  /** Absent where nothing is assumed. */
  readonly default?: unknown;
  readonly about: string;
}

/** A fault as people and programs read about it: the catalogue's own words, and what its schema says. */
export interface FaultFacts {
  readonly name: string;
  readonly place: string;
  readonly title: Fault['title'];
  readonly does: string;
  /** What the terminal can see of it. */
  readonly seen: string;
  /** The site that a world has to have. */
  readonly needs: string;
  readonly part?: string;
  readonly usually: When;
  readonly attributes: readonly AttributeFacts[];
  readonly example: FaultRecord;
}

export function explainFault({ name, title, about, usually = 'now', needs, part, attributes }: Fault): FaultFacts {
  const [does = '', seen = ''] = about.split(/ (?=Seen )/);
  const facts = attributesOf(attributes);
  const defaults = facts.filter((one) => one.default !== undefined).map((one) => [one.name, one.default]);
  return {
    name,
    place: placeOf(name),
    title,
    does,
    seen,
    needs,
    ...(part === undefined ? {} : { part }),
    usually,
    attributes: facts,
    example: { fault: name, when: usually, ...Object.fromEntries(defaults) },
  };
}

/** `printer` of `printer.paper-jam`. */
export function placeOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}

function attributesOf(schema: z.ZodObject): AttributeFacts[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).flatMap(([name, field]) =>
    typeof field === 'object' ? [factsOf(name, field)] : [],
  );
}

type FieldSchema = z.core.JSONSchema.BaseSchema;

function factsOf(name: string, field: FieldSchema): AttributeFacts {
  const { minimum, maximum, enum: allowed, description = '' } = field;
  const type = typeOf(field);
  const unit = UNITS.find(([ending]) => ending.test(name))?.[1];
  return {
    name,
    type,
    ...(unit === undefined ? {} : { unit }),
    ...(minimum === undefined ? {} : { min: minimum }),
    ...(maximum === undefined ? {} : { max: maximum }),
    ...(allowed === undefined ? {} : { allowed }),
    ...(field.default === undefined ? {} : { default: field.default }),
    about: description,
  };
}

/** Units stand last in names. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/Ms$/, 'ms'],
  [/Mm$/, 'mm'],
  [/Fen$/, 'fen'],
];

function typeOf({ type, enum: allowed, items }: FieldSchema): string {
  if (allowed !== undefined) return 'one of';
  if (type === 'array')
    return `list of ${typeof items === 'object' && !Array.isArray(items) ? typeOf(items) : 'anything'}`;
  if (type === 'string') return 'text';
  return typeof type === 'string' ? type : 'anything';
}

/** `0 to 3600000 ms`, `wechat | unionpay`: what an attribute may be. */
export function rangeText({ type, unit, min, max, allowed }: AttributeFacts): string {
  if (allowed !== undefined) return allowed.join(' | ');
  const range = min === undefined || max === undefined ? '' : ` ${min} to ${max}`;
  return `${type}${range}${unit === undefined ? '' : ` ${unit}`}`;
}

/** The README's table of faults, one row for each. */
export function faultsTable(faults: readonly Fault[]): string {
  const rows = faults.map(explainFault).map(({ name, does, seen, usually, attributes }) => {
    const fields = attributes.map((one) =>
      one.default === undefined ? `\`${one.name}\`` : `\`${one.name}: ${String(one.default)}\``,
    );
    return `| \`${name}\` | ${does} ${seen} | ${whenCell(usually)} | ${fields.join(', ')} |`;
  });
  const heads = '| fault | what it does, and what the terminal sees of it | usually begins | attributes |';
  return [heads, '|---|---|---|---|', ...rows].join('\n');
}

/** `line: 6`, as in a record. */
function whenCell(when: When): string {
  if (when === 'now') return when;
  const fields = Object.entries(when).map(([field, value]) => `${field}: ${value}`);
  return `\`${fields.join(', ')}\``;
}
