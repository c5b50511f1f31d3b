import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openShop, type Shop } from './shop.js';

/** So that silence is noticed soon. */
const SHORT = {
  timings: {
    authorizeTimeoutMs: 300,
    queryTimeoutMs: 200,
    queryIntervalMs: 50,
    cancelTimeoutMs: 200,
    cancelIntervalMs: 50,
  },
};

const lost = (call: string) => ['--fault', `platform.answer-lost:method=alipay.trade.${call},times=99`];

async function sell(shop: Shop, ...args: string[]) {
  const { code, stdout } = await shop.run('sale', '--amount', '12.80', '--json', ...args);
  return { code, verdict: JSON.parse(stdout) };
}

describe('the exit code of a sale', () => {
  test('0: paid and printed; the files that it names are there', async () => {
    const { code, verdict } = await sell(openShop());
    expect(code).toBe(0);
    expect(verdict).toMatchObject({ payment: 'paid', ticket: 'printed', final: true });
    const { journal, tickets } = verdict.files;
    expect([journal, ...tickets].map((file) => fs.existsSync(file))).toEqual([true, true]);
  });

  test('10: paid, and the paper jammed', async () => {
    const { code, verdict } = await sell(openShop(), '--fault', 'printer.paper-jam');
    expect(code).toBe(10);
    expect(verdict).toMatchObject({ payment: 'paid', ticket: 'partial', cause: { id: 'printer.paper-jam' } });
  });

  test('20: not paid, since the customer refuses', async () => {
    const shop = openShop({ timings: { queryIntervalMs: 1_000 } });
    const { code, verdict } = await sell(shop, '--wallet', 'refuses');
    expect(code).toBe(20);
    expect(verdict).toMatchObject({ payment: 'not-paid', ticket: 'none', final: true });
    expect(shop.trades()).toMatchObject([{ state: 'TRADE_CLOSED', paidFen: 0 }]);
  });

  test('20: not paid, since the customer never confirms: asked five times, cancelled, closed in the books', async () => {
    const shop = openShop({ timings: { queryIntervalMs: 50 } });
    const { code, verdict } = await sell(shop, '--wallet', 'never');
    expect(code).toBe(20);
    expect(verdict).toMatchObject({ payment: 'not-paid', final: true, cause: { id: 'operation.timeout' } });
    expect(shop.records('platform-answer').map(({ call }) => call)).toEqual([
      'authorize',
      ...Array(5).fill('query'),
      'cancel',
    ]);
    expect(shop.trades()).toMatchObject([{ state: 'TRADE_CLOSED', paidFen: 0 }]);
  });

  test('30: unknown, since the platform answers nothing more; a later boot settles it, and no money is kept twice', async () => {
    const shop = openShop({ timings: { ...SHORT.timings, authorizeTimeoutMs: 3_000, guardFirstMs: 50 } });
    const { code, verdict } = await sell(shop, ...lost('pay'), ...lost('query'), ...lost('cancel'));
    expect(code).toBe(30);
    expect(verdict).toMatchObject({ payment: 'unknown', final: false, cause: { id: 'network.unstable' } });
    expect(verdict.advice.cashier.zh).toContain('勿重复收款');

    const program = shop.start(['--lang', 'en']);
    await program.says(/found .*: its cancel was never answered: going on with that/);
    expect(await shop.record('payment')).toMatchObject({ fact: 'reversed', by: 'cancel' });
    expect(shop.payments()).toEqual([]);
  });
});

describe('a code that the platform does not take', () => {
  test('used before: not paid, and why is said in words', async () => {
    const shop = openShop();
    const code = '281234567890123456';
    expect((await sell(shop, '--code', code)).code).toBe(0);
    const again = await sell(shop, '--code', code);
    expect(again.code).toBe(20);
    expect(again.verdict).toMatchObject({ payment: 'not-paid', ticket: 'none', cause: { id: 'terminal.misread' } });
    expect(JSON.stringify(again.verdict.evidence)).toContain('ACQ.PAYMENT_AUTH_CODE_INVALID');
    expect(shop.payments()).toHaveLength(1);
  });

  test('expired: the same', async () => {
    const shop = openShop();
    const code = '281234567890123457';
    const shown = { kind: 'code-issued', atMs: Date.now() - 61_000, code, behaviour: 'pays', afterMs: 3_000 };
    fs.writeFileSync(shop.file('platform', 'ledger.jsonl'), `${JSON.stringify(shown)}\n`);
    const { stdout, code: exitCode } = await shop.run('sale', '--amount', '12.80', '--code', code, '--lang', 'en');
    expect(exitCode).toBe(20);
    expect(stdout).toMatch(
      /payment {3}not paid\n {2}ticket {4}none\n {2}cause {5}\S.*\[terminal\.misread, likely: .+, #\d+\]/,
    );
    expect(stdout).toContain('Ask the customer to refresh the payment code, and charge again.');
    expect(shop.payments()).toEqual([]);
  });
});
