import type { Words } from '../../screens.js';

/** A cause in words: what it is called, and what the cashier is to do about it, short enough for the display. */
export interface CauseWords extends Words {
  readonly todo: Words;
}

const cause = (zh: string, en: string, todoZh: string, todoEn: string): CauseWords => ({
  zh,
  en,
  todo: { zh: todoZh, en: todoEn },
});

/** Every cause that a verdict can name. */
export const CAUSES = {
  'platform.delay': cause(
    '支付平台响应滞后',
    'the payment platform answered late',
    '等待,勿重复收款',
    'Wait; do not charge again',
  ),
  'platform.sync': cause(
    '支付平台数据不同步',
    'the payment platform’s data lagged behind',
    '正在核对,勿重复收款',
    'Being checked; do not charge again',
  ),
  'platform.unreported': cause(
    '支付结果未能及时反馈',
    'the customer paid, but the answer did not arrive',
    '查询后补打',
    'Check the result, then reprint',
  ),
  'platform.maintenance': cause(
    '支付平台维护或繁忙',
    'the payment platform is under maintenance or overloaded',
    '稍后自动核对',
    'It will be checked by itself',
  ),
  'platform.refused': cause(
    '支付平台拒绝',
    'the payment platform refused',
    '请换付款方式,重新收款',
    'Charge again by another way to pay',
  ),
  'network.unstable': cause(
    '网络连接不稳定',
    'the network to the payment platform failed',
    '网络中断,正在核对',
    'Network down; being checked',
  ),
  'printer.paper-jam': cause('卡纸', 'paper jam', '清除卡纸后补打', 'Clear the jam, then reprint'),
  'printer.ribbon-break': cause(
    '色带断裂',
    'the ribbon is broken',
    '更换色带后补打',
    'Change the ribbon, then reprint',
  ),
  'printer.faded': cause(
    '打印太淡,看不清',
    'the print is too faint to read',
    '补打或电子凭证',
    'Reprint, or give a digital ticket',
  ),
  'printer.paper-out': cause('缺纸', 'out of paper', '装纸后补打', 'Load paper, then reprint'),
  'printer.cover-open': cause(
    '打印机盖未关',
    'printer cover open',
    '合上打印机盖后补打',
    'Close the cover, then reprint',
  ),
  'printer.cutter': cause('切刀故障', 'cutter error', '清理切刀后补打', 'Free the cutter, then reprint'),
  'printer.overheat': cause('打印头过热', 'print head too hot', '等打印头冷却后补打', 'Let it cool down, then reprint'),
  'printer.offline': cause('打印机脱机', 'printer offline', '按打印机联机键后补打', 'Press ONLINE, then reprint'),
  'printer.upside-down': cause(
    '纸装反了',
    'the paper lies the wrong way round',
    '翻转纸卷后补打',
    'Turn the paper roll, then reprint',
  ),
  'printer.broken': cause('打印机故障', 'printer broken', '报修打印机,修好后补打', 'Have it repaired, then reprint'),
  'printer.no-answer': cause(
    '打印机无应答',
    'the printer does not answer',
    '检查打印机电源后补打',
    'Check printer power, then reprint',
  ),
  'printer.unconfirmed': cause(
    '打印机不能确认打印',
    'the printer cannot confirm what it prints',
    '请看小票,没有时补打',
    'Look at the paper; reprint if none',
  ),
  'link.printer-lost': cause(
    '打印机连接断开',
    'the connection to the printer was lost',
    '检查打印机连接',
    'Check the printer cable',
  ),
  'terminal.power-cut': cause('终端断电重启', 'the terminal lost power', '已恢复,见结果', 'Recovered; see the result'),
  'terminal.misread': cause('付款码识别错误', 'the payment code was misread', '请重新扫码', 'Scan the code again'),
  'terminal.misconfigured': cause(
    '配置错误',
    'the terminal is configured wrongly',
    '配置错误:请联系管理员',
    'Wrong setting: call the manager',
  ),
  'terminal.outdated': cause('终端需要更新', 'the terminal is out of date', '需要更新', 'The terminal needs an update'),
  'operation.timeout': cause(
    '顾客未在规定时间内确认',
    'the customer did not confirm in time',
    '未支付,请重新扫码',
    'Not paid; scan a new code',
  ),
  'operation.cashier': cause(
    '收银员操作',
    'what was done at the till',
    '看清结果,勿重复收款',
    'See the result; do not charge twice',
  ),
  'operation.print-cancelled': cause('打印被取消', 'the printing was called off', '需要时补打', 'Reprint if need be'),
  'customer.skipped-scan': cause(
    '顾客未扫码',
    'the customer showed no code',
    '未扫码,未支付',
    'No code read, not paid',
  ),
  'customer.refused': cause(
    '顾客未能付款',
    'the customer could not or would not pay',
    '请换付款方式,重新收款',
    'Charge again by another way to pay',
  ),
  'customer.left-early': cause(
    '顾客提前离开',
    'the customer left before the ticket',
    '可补打或发送电子凭证',
    'Reprint, or send a digital ticket',
  ),
  'customer.no-ticket-wanted': cause('顾客不要小票', 'the customer wants no ticket', '无需打印', 'Nothing to print'),
  'environment.peak': cause(
    '高峰时段,响应慢',
    'rush hour: answers are slow',
    '请稍候,勿重复收款',
    'Please wait; do not charge again',
  ),
  'environment.missed-scan': cause(
    '重复扫码',
    'a code was read while none was asked for',
    '已扫码,勿重复',
    'Code already read, do not repeat',
  ),
  'policy.paper-required': cause(
    '规定必须提供纸质小票',
    'a paper ticket is required',
    '必须提供纸质小票',
    'A paper ticket is required',
  ),
} as const satisfies Record<string, CauseWords>;

export type CauseId = keyof typeof CAUSES;

export const CAUSE_IDS = Object.keys(CAUSES) as CauseId[]; // The keys of a literal are its names.
