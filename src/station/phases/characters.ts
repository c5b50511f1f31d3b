import iconv from 'iconv-lite';
import { codePage, FULL_WIDTH_OFF, join, line, NO_NATIONAL_SET } from '../escpos.js';
import { printAndLook, type Sight } from '../look.js';
import type { Phase } from '../phase.js';

/** `ESC t n` as Epson numbers it: the pages that nearly every printer has. */
const USUAL_PAGES: Readonly<Record<number, string>> = {
  0: 'cp437',
  2: 'cp850',
  3: 'cp860',
  4: 'cp863',
  5: 'cp865',
  16: 'cp1252',
  17: 'cp866',
  18: 'cp852',
  19: 'cp858',
};
const LINE_MM = 3.75;
/** No more in a line than 58 mm have: that a printer is narrower is not the fault of its characters. */
const COLUMNS = 32;
/** Letters, digits, marks and signs: what is to be seen, and nothing whose cell is blank. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A sample of each code page: all its characters above ASCII. */
export const characters: Phase = {
  name: 'characters',
  title: 'Character sets',
  needs: 'ready',
  limitMs: ({ person }) => 120_000 + 4 * person.timeLimitMs,
  *run(bench) {
    const { profile, plan, results } = bench;
    const known: Readonly<Record<string, string>> = { ...USUAL_PAGES, ...profile.codePages };
    const pages = plan.characters.pages ?? Object.keys(known).map(Number);
    const parts: Uint8Array[] = [FULL_WIDTH_OFF, NO_NATIONAL_SET];
    const sights: Sight[] = [];
    let lines = 0;
    for (const n of pages) {
      const encoding = known[n];
      const what = {
        name: `characters.page.${n}`,
        title: `ESC t ${n}${encoding === undefined ? '' : `: ${encoding}`}`,
      };
      const sample = encoding === undefined ? [] : sampleOf(encoding, Math.min(profile.columns, COLUMNS));
      if (encoding === undefined || sample.length === 0) {
        results.skip(what, 'no profile says which characters it has');
        continue;
      }
      const head = `ESC t ${n} ${encoding}`;
      parts.push(line(head), codePage(n), ...sample.map(({ bytes }) => join(bytes, [0x0a])), codePage(0));
      lines += 1 + sample.length;
      sights.push({
        what,
        problem({ lines: printed }) {
          const at = printed.indexOf(head);
          const wrong = sample.find(({ text }, i) => printed[at + 1 + i] !== text);
          if (at < 0) return 'it cannot be read on the paper';
          return wrong === undefined
            ? undefined
            : `${wrong.text} came out as ${printed[at + 1 + sample.indexOf(wrong)]}`;
        },
      });
    }
    if (sights.length === 0) return;
    yield* printAndLook(bench, {
      bytes: join(...parts),
      mm: lines * LINE_MM,
      name: 'characters',
      question: 'Are the characters under each heading those of that code page?',
      sights,
    });
  },
};

interface SampleLine {
  readonly text: string;
  readonly bytes: Uint8Array;
}

function sampleOf(encoding: string, columns: number): SampleLine[] {
  if (!iconv.encodingExists(encoding)) return [];
  const visible: [number, string][] = [];
  for (let byte = 0x80; byte <= 0xff; byte++) {
    const character = iconv.decode(Buffer.from([byte]), encoding);
    if (VISIBLE.test(character) && character !== '\ufffd') visible.push([byte, character]);
  }
  const sample: SampleLine[] = [];
  for (let at = 0; at < visible.length; at += columns) {
    const some = visible.slice(at, at + columns);
    sample.push({ text: some.map(([, text]) => text).join(''), bytes: Uint8Array.from(some, ([byte]) => byte) });
  }
  return sample;
}
