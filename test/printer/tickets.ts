import type { TicketDocument, TicketElement } from '../../src/ports/ticket.js';

/** `lines` numbered lines, then a cut. */
export function numbered(lines: number, mark = 'LINE'): TicketDocument {
  const elements: TicketElement[] = [];
  for (let line = 1; line <= lines; line++) elements.push({ kind: 'text', text: `${mark} ${line}` });
  elements.push({ kind: 'feed', lines: 2 }, { kind: 'cut' });
  return { elements };
}

/** A ticket as a shop prints it: 25 lines, Chinese and ASCII, a QR code, a cut. */
export const SHOP_TICKET: TicketDocument = {
  elements: [
    { kind: 'text', text: '纸堵咖啡', align: 'center', width: 2, height: 2, bold: true },
    { kind: 'text', text: 'Paper Jam Coffee', align: 'center' },
    { kind: 'text', text: '签购单 SALES SLIP', align: 'center', bold: true },
    { kind: 'rule' },
    { kind: 'pair', label: '商户编号', value: '104310058120231' },
    { kind: 'pair', label: '终端编号', value: '10023001' },
    { kind: 'pair', label: '操作员', value: '001 小陈' },
    { kind: 'pair', label: '日期时间', value: '2026-01-01 08:00:00' },
    { kind: 'rule' },
    { kind: 'pair', label: '交易类型', value: '支付宝 扫码支付' },
    { kind: 'pair', label: '订单号', value: '20260101080000000001' },
    { kind: 'pair', label: '平台交易号', value: '2026010122001423451234567890' },
    { kind: 'pair', label: '付款账户', value: '138****8888' },
    { kind: 'rule' },
    { kind: 'pair', label: '美式咖啡 x1', value: '12.80' },
    { kind: 'pair', label: '优惠', value: '0.00' },
    { kind: 'rule' },
    { kind: 'pair', label: '金额', value: '¥12.80', width: 2, height: 2, bold: true },
    { kind: 'text', text: '人民币壹拾贰元捌角整' },
    { kind: 'pair', label: '状态', value: '支付成功 PAID' },
    { kind: 'rule' },
    { kind: 'text', text: '扫码查看电子小票', align: 'center' },
    { kind: 'qr', data: 'https://example.com/t/20260101080000000001' },
    { kind: 'text', text: '谢谢惠顾，欢迎再次光临', align: 'center' },
    { kind: 'text', text: '客服电话 400-000-0000', align: 'center' },
    { kind: 'text', text: 'POWERED BY paperjam', align: 'center' },
    { kind: 'feed', lines: 3 },
    { kind: 'cut' },
  ],
};

/** The lines of a `numbered` ticket as they come out. */
export function linesOf(ticket: TicketDocument): string[] {
  return ticket.elements.flatMap((element) => (element.kind === 'text' ? [element.text] : []));
}
