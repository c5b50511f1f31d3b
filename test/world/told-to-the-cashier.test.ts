/** The words of the table of causes: in the situation of its row, each is said to the cashier. */
import { beforeAll, expect, test } from 'vitest';
import { PaperjamError } from '../../src/base/errors.js';
import type { FaultRecord } from '../../src/faults/fault.js';
import type { Policy } from '../../src/terminal/context.js';
import { verdictOf } from '../../src/terminal/verdict/verdict.js';
import type { SaleRequest } from '../../src/world/people.js';
import { isSettled } from '../../src/world/settled.js';
import { type PreparedDevice, prepareDevice, type Simulation, simulate } from '../../src/world/simulated.js';

const devices: Record<string, PreparedDevice> = {};
beforeAll(async () => {
  for (const name of ['epson-tm-m30', 'epson-tm-u220']) devices[name] = await prepareDevice(name);
});

interface Row {
  /** The id of the row, and what it says to the cashier. */
  readonly cause: string;
  readonly words: string;
  readonly faults?: readonly FaultRecord[];
  readonly device?: string;
  readonly policy?: Partial<Policy>;
  readonly customer?: SaleRequest['customer'];
  /** What people do after a while. */
  people?(simulation: Simulation, saleId: string): void;
}

const seen =
  (what: 'blank' | 'unreadable', how?: 'faint') =>
  ({ world, clock }: Simulation, saleId: string) => {
    clock.runUntil(() => world.terminal.find(saleId)?.facts.ticket === 'printed');
    world.terminal.ticketSeen(saleId, what, how);
  };

const ROWS: readonly Row[] = [
  {
    cause: 'platform.delay',
    words: '等待,勿重复收款',
    faults: [{ fault: 'platform.answer-delayed', delayMs: 12_000 }],
  },
  {
    cause: 'platform.sync',
    words: '正在核对,勿重复收款',
    faults: [{ fault: 'platform.answer-lost' }, { fault: 'platform.stale-query', behindMs: 20_000 }],
  },
  { cause: 'platform.unreported', words: '查询后补打', faults: [{ fault: 'platform.answer-lost' }] },
  {
    cause: 'platform.maintenance',
    words: '稍后自动核对',
    faults: [{ fault: 'platform.maintenance', for: 15_000, says: 'ACQ.SYSTEM_ERROR' }],
  },
  { cause: 'printer.paper-jam', words: '清除卡纸后补打', faults: [{ fault: 'printer.paper-jam' }] },
  {
    cause: 'printer.ribbon-break',
    words: '更换色带后补打',
    device: 'epson-tm-u220',
    faults: [{ fault: 'printer.ribbon-broken' }],
    people: seen('blank'),
  },
  {
    cause: 'printer.faded',
    words: '补打或电子凭证',
    faults: [{ fault: 'printer.faded' }],
    people: seen('unreadable', 'faint'),
  },
  { cause: 'printer.paper-out', words: '装纸后补打', faults: [{ fault: 'printer.paper-out' }] },
  { cause: 'printer.cover-open', words: '合上打印机盖后补打', faults: [{ fault: 'printer.cover-open' }] },
  { cause: 'printer.cutter', words: '清理切刀后补打', faults: [{ fault: 'printer.cutter-error' }] },
  { cause: 'printer.overheat', words: '冷却后补打', faults: [{ fault: 'printer.overheat' }] },
  { cause: 'printer.offline', words: '按打印机联机键后补打', faults: [{ fault: 'printer.offline' }] },
  {
    cause: 'printer.upside-down',
    words: '翻转纸卷后补打',
    faults: [{ fault: 'printer.upside-down-paper' }],
    people: seen('blank'),
  },
  { cause: 'network.unstable', words: '网络中断,正在核对', faults: [{ fault: 'network.down', for: 60_000 }] },
  { cause: 'network.unstable', words: '网络中断,正在核对', faults: [{ fault: 'network.refused', for: 30_000 }] },
  { cause: 'link.printer-lost', words: '检查打印机连接', faults: [{ fault: 'link.printer-lost' }] },
  { cause: 'terminal.misread', words: '请重新扫码', faults: [{ fault: 'scanner.misread' }] },
  { cause: 'terminal.misread', words: '请重新扫码', faults: [{ fault: 'scanner.expired' }] },
  {
    cause: 'terminal.misconfigured',
    words: '配置错误:',
    faults: [{ fault: 'terminal.misconfigured', what: 'merchant-key' }],
  },
  { cause: 'terminal.outdated', words: '需要更新', faults: [{ fault: 'terminal.outdated-key' }] },
  {
    cause: 'terminal.power-cut',
    words: '已恢复,见结果',
    faults: [{ fault: 'terminal.power-cut', when: { journal: 'authorize-intent' } }],
  },
  { cause: 'operation.timeout', words: '未支付,请重新扫码', customer: { behaviour: 'never' } },
  {
    cause: 'operation.cashier',
    words: '该单已支付,勿重复收款',
    people({ world, clock }) {
      clock.runUntil(() => world.terminal.state === 'printing');
      expect(() => world.people.sell(1_280)).toThrow(PaperjamError);
    },
  },
  { cause: 'customer.skipped-scan', words: '未扫码,未支付', faults: [{ fault: 'scanner.nothing' }] },
  {
    cause: 'customer.left-early',
    words: '可补打或发送电子凭证',
    faults: [{ fault: 'printer.paper-out' }],
    people({ world, clock }, saleId) {
      clock.runUntil(() => world.terminal.state === 'printFault');
      world.terminal.customerLeft(saleId);
    },
  },
  {
    cause: 'customer.no-ticket-wanted',
    words: '无需打印',
    policy: { print: 'prompt' },
    people({ world, clock }, saleId) {
      clock.runUntil(() => world.terminal.state === 'prompting');
      world.terminal.declineTicket(saleId);
    },
  },
  { cause: 'environment.missed-scan', words: '已扫码,勿重复', faults: [{ fault: 'scanner.twice' }] },
  {
    cause: 'policy.paper-required',
    words: '必须提供纸质小票',
    policy: { paper: 'required' },
    faults: [{ fault: 'printer.paper-out' }],
  },
];

