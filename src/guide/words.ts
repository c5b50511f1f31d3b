/** The state machine's names in the cashier's words. A test finds every name of the machine that is not here. */
import type { Words } from '../terminal/screens.js';

export interface StateWords {
  readonly title: Words;
  readonly means: Words;
  readonly todo: Words;
}

const w = (zh: string, en: string): Words => ({ zh, en });
const state = (title: Words, means: Words, todo: Words): StateWords => ({ title, means, todo });
const WAIT = w('等待,不要重复收款。', 'Wait. Do not charge again.');
const NEXT = w('可以直接收下一笔。', 'The next sale can begin.');

/** By the state's path in the machine. */
export const STATE_WORDS: Readonly<Record<string, StateWords>> = {
  boot: state(
    w('开机', 'Starting'),
    w(
      '终端自检,并从日志里找出断电前没有做完的交易。',
      'The terminal tests itself, and finds in its journal what was open when the power went.',
    ),
    w('等待片刻。', 'Wait a moment.'),
  ),
  next: state(
    w('继续未完成的事', 'Taking up what is open'),
    w(
      '没有做完的交易一笔接一笔地处理:核对、撤销或打印。',
      'Open sales are dealt with one after the other: checked, cancelled or printed.',
    ),
    w('等待片刻。', 'Wait a moment.'),
  ),
  idle: state(
    w('待机', 'Ready'),
    w('可以收款。打印机有故障时会显示。', 'A sale can begin. A fault of the printer is shown.'),
    w('输入金额开始收款;打印机有故障先处理。', 'Key in the amount. If the printer has a fault, mend that first.'),
  ),
  scanning: state(
    w('等待扫码', 'Waiting for the code'),
    w('还没有扫到付款码,没有向平台发出任何请求。', 'No code was read yet, and nothing was sent to the platform.'),
    w(
      '请顾客出示付款码并扫码;提示无效时请顾客刷新后再扫。',
      'Scan the code on the phone; if it is not valid, have the customer refresh it.',
    ),
  ),
  'settling.authorizing': state(
    w('正在收款', 'Charging'),
    w(
      '付款码已扫到,请求已发出,等平台答复。顾客可能已经付款。',
      'The code was read and the request sent. The customer may have paid already.',
    ),
    WAIT,
  ),
  'settling.givingUp': state(
    w('取消中,等收款答复', 'Giving up, awaiting the answer'),
    w(
      '收银员按了取消。收款请求还在路上,要等它有结果后才能撤销。',
      'The cashier cancelled. The request is still on its way, and is waited for before it is cancelled.',
    ),
    WAIT,
  ),
  'settling.awaitingBuyer': state(
    w('等顾客确认', 'Waiting for the customer'),
    w('顾客的手机要求输入密码。', "The customer's phone asks for the password."),
    w('请顾客在手机上确认;顾客不付可按取消。', 'Ask the customer to confirm on the phone; cancel if they will not.'),
  ),
  'settling.querying': state(
    w('正在核对', 'Checking'),
    w(
      '平台没有及时答复,终端正在查询是否已付款。',
      'The platform did not answer in time; the terminal asks whether it was paid.',
    ),
    WAIT,
  ),
  'settling.pausing': state(
    w('稍候再核对', 'Checking again soon'),
    w('还不知道是否已付款,几秒后再查询。', 'It is not known yet; it is asked again in some seconds.'),
    WAIT,
  ),
  'reversing.calling': state(
    w('正在撤销', 'Cancelling'),
    w(
      '这笔交易要在平台上关闭;已付的钱会退回。',
      'The order is being closed at the platform; money that was paid goes back.',
    ),
    WAIT,
  ),
  'reversing.pausing': state(
    w('稍候再撤销', 'Cancelling again soon'),
    w('平台还没有确认撤销,几秒后再试。', 'The platform did not confirm yet; it is tried again in some seconds.'),
    WAIT,
  ),
  printing: state(
    w('正在打印', 'Printing'),
    w('顾客已付款,小票正在打印。', 'The customer has paid, and the ticket is being printed.'),
    w('等小票打完,不要重复收款。', 'Wait for the ticket. Do not charge again.'),
  ),
  printFault: state(
    w('打印故障', 'Print fault'),
    w('顾客已付款,小票没有打出来或没有打完。', 'The customer has paid; the ticket did not come out, or not all of it.'),
    w(
      '不要重复收款。按显示处理打印机,再补打;也可以先收下一笔。',
      'Do not charge again. Mend the printer as shown, then reprint; or go on with the next sale.',
    ),
  ),
  done: state(
    w('完成', 'Done'),
    w('已付款,小票已打印,打印机已确认。', 'Paid, and the printer has confirmed the ticket.'),
    w('把小票交给顾客。', 'Hand the ticket over.'),
  ),
  unconfirmed: state(
    w('请看小票', 'Look at the ticket'),
    w('已付款,但这台打印机不能确认是否打印完整。', 'Paid, but this printer cannot confirm what it printed.'),
    w('看一眼小票;没有或不完整就补打。', 'Look at the ticket; reprint if there is none or not all of it.'),
  ),
  declined: state(
    w('未成功', 'Declined'),
    w('平台拒绝了,没有扣款。', 'The platform refused. No money moved.'),
    w('请顾客换一个付款码或付款方式,重新收款。', 'Ask for another code or another way to pay, and charge again.'),
  ),
  notScanned: state(
    w('未扫码', 'No code'),
    w('在规定时间内没有扫到付款码,没有扣款。', 'No code was read in time. No money moved.'),
    w('需要时重新收款。', 'Charge again if need be.'),
  ),
  givenUp: state(
    w('已取消', 'Given up'),
    w('扫码之前就取消了,没有扣款。', 'Cancelled before a code was read. No money moved.'),
    NEXT,
  ),
  expired: state(
    w('未支付', 'Not paid'),
    w('顾客没有付款,订单已关闭。', 'The customer did not pay, and the order is closed.'),
    w('请顾客出示新的付款码,重新收款。', 'Ask for a new code, and charge again.'),
  ),
  reversed: state(
    w('已撤销退款', 'Money returned'),
    w('顾客付过款,钱已退回。', 'The customer had paid, and the money went back.'),
    w('需要时重新收款。', 'Charge again if need be.'),
  ),
  unresolved: state(
    w('结果未知', 'Not known'),
    w(
      '平台一直没有答复。终端会在后台继续撤销,直到有结果。',
      'The platform never answered. The terminal goes on cancelling in the background until it does.',
    ),
    w('不要重复收款。稍后查看这笔交易的结果。', 'Do not charge again. Look at the result of this sale later.'),
  ),
  outOfService: state(
    w('暂停服务', 'Out of service'),
    w(
      '日志写不进去,所以什么都不能做。已记录的都是安全的。',
      'The journal cannot be written, so nothing may be done. What was written is safe.',
    ),
    w('重启终端;仍不行请报修。', 'Restart the terminal; call service if that does not help.'),
  ),
};

