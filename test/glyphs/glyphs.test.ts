import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { GlyphTable, readGlyphs, writeGlyphs } from '../../src/glyphs/cache-file.js';
import { openGlyphs } from '../../src/glyphs/glyphs.js';
import type { Glyph } from '../../src/ports/glyphs.js';

const made: string[] = [];

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'paperjam-glyphs-'));
  made.push(path);
  return path;
}

afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

function code(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** Rows of `#` and `.`. */
function drawing(glyph: Glyph): string[] {
  const rowBytes = (glyph.widthDots + 7) >> 3;
  return Array.from({ length: glyph.heightDots }, (_, y) =>
    Array.from({ length: glyph.widthDots }, (_, x) =>
      (glyph.rows[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7)) ? '#' : '.',
    ).join(''),
  );
}

function inked(glyph: Glyph): number {
  return drawing(glyph).join('').replaceAll('.', '').length;
}

function cacheFile(path: string): string {
  const [file = ''] = readdirSync(path);
  return join(path, file);
}

const glyphs = openGlyphs({ cacheDirectory: directory() });

test('a Chinese character fills its 24 by 24 cell but for a little air', () => {
  const glyph = glyphs.glyph(code('国'), 24, 24);
  expect([glyph.widthDots, glyph.heightDots, glyph.rows.length, glyph.missing]).toEqual([24, 24, 72, false]);
  const rows = drawing(glyph);
  const columns = [...Array(24).keys()].filter((x) => rows.some((row) => row[x] === '#'));
  const lines = [...Array(24).keys()].filter((y) => rows[y]?.includes('#'));
  expect([columns[0], columns.at(-1), lines[0], lines.at(-1)]).toEqual([2, 21, 1, 21]);
});

test('一 is one stroke, two or three dots thick, and 口 is a closed frame', () => {
  const rows = drawing(glyphs.glyph(code('一'), 24, 24));
  const lines = rows.filter((row) => row.includes('#'));
  expect(lines.length).toBeGreaterThanOrEqual(2);
  expect(lines.length).toBeLessThanOrEqual(3);
  const [first = ''] = lines;
  expect(first.lastIndexOf('#') - first.indexOf('#')).toBeGreaterThan(18);
  expect(
    drawing(glyphs.glyph(code('口'), 24, 24)).filter((row) => /^\.*#+\.{10,}#+\.*$/.test(row)).length,
  ).toBeGreaterThan(10);
});

test('Latin letters fit a cell of 12 by 24, and one of 9 by 17', () => {
  for (const [width, height] of [
    [12, 24],
    [9, 17],
  ] as const) {
    for (const character of 'AMWgj@|_0') {
      const glyph = glyphs.glyph(code(character), width, height);
      expect([glyph.widthDots, glyph.heightDots, glyph.missing]).toEqual([width, height, false]);
      expect(inked(glyph)).toBeGreaterThan(5);
    }
  }
});

test('box drawing lines meet from cell to cell', () => {
  const rows = drawing(glyphs.glyph(code('─'), 12, 24));
  expect(rows.some((row) => row === '#'.repeat(12))).toBe(true);
});

test('a space is blank and not missing', () => {
  const glyph = glyphs.glyph(0x20, 12, 24);
  expect([inked(glyph), glyph.missing]).toEqual([0, false]);
});

test('the commonest hanzi are there, and the upper halves of code pages', () => {
  const decode = (label: string, bytes: number[]) => new TextDecoder(label).decode(new Uint8Array(bytes));
  for (const character of '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严')
    expect(glyphs.glyph(code(character), 24, 24).missing).toBe(false);
  for (const label of ['ibm866', 'windows-1252', 'iso-8859-7'])
    for (const character of decode(
      label,
      [...Array(96).keys()].map((index) => 0xa0 + index),
    ))
      if (character !== '\ufffd' && character !== '\u00ad')
        expect({ character, missing: glyphs.glyph(code(character), 12, 24).missing }).toEqual({
          character,
          missing: false,
        });
});

test('half-width kana that the fonts lack are drawn as the full-width ones, squeezed', () => {
  for (const character of 'ｱﾊﾝﾟ') expect(glyphs.glyph(code(character), 12, 24).missing).toBe(false);
});

test('a character that no font has is a box, and marked', () => {
  const glyph = glyphs.glyph(0x20bb7, 24, 24); // 𠮷, beyond the simplified set.
  expect(glyph.missing).toBe(true);
  expect(inked(glyph)).toBeGreaterThan(50);
  expect(glyphs.glyph(0x10ffff, 12, 24).missing).toBe(true);
});

test('the same glyph is drawn once', () => {
  expect(glyphs.glyph(code('付'), 24, 24)).toBe(glyphs.glyph(code('付'), 24, 24));
});

test('opening touches nothing: no file is read or made before the first glyph', () => {
  const cacheDirectory = join(directory(), 'not', 'yet');
  const source = openGlyphs({ cacheDirectory });
  source.save();
  expect(() => statSync(cacheDirectory)).toThrow('ENOENT');
  source.glyph(code('a'), 12, 24);
  source.save();
  expect(readdirSync(cacheDirectory)).toHaveLength(1);
});

test('what was drawn is found again by the next program, and the fonts stay closed', () => {
  const cacheDirectory = directory();
  const first = openGlyphs({ cacheDirectory });
  const drawn = first.glyph(code('谢'), 24, 24);
  const box = first.glyph(0x20bb7, 24, 24);
  first.save();
  const table = new GlyphTable();
  readGlyphs(cacheFile(cacheDirectory), table);
  expect(table.get(code('谢'), 24, 24)).toEqual(drawn);
  expect(table.get(0x20bb7, 24, 24)).toEqual(box);
  expect(openGlyphs({ cacheDirectory }).glyph(code('谢'), 24, 24)).toEqual(drawn);
});

test.each([
  ['cut off', (content: Buffer) => content.subarray(0, content.length - 7)],
  [
    'with a changed byte',
    (content: Buffer) => Buffer.concat([content.subarray(0, -1), Buffer.from([content.at(-1) ? 0 : 1])]),
  ],
  ['of another format', () => Buffer.from('{"glyphs":[]}\n')],
  ['empty', () => Buffer.alloc(0)],
  ['without an end', () => Buffer.alloc(100, 0x41)],
])('a cache file %s is drawn anew and replaced', (_, spoil) => {
  const cacheDirectory = directory();
  const first = openGlyphs({ cacheDirectory });
  const drawn = first.glyph(code('谢'), 24, 24);
  first.save();
  const file = cacheFile(cacheDirectory);
  writeFileSync(file, spoil(readFileSync(file)));
  const second = openGlyphs({ cacheDirectory });
  expect(second.glyph(code('谢'), 24, 24)).toEqual(drawn);
  second.save();
  const table = new GlyphTable();
  readGlyphs(file, table);
  expect(table.get(code('谢'), 24, 24)).toEqual(drawn);
});

test('two programs at once keep what each has drawn', () => {
  const cacheDirectory = directory();
  const one = openGlyphs({ cacheDirectory });
  const other = openGlyphs({ cacheDirectory });
  one.glyph(code('纸'), 24, 24);
  other.glyph(code('道'), 24, 24);
  one.save();
  other.save();
  const table = new GlyphTable();
  readGlyphs(cacheFile(cacheDirectory), table);
  expect([...table.entries()].map(([codePoint]) => String.fromCodePoint(codePoint)).sort()).toEqual(['纸', '道']);
  expect(readdirSync(cacheDirectory)).toHaveLength(1); // No drafts are left behind.
});

test('a directory that cannot be made, or is a file, costs time and nothing else', () => {
  const path = directory();
  writeFileSync(join(path, 'file'), '');
  const source = openGlyphs({ cacheDirectory: join(path, 'file', 'below') });
  expect(source.glyph(code('a'), 12, 24).missing).toBe(false);
  expect(() => source.save()).not.toThrow();
  const table = new GlyphTable();
  table.set(code('a'), source.glyph(code('a'), 12, 24));
  expect(() => writeGlyphs(join(path, 'file', 'x'), table)).toThrow();
});

test.skipIf(process.getuid?.() === 0)('a directory without the right to write', () => {
  const path = directory();
  const locked = join(path, 'locked');
  mkdirSync(locked);
  chmodSync(locked, 0o500);
  const source = openGlyphs({ cacheDirectory: locked });
  source.glyph(code('a'), 12, 24);
  expect(() => source.save()).not.toThrow();
  expect(readdirSync(locked)).toEqual([]);
});

test('the default directory is XDG_CACHE_HOME/paperjam', () => {
  const path = directory();
  const before = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = path;
  try {
    const source = openGlyphs();
    source.glyph(code('a'), 12, 24);
    source.save();
    expect(readdirSync(path)).toEqual(['paperjam']);
  } finally {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
  }
});
