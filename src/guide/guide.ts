import type { PrinterFault } from '../ports/printer.js';
import type { SaleFacts } from '../terminal/facts.js';
import type { BootPolicy } from '../terminal/journal/record.js';
import {
  FAULT_WORDS,
  JAM_OR_RIBBON,
  TICKET_FAULT_WORDS,
  TICKET_JAM_OR_RIBBON,
  type Words,
} from '../terminal/screens.js';
import { PAYMENT_WORDS, TICKET_WORDS } from '../terminal/verdict/fact-words.js';
import { chartOf, type Lang, moveWords, type Shared, sharedByFree } from './chart.js';
import { EVENT_WORDS, GUARD_WORDS } from './event-words.js';
import { mermaidOf } from './mermaid.js';
import { causeTable, screenTexts, stands, type Told } from './samples.js';
import { STEPS, type Step } from './steps.js';
import { svgOf } from './svg.js';
import { type Move, type StateNote, walkMachine } from './walk.js';
import { GROUP_WORDS, STATE_WORDS, said } from './words.js';

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
  const free = sharedByFree(leaves);
  return [
    `# ${TITLE[lang]}`,
    '',
    say(
      '**没出小票不等于没付款。** 先看终端显示,不要重复收款;不清楚就重启终端,它会说出结果。',
      '**No ticket does not mean not paid.** Look at the display first, and do not charge again; when in doubt restart the terminal, and it says what became of the sale.',
    ),
    '',
    `## ${say('没出小票时,一步一步来', 'When no ticket came out, step by step')}`,
    '',
    ...STEPS.flatMap((step, i) => stepText(step, i + 1, lang)),
    '',
    `## ${say('顾客付款了吗,现在怎么办', 'Has the customer paid, and what now')}`,
    '',
    ...table(
      [
        say('支付', 'Payment'),
        say('小票', 'Ticket'),
        say('收银员(「」里是短句)', 'Cashier (in quotes: in short)'),
        say('对顾客说', 'Tell the customer'),
      ],
      stands().map(({ facts, policy, advice }) => [
        PAYMENT_WORDS[facts.payment][lang],
        `${TICKET_WORDS[facts.ticket][lang]}${circumstances(facts, policy, lang)}`,
        `${advice.cashier[lang]}<br>${quoted(advice.display[lang], lang)}`,
        advice.customer[lang],
      ]),
    ),
    `## ${say('为什么没出小票', 'Why there is no ticket')}`,
    '',
    ...table(
      [say('原因', 'Cause'), say('怎么办', 'What to do'), say('终端怎么说', 'What the terminal says')],
      causeTable(lang).map(({ id, name, todo, told }) => [
        `${name}<br>\`${id}\``,
        `**${todo}**`,
        told.map((one) => toldText(one, lang)).join('<br>') || '-',
      ]),
    ),
    `## ${say('打印机故障', 'Faults of the printer')}`,
    '',
    ...table(
      [
        say('打印机的故障', 'Fault of the printer'),
        say('已付款而小票没出来时', 'When a paid sale’s ticket did not come out'),
      ],
      [
        ...PRINTER_FAULTS.map((fault) => [FAULT_WORDS[fault][lang], TICKET_FAULT_WORDS[fault][lang]]),
        [JAM_OR_RIBBON[lang], TICKET_JAM_OR_RIBBON[lang]],
      ],
    ),
    `## ${say('流程图', 'Flow chart')}`,
    '',
    '```mermaid',
    mermaidOf(chartOf(lang, shows(lang))),
    '```',
    '',
    `## ${say('终端显示什么,怎么办', 'What the display says, and what to do')}`,
    '',
    ...leaves.flatMap((note) => stateText(note, free, lang)),
    `## ${say('可以开始下一笔时', 'Whenever a sale can begin')}`,
    '',
    say('在这些画面都可以:', 'In all of these states: ') +
      leaves
        .filter(({ path }) => free.members.has(path))
        .map(({ path }) => titleOf(path, lang))
        .join(say('、', ', ')),
    '',
    ...moveTable(free.moves, lang),
    `## ${say('任何时候', 'At any time')}`,
    '',
    ...groupText(lang),
  ].join('\n');
}

const PRINTER_FAULTS = Object.keys(FAULT_WORDS) as PrinterFault[]; // The keys of a record of faults.

