import { readFileSync } from 'node:fs';
import type { ComponentChildren } from 'preact';
import { localTime, zoneOf } from '../base/local-time.js';
import { formatYuan } from '../base/money.js';
import type { Tone } from '../report/outcome.js';
import { renderPage } from '../report/page.js';
import { Picture } from '../report/picture.js';
import { PAYMENT_WORDS, TICKET_WORDS } from '../terminal/verdict/fact-words.js';
import type { Verdict } from '../terminal/verdict/verdict.js';
import type { SaleMaterial } from '../world/material.js';
import { exchangeWords, type Lang, tradeWords } from './platform-words.js';
import { offsetOf } from './terminal-offset.js';

export interface SummaryOptions {
  readonly verdict: Verdict;
  readonly material: SaleMaterial;
  /** Pictures of the paper as PNG, oldest first. */
  readonly pictures: readonly Uint8Array[];
}

const TONES: Readonly<Record<Verdict['payment'], Tone>> = {
  paid: 'good',
  'not-paid': 'bad',
  reversed: 'near',
  unknown: 'near',
};

let css: string | undefined;

/** The evidence of a sale for people: has the customer paid, why is there no ticket, what now, and what says so. */
export function summaryHtml(options: SummaryOptions, lang: Lang): string {
  css ??= readFileSync(new URL('./summary.css', import.meta.url), 'utf8');
  const { verdict } = options;
  const say: Say = (zh, en) => (lang === 'zh' ? zh : en);
  const title = `${say('交易证据', 'Evidence of the sale')} ${verdict.saleId}`;
  return renderPage({
    title,
    lang,
    css,
    body: (
      <main>
        <h1>{title}</h1>
        <Answer verdict={verdict} lang={lang} say={say} />
        <Paper {...options} say={say} />
        <Course {...options} say={say} />
        <Platform {...options} lang={lang} say={say} />
        <Line {...options} say={say} />
        <Check say={say} />
      </main>
    ),
  });
}

type Say = (zh: string, en: string) => string;

function Answer({ verdict, lang, say }: { verdict: Verdict; lang: Lang; say: Say }) {
  const { payment, ticket, tickets, cause, advice, amountFen, tradeNo } = verdict;
  const amount = `¥${formatYuan(amountFen)}`;
  return (
    <div class={`answer ${TONES[payment]}`}>
      <p class="question">
        {say('扫了码没出小票,顾客付款了吗?', 'The code was scanned and no ticket came out. Has the customer paid?')}
      </p>
      <strong>
        {amount} {PAYMENT_WORDS[payment][lang]}
      </strong>
      <dl>
        <dt>{say('现在怎么办', 'What now')}</dt>
        <dd class="what-now">{advice.cashier[lang]}</dd>
        <dt>{say('对顾客说', 'Tell the customer')}</dt>
        <dd>{advice.customer[lang]}</dd>
        <dt>{say('小票', 'Ticket')}</dt>
        <dd>
          {TICKET_WORDS[ticket][lang]} ({say('原件', 'originals')} {tickets.originals}, {say('补打', 'marked copies')}{' '}
          {tickets.copies})
        </dd>
        <dt>{say('原因', 'Why')}</dt>
        <dd>{cause === undefined ? say('一切正常', 'nothing went wrong') : `${cause[lang]} [${cause.id}]`}</dd>
        {tradeNo !== undefined && <dt>{say('交易号', 'Trade number')}</dt>}
        {tradeNo !== undefined && (
          <dd>
            <code>{tradeNo}</code>
          </dd>
        )}
      </dl>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Paper({ material, pictures, say }: SummaryOptions & { say: Say }) {
  const none =
    material.paper === undefined
      ? say('打印机是真实设备:请看柜台上的小票。', 'The printer is a real one: its paper lies on the counter.')
      : say('没有印着这个订单号的纸。', 'There is no paper with this order number on it.');
  return (
    <Section title={say('纸上有什么', 'What is on the paper')}>
      {pictures.length === 0 && <p>{none}</p>}
      <div class="pictures">
        {pictures.map((bytes, index) => (
          <Picture
            id={`paper-${index + 1}`}
            title={`${say('第', 'piece ')}${index + 1}${say('张', '')}`}
            type="image/png"
            bytes={bytes}
            file={`paper/${index + 1}.png`}
          />
        ))}
      </div>
    </Section>
  );
}

function Course({ verdict, material, say }: SummaryOptions & { say: Say }) {
  const offset = offsetOf(material.settings);
  return (
    <Section title={say('终端日志', "The terminal's journal")}>
      <p>
        {say('时间', 'Times')}: {zoneOf(offset)}
      </p>
      <table>
        <tbody>
          {verdict.evidence.map(({ seq, at, kind, says }) => (
            <tr>
              <td class="figures">#{seq}</td>
              <td class="figures">{localTime(Date.parse(at), offset)}</td>
              <td>
                <code>{kind}</code>
              </td>
              <td>{says}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Platform({ material, lang, say }: SummaryOptions & { lang: Lang; say: Say }) {
  const { platform, settings } = material;
  const offset = offsetOf(settings);
  const elsewhere = say(
    '支付平台不在本机:终端收到的答复见上面的日志,平台自己的日志请向平台查询。',
    'The payment platform is elsewhere: what it answered stands in the journal above, and its own log is to be had there.',
  );
  return (
    <Section title={say('支付平台的日志', 'The log of the payment platform')}>
      <p>{platform === undefined ? elsewhere : tradeWords(platform.trade, lang, offset)}</p>
      <table>
        <tbody>
          {exchangeWords(platform?.exchanges ?? [], lang, offset).map(({ time, asked, answered, lost }) => (
            <tr class={lost ? 'lost' : 'kept'}>
              <td class="figures">{time}</td>
              <td>{asked}</td>
              <td>{answered}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Line({ material, say }: SummaryOptions & { say: Say }) {
  return (
    <Section title={say('打印机线路', "The printer's line")}>
      <p>
        {material.line.length === 0
          ? say('没有打印任务的线路记录。', 'No recording of a print job was kept.')
          : say('每个打印任务双向的全部字节:', 'Every byte of each print job, both ways:')}
      </p>
      <ul>
        {material.line.map(({ name, bytes }) => (
          <li>
            <a href={`./line/${name}.txt`}>line/{name}.txt</a>, {bytes.length} {say('字节', 'bytes')}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Check({ say }: { say: Say }) {
  return (
    <Section title={say('怎样核对', 'How to check it')}>
      <p>
        {say(
          '运行下面的命令,任何一个字节被改动都会被发现,并指出是哪个文件:',
          'This command finds any changed byte, and names the file:',
        )}
      </p>
      <p>
        <code>paperjam evidence --verify FILE.zip --key key.pub.pem</code>
      </p>
    </Section>
  );
}