test.each(ROWS)('$cause: $words', ({ faults = [], device = 'epson-tm-m30', policy, customer, words, ...row }) => {
  const prepared = devices[device];
  if (prepared === undefined) throw new Error(`${device} is prepared above`);
  const simulation = simulate(prepared, { policy: { reprint: 'ask', ...policy } });
  const { world, clock } = simulation;
  const shown: string[] = [];
  const advised: string[] = [];
  const told = new Set<string>();
  world.watch({
    screen: ({ zh }) => shown.push(zh),
    sale({ saleId }) {
      const { advice, cause, also } = verdictOf(world.terminal.page(saleId));
      advised.push(advice.cashier.zh, advice.display.zh);
      for (const { id } of [cause, ...also].filter((one) => one !== undefined)) told.add(id);
    },
  });
  world.start();
  clock.runUntil(() => world.terminal.free && world.printer.status().ready);
  for (const fault of faults) world.faults.put(fault);
  const saleId = world.people.sell(1_280, { customer: customer ?? { behaviour: 'pays' } });
  row.people?.(simulation, saleId);
  const settled = () => {
    const facts = world.terminal.find(saleId)?.facts;
    return facts !== undefined && isSettled(facts) && world.terminal.free;
  };
  expect(clock.runUntil(settled, 600_000)).toBe(true);
  clock.advance(10_000);

  // A key that is pressed in vain leaves nothing in the journal: the display alone says it.
  if (row.cause !== 'operation.cashier') expect([...told]).toContain(row.cause);
  expect([...shown, ...advised].filter((text) => text.includes(words))).not.toEqual([]);
  world.close();
});
