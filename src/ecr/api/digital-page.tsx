import { readFileSync } from 'node:fs';
import type { ComponentChildren } from 'preact';
import { localSeconds, zoneOf } from '../../base/local-time.js';
import { formatYuan } from '../../base/money.js';
import type { ReadTicket } from '../../digital/tickets.js';
import { renderPage } from '../../report/page.js';

let css: string | undefined;

/** A digital ticket for a customer's phone, in both languages. `reversed`: the money has gone back since it was signed. */
export function genuinePage(ticket: ReadTicket, reversed: boolean): string {
  const { merchant, terminalId, orderNo, tradeNo, amountFen, subject, paidAtMs, utcOffsetMinutes } = ticket;
  const offset = utcOffsetMinutes;
  return page(
    `${merchant} ¥${formatYuan(amountFen)}`,
    <main class="ticket">
      <p class="merchant">{merchant}</p>
      <h1>电子凭证 · Digital ticket</h1>
      <p class={reversed ? 'amount gone' : 'amount'}>¥{formatYuan(amountFen)}</p>
      <p class={`state ${reversed ? 'bad' : 'good'}`}>
        {reversed ? '已撤销,款项已退回 · Cancelled since, the money was returned' : '支付成功 · Paid'}
      </p>
      <dl>
        <Fact zh="商品" en="Item" value={subject} />
        <Fact zh="订单号" en="Order" value={orderNo} />
        <Fact zh="交易号" en="Trade" value={tradeNo ?? '-'} />
        <Fact zh="终端" en="Terminal" value={terminalId} />
        <Fact
          zh="时间"
          en="Time"
          value={paidAtMs === undefined ? '-' : `${localSeconds(paidAtMs, offset)} ${zoneOf(offset)}`}
        />
      </dl>
      <p class="seal">
        ✓ 凭证真实(签名有效):由收款终端签发,未被改动
        <br />
        Genuine. The signature holds: issued by the payment terminal, and not changed
      </p>
    </main>,
  );
}

/** For an address in which a character was changed, or that no terminal has ever given. */
export function notGenuinePage(): string {
  return page(
    '不是真实凭证 · Not genuine',
    <main class="ticket">
      <h1>电子凭证 · Digital ticket</h1>
      <p class="state bad">✗ 不是真实凭证 · Not genuine</p>
      <p class="seal">
        该地址不是本终端签发的凭证,或已被改动。请勿据此交付商品,请收银员按订单号查询。
        <br />
        This address was not issued by the terminal, or was changed. Hand nothing out for it; have the cashier look the
        order number up.
      </p>
    </main>,
  );
}

function page(title: string, body: ComponentChildren): string {
  css ??= readFileSync(new URL('./digital-page.css', import.meta.url), 'utf8');
  return renderPage({ title, lang: 'zh', css, body });
}

function Fact({ zh, en, value }: { zh: string; en: string; value: string }) {
  return (
    <div>
      <dt>
        {zh} <small>{en}</small>
      </dt>
      <dd>{value}</dd>
    </div>
  );
}
