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
      '终端自检,并从交易记录里找出断电前没有做完的交易。',
      'The terminal tests itself, and finds in its records what was open when the power went.',
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
  unasked: state(
    w('还没有输入金额', 'No amount yet'),
    w('扫到了付款码,但还没有开始收款。没有扣款。', 'A code was read before a sale was begun. No money moved.'),
    w('先输入金额,再请顾客出示付款码。', 'Key in the amount first, then have the customer show the code.'),
  ),
  scanning: state(
    w('等待扫码', 'Waiting for the code'),
    w('还没有扫到付款码,没有向平台发出任何请求。', 'No code was read yet, and nothing was sent to the platform.'),
    w(
      '请顾客出示付款码并扫码;提示无效时请顾客刷新后再扫,提示不收时请顾客换一种。',
      'Scan the code on the phone; if it is not valid, have the customer refresh it; if it is not accepted here, ask for another wallet.',
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
      '支付平台没有及时答复,终端正在查询是否已付款。',
      'The payment platform did not answer in time; the terminal asks whether it was paid.',
    ),
    WAIT,
  ),
  'settling.pausing': state(
    w('稍候再核对', 'Checking again soon'),
    w(
      '还不知道是否已付款,几秒后再查询。显示会说原因:网络中断、平台繁忙或没有应答。',
      'It is not known yet; it is asked again in some seconds. The display says why: network, busy platform, or no answer.',
    ),
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
  'reversing.asking': state(
    w('拒绝撤销后查询', 'Asking after a refusal'),
    w(
      '支付平台拒绝撤销,终端在查询这笔交易是否仍为已支付。',
      'The platform refused to cancel, and the terminal asks whether the sale is still paid.',
    ),
    WAIT,
  ),
  'reversing.pausing': state(
    w('稍候再撤销', 'Cancelling again soon'),
    w('平台还没有确认撤销,几秒后再试。', 'The platform did not confirm yet; it is tried again in some seconds.'),
    WAIT,
  ),
  paid: state(
    w('已支付', 'Paid'),
    w(
      '已确认付款,接着打印小票,或先问要不要小票。',
      'The payment is certain. The ticket is next, or the question whether one is wanted.',
    ),
    w('等待片刻。', 'Wait a moment.'),
  ),
  prompting: state(
    w('要小票吗', 'A ticket?'),
    w(
      '已付款,显示屏问要不要小票。没有回答就打印。',
      'Paid; the display asks whether a ticket is wanted. Without an answer it is printed.',
    ),
    w('问顾客:打印、电子凭证,还是不要。', 'Ask the customer: on paper, a digital one, or none.'),
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
      '不要重复收款。按显示处理打印机,再补打;或给电子凭证;除非显示要求先补打,也可以先收下一笔。',
      'Do not charge again. Mend the printer as shown, then reprint; or give a digital ticket; or go on with the next sale, unless the display wants the ticket first.',
    ),
  ),
  digital: state(
    w('电子凭证', 'Digital ticket'),
    w('已付款,显示屏上是电子凭证的二维码。', 'Paid; the display shows the code of the digital ticket.'),
    w('请顾客扫码保存;需要纸质小票时仍可补打。', 'Have the customer scan it; a paper ticket can still be printed.'),
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
  noTicket: state(
    w('不要小票', 'No ticket wanted'),
    w('已付款,顾客不要小票。', 'Paid, and the customer wants no ticket.'),
    w('无需打印。顾客改变主意时可以补打。', 'Nothing to print. If the customer thinks better of it, reprint.'),
  ),
  declined: state(
    w('未成功', 'Declined'),
    w('支付平台拒绝了,没有扣款。', 'The payment platform refused. No money moved.'),
    w(
      '按显示做:换付款码、换付款方式,或联系管理员;然后重新收款。',
      'Do as the display says: another code, another way to pay, or call the manager; then charge again.',
    ),
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
  notReversed: state(
    w('未撤销', 'Not cancelled'),
    w(
      '要求撤销已支付的交易,支付平台拒绝了。该单仍为已支付。',
      'A paid sale was to be reversed, and the payment platform refused. It is paid as before.',
    ),
    w('要退款请在支付平台办理。', 'To give the money back, refund it with the platform.'),
  ),
  unresolved: state(
    w('结果未知', 'Not known'),
    w(
      '支付平台一直没有答复。终端会在后台继续撤销,直到有结果。',
      'The payment platform never answered. The terminal goes on cancelling in the background until it does.',
    ),
    w('不要重复收款。稍后查看这笔交易的结果。', 'Do not charge again. Look at the result of this sale later.'),
  ),
  paperRequired: state(
    w('必须有纸质小票', 'Paper is a must'),
    w(
      '本店规定必须提供纸质小票,而打印机现在打不了,所以没有开始收款。',
      'This shop wants a paper ticket for every sale, and the printer cannot print now: no sale was begun.',
    ),
    w('按显示处理打印机,再收款。', 'Mend the printer as shown, then charge.'),
  ),
  page: state(
    w('打印单据', 'Printing a page'),
    w('打印机正在打印收款系统的单据,不是小票。', 'The printer prints a page of the till, which is no ticket.'),
    w('等待片刻。', 'Wait a moment.'),
  ),
  selfTest: state(
    w('打印自检页', 'Test page'),
    w('打印机正在打印自检页,用来看打印是否清楚。', 'The printer prints a test page, to see whether the print is good.'),
    w('看自检页,再告诉终端:完整、空白或看不清。', 'Look at it, and tell the terminal: complete, blank or unreadable.'),
  ),
  outOfService: state(
    w('暂停服务', 'Out of service'),
    w(
      '交易记录写不进去,所以什么都不能做。已记录的都是安全的。',
      'The record of sales cannot be written, so nothing may be done. What was written is safe.',
    ),
    w('重启终端;仍不行请报修。', 'Restart the terminal; call service if that does not help.'),
  ),
};

/** Compound states, which are a frame around others. */
export const GROUP_WORDS: Readonly<Record<string, Words>> = {
  settling: w('收款与核对', 'Charging and checking'),
  reversing: w('撤销', 'Cancelling'),
};

/** A name in words; one that has none yet as it is. */
export function said(words: Readonly<Record<string, Words>>, name: string, lang: keyof Words): string {
  return words[name]?.[lang] ?? name;
}
