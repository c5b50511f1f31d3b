import { Document, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { isDurationKey, writeDuration } from '../../fixture/language/durations.js';
import type { Fixture } from '../../fixture/language/fixture.js';
import type { Path } from '../../fixture/reading/place.js';
import { type Idiom, idiomOf, Yuan } from './idiom.js';
import { plainFixture } from './plain.js';

/**
 * A fixture as a file that a person might have written: what is as usual is left away, times and amounts are as people
 * say them, and what is short stands in one line. Read again it is the same fixture; the row of its parameters, if it had
 * any, is in it. `comment` stands at its head.
 */
export function fixtureYaml(fixture: Fixture, comment: string): string {
  const document = new Document(nodeOf(idiomOf(plainFixture(fixture)), []));
  return `${head(comment)}${document.toString({ lineWidth: 0 })}`;
}

const COMMENT_WIDTH = 118;

function head(comment: string): string {
  const lines = comment.split(/\r\n|[\n\r\u0085\u2028\u2029]/).flatMap(wrapped);
  return lines.map((line) => `${`# ${line}`.trimEnd()}\n`).join('');
}

/** A line that is indented, or a directive for an editor, is one to be copied and stays whole. */
function wrapped(line: string): string[] {
  // What a file of text may not hold, whatever the product said.
  const clean = line.replaceAll(/[^\P{C}\t]/gu, ' ');
  if (/^(\s|yaml-)/.test(clean)) return [clean];
  const lines: string[] = [];
  let rest = clean;
  while (rest.length > COMMENT_WIDTH) {
    const space = rest.lastIndexOf(' ', COMMENT_WIDTH);
    if (space <= 0) break;
    lines.push(rest.slice(0, space));
    rest = rest.slice(space + 1);
  }
  return [...lines, rest];
}

/** What stands in a block however short it is. */
const BLOCKS = new Set(['', 'title', 'faults', 'steps', 'expect', 'steps.#']);
/** What is shorter stands in one line. */
const LINE_WIDTH = 110;

function nodeOf(value: Idiom, path: Path): Node {
  const key = path.at(-1);
  if (value instanceof Yuan) {
    const yuan = new Scalar(value.yuan);
    yuan.minFractionDigits = 2;
    return yuan;
  }
  if (typeof value === 'number') return new Scalar(isDurationKey(String(key)) ? writeDuration(value) : value);
  if (typeof value === 'string') return new Scalar(value.replaceAll('$', '$$$$'));
  if (typeof value !== 'object' || value === null) return new Scalar(value);
  const isBlock = BLOCKS.has(path.map((step) => (typeof step === 'number' ? '#' : step)).join('.'));
  const flow = !isBlock && JSON.stringify(value).length + path.length * 2 <= LINE_WIDTH;
  if (isList(value)) {
    const list = new YAMLSeq();
    list.flow = flow;
    list.items = value.map((item, i) => nodeOf(item, [...path, i]));
    return list;
  }
  const map = new YAMLMap();
  map.flow = flow;
  map.items = Object.entries(value).map(([name, inner]) => new Pair(new Scalar(name), nodeOf(inner, [...path, name])));
  return map;
}

function isList(value: Idiom & object): value is readonly Idiom[] {
  return Array.isArray(value);
}
