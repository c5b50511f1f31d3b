import { FAULT_WORDS } from '../terminal/screens.js';
import { PAYMENT_WORDS, TICKET_WORDS } from '../terminal/verdict/fact-words.js';
import { chartOf, type Lang, moveWords } from './chart.js';
import { mermaidOf } from './mermaid.js';
import { adviceTable, screenTexts } from './samples.js';
import { svgOf } from './svg.js';
import { type StateNote, walkMachine } from './walk.js';
import { EVENT_WORDS, GROUP_WORDS, GUARD_WORDS, STATE_WORDS, said } from './words.js';

const TITLE = { zh: '收银员操作指南', en: "The operator's guide" };
const CHART_TITLE = { zh: '扫码收款终端:从金额到小票', en: 'The payment terminal: from the amount to the ticket' };

/** The flow chart as SVG. */
export function guideSvg(lang: Lang): Promise<string> {
  return svgOf(chartOf(lang, shows(lang)), CHART_TITLE[lang]);
}

/** The whole guide as Markdown, with the chart in Mermaid in it. Made from the firmware's own state machine and texts. */
export function guideMarkdown(lang: Lang): string {
  const say = (zh: string, en: string) => (lang === 'zh' ? zh : en);
  const leaves = walkMachine().filter(({ parts }) => parts.length === 0);
  return [
    `# ${TITLE[lang]}`,
    '',
    say(
      '**没出小票不等于没付款。** 先看终端显示,不要重复收款;不清楚就重启终端,它会说出结果。',
      '**No ticket does not mean not paid.** Look at the display first, and do not charge again; when in doubt restart the terminal, and it says what became of the sale.',
    ),
    '',
    `## ${say('流程图', 'Flow chart')}`,
    '',
    '```mermaid',
    mermaidOf(chartOf(lang, shows(lang))),
    '```',
    '',
    `## ${say('终端显示什么,怎么办', 'What the display says, and what to do')}`,
    '',
    ...leaves.flatMap((note) => stateText(note, lang)),
    `## ${say('任何时候', 'At any time')}`,
    '',
    ...groupText(lang),
    `## ${say('打印机故障', 'Faults of the printer')}`,
    '',
    ...table(
      [say('故障', 'Fault'), say('显示与处理', 'What is shown, and what to do')],
      Object.entries(FAULT_WORDS).map(([fault, words]) => [`\`${fault}\``, words[lang]]),
    ),
    `## ${say('顾客付款了吗,现在怎么办', 'Has the customer paid, and what now')}`,
    '',
    ...table(
      [say('支付', 'Payment'), say('小票', 'Ticket'), say('收银员', 'Cashier'), say('对顾客说', 'Tell the customer')],
      adviceTable().map(({ payment, ticket, unsent, cashier, customer }) => [
        PAYMENT_WORDS[payment][lang] + (unsent ? say('(还没有发出请求)', ' (nothing was sent yet)') : ''),
        TICKET_WORDS[ticket][lang],
        cashier[lang],
        customer[lang],
      ]),
    ),
  ].join('\n');
}

function stateText(note: StateNote, lang: Lang): string[] {
  const words = STATE_WORDS[note.path];
  const say = (zh: string, en: string) => (lang === 'zh' ? zh : en);
  const texts = [...new Set(note.screens.flatMap((name) => screenTexts(name).map((text) => text[lang])))];
  return [
    `### ${words?.title[lang] ?? note.path}`,
    '',
    ...(texts.length === 0
      ? []
      : [`${say('显示', 'Display')}: ${texts.map((text) => `「${text}」`).join(say(',', ', '))}`, '']),
    `- ${say('意思', 'Meaning')}: ${words?.means[lang] ?? note.path}`,
    `- ${say('怎么办', 'What to do')}: **${words?.todo[lang] ?? '-'}**`,
    ...(note.free ? [`- ${say('此时可以开始新的收款', 'A new sale can begin')}`] : []),
    '',
    ...moveTable(note, lang),
  ];
}

/** What holds in every part of a state, and in all states. */
function groupText(lang: Lang): string[] {
  const groups = walkMachine().filter(({ parts, moves }) => parts.length > 0 && moves.length > 0);
  return groups.flatMap((note) => [
    `### ${note.path === '' ? (lang === 'zh' ? '所有画面' : 'In every state') : said(GROUP_WORDS, note.path, lang)}`,
    '',
    ...moveTable(note, lang),
  ]);
}

function moveTable({ moves }: StateNote, lang: Lang): string[] {
  if (moves.length === 0) return [];
  const stays = lang === 'zh' ? '(不变)' : '(stays)';
  return table(
    lang === 'zh' ? ['发生什么', '接下来'] : ['What happens', 'Then'],
    moves.map((move) => [
      moveWords(move, lang),
      move.to === undefined ? stays : (STATE_WORDS[move.to]?.title[lang] ?? move.to),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

/** What the display shows first in a state, if anything. */
function shows(lang: Lang): (note: StateNote) => string {
  return ({ screens: [first] }) => (first === undefined ? '' : (screenTexts(first)[0]?.[lang] ?? ''));
}

/** The names in the machine that the guide has no words for. */
export function missingWords(): string[] {
  const notes = walkMachine();
  const leaves = notes.filter(({ parts }) => parts.length === 0).map(({ path }) => path);
  const groups = notes.filter(({ path, parts }) => path !== '' && parts.length > 0).map(({ path }) => path);
  const moves = notes.flatMap((note) => note.moves);
  return [
    ...leaves.filter((path) => STATE_WORDS[path] === undefined),
    ...groups.filter((path) => GROUP_WORDS[path] === undefined),
    ...new Set(moves.map(({ event }) => event).filter((event) => EVENT_WORDS[event] === undefined)),
    ...new Set(moves.flatMap(({ guard }) => (guard === undefined || GUARD_WORDS[guard] !== undefined ? [] : [guard]))),
  ];
}
