import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { addEvidenceCommands } from '../../src/cli/commands/evidence.js';
import { addFixtureCommands } from '../../src/cli/commands/fixtures.js';
import { addPrinterCommands } from '../../src/cli/commands/printers.js';
import { addSaleCommands } from '../../src/cli/commands/sales.js';
import { HELP } from '../../src/cli/prompt.js';
import { chartOf, moveWords, sharedByFree } from '../../src/guide/chart.js';
import { EVENT_WORDS, GUARD_WORDS } from '../../src/guide/event-words.js';
import { guideMarkdown, guideSvg, missingWords } from '../../src/guide/guide.js';
import { sentences } from '../../src/guide/samples.js';
import { STEPS } from '../../src/guide/steps.js';
import { walkMachine } from '../../src/guide/walk.js';
import { STATE_WORDS } from '../../src/guide/words.js';
import { applyEntry, type TicketState } from '../../src/terminal/facts.js';
import type { Payment } from '../../src/terminal/journal/record.js';
import { terminalMachine } from '../../src/terminal/machine.js';
import {
  FAULT_WORDS,
  JAM_OR_RIBBON,
  SCREEN_NAMES,
  TICKET_FAULT_WORDS,
  TICKET_JAM_OR_RIBBON,
} from '../../src/terminal/screens.js';
import { type Advice, advise } from '../../src/terminal/verdict/advice.js';
import type { Cause } from '../../src/terminal/verdict/cause.js';
import { CAUSE_IDS, CAUSES } from '../../src/terminal/verdict/causes/catalogue.js';
import { PAYMENT_WORDS, TICKET_WORDS } from '../../src/terminal/verdict/fact-words.js';

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

  test.each(LANGS)(
    'every sentence that an advice can have is in it in %s, whatever the sale, the cause and the policy',
    (lang) => {
      const guide = guideMarkdown(lang);
      const lead = { zh: '已恢复,见结果:', en: 'Recovered; see the result: ' }[lang];
      expect(guide).toContain(`${lead}…`);
      const texts = new Set<string>();
      for (const { cashier, customer } of everyAdvice()) {
        texts.add(cashier[lang]);
        texts.add(customer[lang]);
      }
      const said = new Set([...texts].flatMap(sentences));
      const missing = [...said]
        .map((text) => (text.startsWith(lead) ? text.slice(lead.length) : text))
        .filter((text) => !guide.toLowerCase().includes(text.toLowerCase()));
      expect(missing).toEqual([]);
      expect(said.size).toBeGreaterThan(80);
    },
  );

  test.each(LANGS)('every cause is in its table in %s, with its name and what to do', (lang) => {
    const rows = guideMarkdown(lang).split('\n');
    for (const id of CAUSE_IDS) {
      const { [lang]: name, todo } = CAUSES[id];
      const row = rows.filter((line) => line.includes(`\`${id}\``));
      expect(row, id).toHaveLength(1);
      expect(row[0]).toContain(`| ${name}<br>`);
      expect(row[0]).toContain(`**${todo[lang]}**`);
    }
  });

  test.each(LANGS)('every fault of a printer is in it in %s, with what the display says then', (lang) => {
    const guide = guideMarkdown(lang);
    const both = [JAM_OR_RIBBON, TICKET_JAM_OR_RIBBON];
    for (const words of [...Object.values(FAULT_WORDS), ...Object.values(TICKET_FAULT_WORDS), ...both]) {
      expect(guide).toContain(words[lang]);
    }
  });

  test.each(LANGS)('the words in it are for people: nothing that only engineers say, in %s', (lang) => {
    const guide = guideMarkdown(lang).replaceAll(/`[^`]*`/g, '');
    const words = /\b(API|HTTP|timeout|baud|journal|null|undefined|ASB|acquirer|NaN|authoris|PJ_\w+)\b|接口|哈希|授权/i;
    expect(words.exec(guide)?.[0]).toBeUndefined();
    if (lang === 'en') expect(guide).not.toMatch(/[\u2e80-\uffef]/);
  });

  test.each(LANGS)(
    'every way through the machine is in the chart in %s, as Mermaid and as SVG: drawn, or said in its box',
    async (lang) => {
      const guide = guideMarkdown(lang);
      const svg = await guideSvg(lang);
      const chart = chartOf(lang, () => '');
      const { arrows, boxes, frames } = chart;
      const notes = walkMachine();
      const leading = notes.flatMap(({ moves }) => moves.filter(({ to }) => to !== undefined));
      const results = frames.find(({ id }) => id === 'results')?.members ?? [];
      const marked = boxes.filter(({ free }) => free).map(({ id }) => id);
      expect(marked.length).toBeGreaterThan(8);
      const content = [...svg.matchAll(/<text[^>]*>([^<]*)</g)]
        .map(([, text]) => text)
        .join('')
        .replaceAll(' ', '');
      for (const move of leading) {
        const own = move.from === '' ? ['anywhere'] : [move.from];
        const starts = [
          ...own,
          ...(results.includes(move.from) ? ['results'] : []),
          ...(marked.includes(move.from) ? ['free'] : []),
        ];
        const words = moveWords(move, lang);
        const found = arrows.filter(
          ({ from, to, labels }) => starts.includes(from) && to === move.to && labels.includes(words),
        );
        expect(found, `${move.from} ${move.event} ${move.guard} to ${move.to}`).toHaveLength(1);
        for (const { from, to, jump } of found) {
          const start = `s_${from.replaceAll('.', '_')}`;
          const title = boxes.find(({ id }) => id === to)?.title ?? to;
          const inMermaid = guide
            .split('\n')
            .filter((line) => line.trimStart().startsWith(start) || line.includes(`subgraph ${start}[`));
          const text = jump ? `${words} → ${title}` : words;
          expect(
            inMermaid.some((line) => line.includes(text)),
            text,
          ).toBe(true);
          expect(content).toContain(text.replaceAll(' ', '').replaceAll('"', '&quot;'));
        }
      }
      const drawn = arrows.filter(({ jump }) => !jump).length;
      expect(svg.match(/class="arrow" d="M[^"]+L[^"]+"/g)).toHaveLength(drawn);
      expect(svg.match(/class="free" cx/g)).toHaveLength(marked.length);
      for (const { title } of boxes) expect(svg).toContain(`>${title}</text>`);
    },
  );

  test('nothing is said of the marked states together that is not true of each of them', () => {
    const notes = walkMachine();
    const { moves, members } = sharedByFree(notes.filter(({ parts }) => parts.length === 0));
    expect(moves.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['SELL', 'REPRINT', 'DIGITAL', 'SELF_TEST']),
    );
    for (const member of members) {
      const own = notes.find(({ path }) => path === member)?.moves ?? [];
      for (const { event, guard, to } of moves) {
        expect(
          own.some((move) => move.event === event && move.guard === guard && move.to === to),
          `${member} ${event}`,
        ).toBe(true);
      }
    }
  });

  test.each(LANGS)('no text is wider than its box in %s', async (lang) => {
    const svg = await guideSvg(lang);
    const boxes = [
      ...svg.matchAll(
        /<rect class="box [^>]*width="([\d.]+)"[^>]*\/>(?:<circle[^>]*\/>)?((?:<text[^>]*>[^<]*<\/text>)+)/g,
      ),
    ];
    expect(boxes.length).toBeGreaterThan(25);
    for (const [, width, texts = ''] of boxes) {
      for (const [, kind, text = ''] of texts.matchAll(/<text class="(\w+)"[^>]*>([^<]*)</g)) {
        const px = kind === 'title' ? 15 : 11.5;
        // A Chinese character is as wide as it is high; of the others half of that is the least, on the average.
        const least = [...text].reduce((sum, char) => sum + (char < '\u2e80' ? 0.5 : 1), 0) * px;
        expect(least, text).toBeLessThanOrEqual(Number(width) - 8);
      }
    }
  });
});

describe('the steps', () => {
  test('name keys that the terminal has', () => {
    const keys = HELP.split('\n').map((line) => line.trim().split(' ')[0]);
    expect(keys).toContain('reprint');
    for (const { keys: typed } of STEPS) for (const key of typed) expect(keys, key).toContain(key.split(' ')[0]);
  });

  test('name commands that there are, with options that they have', () => {
    const program = new Command();
    for (const add of [addSaleCommands, addEvidenceCommands, addPrinterCommands, addFixtureCommands]) add(program);
    const typed = STEPS.flatMap(({ commands }) => commands);
    expect(typed.length).toBeGreaterThan(6);
    for (const line of typed) {
      const [paperjam, name, ...words] = line.split(' ');
      expect(paperjam).toBe('paperjam');
      const command = program.commands.find((one) => one.name() === name);
      const options = command?.options.map(({ long }) => long);
      expect(options, line).toEqual(expect.arrayContaining(words.filter((word) => word.startsWith('--'))));
    }
  });

  test.each(LANGS)('are those that help when a ticket is missing, and are all in the guide in %s', (lang) => {
    const guide = guideMarkdown(lang);
    for (const { title, about, keys, commands } of STEPS) {
      expect(guide).toContain(`**${title[lang]}**`);
      expect(guide).toContain(about[lang]);
      for (const text of [...keys, ...commands.map((command) => `npx ${command}`)])
        expect(guide).toContain(`\`${text}\``);
    }
    const said = STEPS.map(({ title }) => title.zh).join(' ');
    for (const step of ['看显示屏', '重启', '支付平台日志', '在其他设备重现', '保留证据', '定期维护'])
      expect(said).toContain(step);
  });
});