/** Compound states, which are a frame around others. */
export const GROUP_WORDS: Readonly<Record<string, Words>> = {
  settling: w('收款与核对', 'Charging and checking'),
  reversing: w('撤销', 'Cancelling'),
};

/** What happens, by the event or delay that the machine names. */
export const EVENT_WORDS: Readonly<Record<string, Words>> = {
  SELL: w('输入金额', 'amount keyed in'),
  SCAN: w('扫到付款码', 'code read'),
  CANCEL: w('按取消', 'cancel pressed'),
  REPRINT: w('按补打', 'reprint pressed'),
  AUTHORIZED: w('收款答复', 'answer to the charge'),
  QUERIED: w('查询答复', 'answer to the query'),
  CANCELLED: w('撤销答复', 'answer to the cancel'),
  PRINTED: w('打印结果', 'print result'),
  PRINTER_STATUS: w('打印机状态变化', 'printer status changes'),
  FOUND_PAID: w('后台查到已支付', 'found paid in the background'),
  STORAGE_FAILED: w('存储故障', 'storage fails'),
  always: w('随即', 'at once'),
  scanTimeout: w('超时未扫码', 'no code in time'),
  authorizeTimeout: w('收款答复超时', 'no answer to the charge'),
  queryTimeout: w('查询答复超时', 'no answer to the query'),
  queryInterval: w('到时间再查', 'time to ask again'),
  cancelTimeout: w('撤销答复超时', 'no answer to the cancel'),
  cancelInterval: w('到时间再撤销', 'time to cancel again'),
  result: w('显示几秒后', 'after some seconds'),
};

/** On what condition, by the guard that the machine names. */
export const GUARD_WORDS: Readonly<Record<string, Words>> = {
  paid: w('已支付', 'paid'),
  waiting: w('顾客要确认', 'the customer has to confirm'),
  unclear: w('不明确', 'not clear'),
  unclearToTheEnd: w('多次仍不明确', 'not clear to the end'),
  refused: w('拒绝', 'refused'),
  closed: w('已关闭', 'closed'),
  refunded: w('已退款', 'money returned'),
  cancelled: w('已撤销', 'cancelled'),
  cancelUnclear: w('不明确', 'not clear'),
  anyAnswer: w('其他答复', 'any other'),
  queriesLeft: w('还可再查', 'queries left'),
  cancelsLeft: w('还可再撤销', 'cancels left'),
  codeAccepted: w('有效', 'valid'),
  nextIsAsk: w('有待核对', 'one to be checked'),
  nextIsReverse: w('有待撤销', 'one to be cancelled'),
  nextIsPrint: w('有待打印', 'one to be printed'),
  jobPrinted: w('打完', 'printed'),
  jobUnconfirmed: w('无法确认', 'cannot be confirmed'),
  jobFailed: w('没打完', 'not printed'),
  reprintsItself: w('自动补打', 'reprints by itself'),
};

/** A name in words; one that has none yet as it is. */
export function said(words: Readonly<Record<string, Words>>, name: string, lang: keyof Words): string {
  return words[name]?.[lang] ?? name;
}
