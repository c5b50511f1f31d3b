import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { chartOf } from '../../src/guide/chart.js';
import { guideMarkdown, guideSvg, missingWords } from '../../src/guide/guide.js';
import { walkMachine } from '../../src/guide/walk.js';
import { EVENT_WORDS, GUARD_WORDS, STATE_WORDS } from '../../src/guide/words.js';
import { terminalMachine } from '../../src/terminal/machine.js';
import { SCREEN_NAMES } from '../../src/terminal/screens.js';

const LANGS = ['zh', 'en'] as const;

/** The machine as it is written down, without XState's reading of it. */
interface Written {
  readonly on?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly always?: unknown;
  readonly states?: Readonly<Record<string, Written>>;
}

function* written(node: Written, path: string): Generator<readonly [path: string, node: Written]> {
  yield [path, node];
  for (const [name, inner] of Object.entries(node.states ?? {}))
    yield* written(inner, path === '' ? name : `${path}.${name}`);
}

const countOf = (transitions: unknown) => [transitions ?? []].flat().length;
const machine = [...written(terminalMachine.config as Written, '')]; // Only the shape that is named above is looked at.

describe('the guide is complete', () => {
  test('the walk finds every state and every transition that the machine’s definition has', () => {
    const notes = walkMachine();
    expect(notes.map(({ path }) => path).sort()).toEqual(machine.map(([path]) => path).sort());
    expect(notes.length).toBeGreaterThan(20);
    for (const [path, { on = {}, after = {}, always }] of machine) {
      const moves = notes.find((note) => note.path === path)?.moves ?? [];
      for (const [event, transitions] of Object.entries({ ...on, ...after, always })) {
        const found = moves.filter((move) => move.event === event);
        expect(found, `${path} ${event}`).toHaveLength(countOf(transitions));
      }
    }
  });

  test('every name in the machine has words in both languages', () => {
    expect(missingWords()).toEqual([]);
  });

  test('no words are kept for a name that the machine has no more', () => {
    const notes = walkMachine();
    const moves = notes.flatMap((note) => note.moves);
    const stale = (words: object, known: readonly (string | undefined)[]) =>
      Object.keys(words).filter((name) => !known.includes(name));
    expect(
      stale(
        STATE_WORDS,
        notes.filter(({ parts }) => parts.length === 0).map(({ path }) => path),
      ),
    ).toEqual([]);
    expect(
      stale(
        EVENT_WORDS,
        moves.map(({ event }) => event),
      ),
    ).toEqual([]);
    expect(
      stale(
        GUARD_WORDS,
        moves.map(({ guard }) => guard),
      ),
    ).toEqual([]);
  });

  test.each(LANGS)('every state is in it in %s, with what it means, what to do, and all that can happen', (lang) => {
    const guide = guideMarkdown(lang);
    for (const { title, means, todo } of Object.values(STATE_WORDS)) {
      expect(guide).toContain(`### ${title[lang]}\n`);
      expect(guide).toContain(means[lang]);
      expect(guide).toContain(todo[lang]);
    }
    const rows = guide.split('\n').filter((line) => line.startsWith('| ')).length;
    expect(rows).toBeGreaterThan(walkMachine().flatMap(({ moves }) => moves).length);
  });

  test('every screen of the display belongs to a state of it', () => {
    const shown = new Set(walkMachine().flatMap(({ screens }) => screens));
    expect(SCREEN_NAMES.filter((name) => !shown.has(name))).toEqual([]);
  });

  test.each(LANGS)('every advice that the verdict’s source has is in it in %s, word for word', (lang) => {
    const guide = guideMarkdown(lang);
    const words = textsOf('src/terminal/verdict/advice.ts', lang);
    expect(words.length).toBeGreaterThan(10);
    expect(words.filter((text) => !guide.includes(text))).toEqual([]);
  });

  test.each(LANGS)('every arrow of the machine is in the chart in %s, as Mermaid and as SVG', async (lang) => {
    const guide = guideMarkdown(lang);
    const svg = await guideSvg(lang);
    const { arrows, boxes, frames } = chartOf(lang, () => '');
    const leading = walkMachine().flatMap(({ moves }) => moves.filter(({ to }) => to !== undefined));
    const results = frames.find(({ id }) => id === 'results')?.members ?? [];
    for (const { from, to } of leading) {
      const start = from === '' ? 'anywhere' : results.includes(from) ? 'results' : from;
      expect(
        arrows.some((arrow) => arrow.from === start && arrow.to === to),
        `${from} to ${to}`,
      ).toBe(true);
      expect(guide).toMatch(
        new RegExp(`s_${start.replaceAll('.', '_')} -->\\|"[^|]+"\\| s_${String(to).replaceAll('.', '_')}\n`),
      );
    }
    expect(svg.match(/class="arrow"/g)).toHaveLength(arrows.length);
    expect(svg.match(/class="arrow" d="M[^"]+L[^"]+"/g)).toHaveLength(arrows.length);
    for (const { title } of boxes) expect(svg).toContain(`>${title}</text>`);
    for (const { labels } of arrows) for (const label of labels) expect(svg).toContain(`>${label}</text>`);
  });

  test('the picture is the same each time, and needs nothing from elsewhere', async () => {
    const svg = await guideSvg('zh');
    expect(await guideSvg('zh')).toBe(svg);
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|@import|url\((?!#)/);
  });
});

/** The texts of one language in a source file: `zh: '…'`. */
function textsOf(file: string, lang: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === lang && ts.isStringLiteral(node.initializer)) {
      found.push(node.initializer.text);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}