function stepText({ title, about, keys, commands }: Step, n: number, lang: Lang): string[] {
  const list = (head: string, texts: readonly string[]) =>
    texts.length === 0 ? [] : [`   - ${head}${texts.map((text) => `\`${text}\``).join(lang === 'zh' ? '、' : ', ')}`];
  return [
    `${n}. **${title[lang]}**${lang === 'zh' ? '。' : '. '}${about[lang]}`,
    ...list(lang === 'zh' ? '在终端输入:' : 'At the terminal: ', keys),
    ...list(
      lang === 'zh' ? '命令' : 'Command',
      commands.map((command) => `npx ${command}`),
    ),
  ];
}

/** What else matters about a sale than its payment and its ticket. */
function circumstances(facts: SaleFacts, policy: BootPolicy | undefined, lang: Lang): string {
  const notes: Words[] = [
    ...(facts.payment === 'unknown' && !facts.sent ? [{ zh: '还没有扫码', en: 'no code was read yet' }] : []),
    ...(facts.cancelling === 'unprinted' ? [{ zh: '规定打不出就退款', en: 'by rule: no ticket, no sale' }] : []),
    ...(facts.reversal === 'asked' ? [{ zh: '按要求撤销', en: 'reversed on request' }] : []),
    ...(facts.reversal === 'refused' ? [{ zh: '拒绝撤销', en: 'a reversal was refused' }] : []),
    ...(facts.leftWhy === 'customer-left' ? [{ zh: '顾客已离开', en: 'the customer has gone' }] : []),
    ...(policy?.paper === 'required' ? [{ zh: '规定必须有纸质小票', en: 'paper is a must' }] : []),
    ...(facts.voidAfterMs === undefined ? [] : [{ zh: '规定打不出就退款', en: 'by rule: no ticket, no sale' }]),
  ];
  if (notes.length === 0) return '';
  return lang === 'zh' ? `(${notes.map(({ zh }) => zh).join(',')})` : ` (${notes.map(({ en }) => en).join(', ')})`;
}

function quoted(text: string, lang: Lang): string {
  return lang === 'zh' ? `「${text}」` : `“${text}”`;
}

function toldText({ payment, cashier, customer }: Told, lang: Lang): string {
  const head = PAYMENT_WORDS[payment][lang];
  const toCustomer =
    customer.length === 0 ? '' : `${lang === 'zh' ? '对顾客:' : ' To the customer: '}${customer.join(' ')}`;
  return `${head}${lang === 'zh' ? ':' : ': '}${cashier.join(lang === 'zh' ? '' : ' ')}${toCustomer}`;
}

function titleOf(path: string, lang: Lang): string {
  return STATE_WORDS[path]?.title[lang] ?? path;
}

function stateText(note: StateNote, free: Shared, lang: Lang): string[] {
  const words = STATE_WORDS[note.path];
  const say = (zh: string, en: string) => (lang === 'zh' ? zh : en);
  const texts = [...new Set(note.screens.flatMap((name) => screenTexts(name).map((text) => text[lang])))];
  return [
    `### ${titleOf(note.path, lang)}`,
    '',
    ...(texts.length === 0
      ? []
      : [`${say('显示:', 'Display: ')}${texts.map((text) => quoted(text, lang)).join(say('', ', '))}`, '']),
    `- ${say('意思:', 'Meaning: ')}${words?.means[lang] ?? note.path}`,
    `- ${say('怎么办:', 'What to do: ')}**${words?.todo[lang] ?? '-'}**`,
    ...(note.free ? [`- ${say('此时可以开始新的收款', 'A new sale can begin')}`] : []),
    '',
    ...moveTable(
      note.moves.filter((move) => !free.has(move)),
      lang,
    ),
  ];
}

/** What holds in every part of a state, and in all states. */
function groupText(lang: Lang): string[] {
  const groups = walkMachine().filter(({ parts, moves }) => parts.length > 0 && moves.length > 0);
  return groups.flatMap((note) => [
    `### ${note.path === '' ? (lang === 'zh' ? '所有画面' : 'In every state') : said(GROUP_WORDS, note.path, lang)}`,
    '',
    ...moveTable(note.moves, lang),
  ]);
}

function moveTable(moves: readonly Move[], lang: Lang): string[] {
  if (moves.length === 0) return [];
  return table(
    lang === 'zh' ? ['发生什么', '接下来'] : ['What happens', 'Then'],
    moves.map((move) => [moveWords(move, lang), outcome(move, lang)]),
  );
}

function outcome({ to, shows, idle }: Move, lang: Lang): string {
  if (to !== undefined) return titleOf(to, lang);
  if (idle) return lang === 'zh' ? '(没有作用)' : '(no effect)';
  const stays = lang === 'zh' ? '(不变)' : '(stays)';
  return shows === undefined
    ? stays
    : `${stays}${lang === 'zh' ? '' : ' '}${quoted(screenTexts(shows)[0]?.[lang] ?? '', lang)}`;
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