describe('the picture', () => {
  test('the picture is the same each time, and needs nothing from elsewhere', async () => {
    const svg = await guideSvg('zh');
    expect(await guideSvg('zh')).toBe(svg);
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|@import|url\((?!#)/);
  });
});

/** Every advice there can be, over sales, causes and policies: more than can happen. */
function* everyAdvice(): Generator<Advice> {
  const sale = applyEntry(undefined, { kind: 'sale-opened', saleId: 'T01', amountFen: 1_280, subject: 'x' }, 0);
  const result = { outcome: 'partial', block: 1, blocks: 2, reason: 'paper-out' } as const;
  const payments = Object.keys(PAYMENT_WORDS) as Payment[]; // The keys of a record of payments,
  const tickets = Object.keys(TICKET_WORDS) as TicketState[]; // and of tickets.
  for (const payment of payments) {
    for (const ticket of tickets) {
      if (ticket === 'none' && payment === 'paid') continue;
      for (const sent of [true, false]) {
        for (const cancelling of [undefined, 'unprinted'] as const) {
          for (const leftWhy of [undefined, 'customer-left', 'skipped'] as const) {
            for (const voidAfterMs of [undefined, 60_000]) {
              const prints = [{ jobId: '1', copy: 0, result }];
              const ticketLeft = leftWhy !== undefined;
              const facts = { ...sale, payment, ticket, sent, cancelling, leftWhy, ticketLeft, voidAfterMs, prints };
              for (const paper of ['optional', 'required'] as const) {
                const policy = { reprint: 'ask', unprinted: 'keep-and-reprint', paper, print: 'at-once' } as const;
                for (const id of [undefined, ...CAUSE_IDS]) {
                  const cause: Cause | undefined =
                    id === undefined
                      ? undefined
                      : { id, ...CAUSES[id], confidence: 'certain', reason: CAUSES[id], evidence: [1] };
                  yield advise(facts, cause, policy);
                }
              }
            }
          }
        }
      }
    }
  }
}
