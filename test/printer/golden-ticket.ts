import type { TicketDocument, TicketElement } from '../../src/ports/ticket.js';

/** An arrow to the upper right and a bar below it: any mirroring, turning or slipping of rows shows. */
const ARROW = [
  '..........########',
  '............######',
  '..........########',
  '........######..##',
  '......######....##',
  '....######........',
  '..######..........',
  '######............',
  '####..............',
  '##................',
  '..................',
  '##################',
  '#................#',
  '##################',
];
/** Dots along one side of each square above. */
const SCALE = 4;

function picture(drawing: readonly string[]): TicketElement {
  const widthDots = (drawing[0]?.length ?? 0) * SCALE;
  const heightDots = drawing.length * SCALE;
  const rowBytes = Math.ceil(widthDots / 8);
  const rows = new Uint8Array(rowBytes * heightDots);
  for (let y = 0; y < heightDots; y++) {
    for (let x = 0; x < widthDots; x++) {
      const at = y * rowBytes + (x >> 3);
      const ink = drawing[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)] === '#';
      if (ink) rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { kind: 'image', widthDots, heightDots, rows };
}

/** Everything that a ticket can hold, once. */
export const GOLDEN_TICKET: TicketDocument = {
  elements: [
    { kind: 'text', text: '纸堵咖啡', align: 'center', bold: true, width: 2, height: 2 },
    { kind: 'text', text: 'Paper Jam Coffee', align: 'center' },
    picture(ARROW),
    { kind: 'rule' },
    { kind: 'pair', label: '订单号 Order', value: '20260101080000000001' },
    { kind: 'pair', label: '交易号 Trade', value: '2026010122001423451234567890' },
    { kind: 'pair', label: '金额 Total', value: '¥12.80', bold: true, height: 2 },
    { kind: 'text', text: '人民币壹拾贰元捌角整', align: 'right' },
    { kind: 'text', text: 'underlined 下划线', underline: true },
    { kind: 'text', text: 'white on black 反白', reverse: true },
    { kind: 'text', text: 'wide 宽', width: 2 },
    { kind: 'text', text: 'high 高', height: 2 },
    {
      kind: 'text',
      text: 'A line of English that is too long for any receipt and wraps between words. 很长的中文也会换行，而且标点不在行首。',
    },
    { kind: 'rule' },
    { kind: 'qr', data: 'https://example.com/票/20260101080000000001', moduleDots: 5, level: 'M' },
    { kind: 'barcode', system: 'code128', data: 'PJ-20260101', heightDots: 64 },
    { kind: 'barcode', system: 'ean13', data: '690123456789', moduleDots: 3, hri: false },
    { kind: 'text', text: '谢谢惠顾 THANK YOU', align: 'center' },
    { kind: 'feed', lines: 2 },
    { kind: 'cut' },
  ],
};

/** The same for a printer whose language has no pictures. */
export const GOLDEN_TICKET_WITHOUT_PICTURE: TicketDocument = {
  elements: GOLDEN_TICKET.elements.filter(({ kind }) => kind !== 'image'),
};
