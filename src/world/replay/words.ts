import type { Reply } from './replies.js';

/** Bits of a byte and what each says. */
type Bits = readonly (readonly [mask: number, words: string])[];

/** By the n of `DLE EOT n` (facts: TM-U220, SRP-350, CT-S2000, TP80K manuals). */
const REAL_TIME: Readonly<Record<string, Bits>> = {
  '1': [
    [0x04, 'drawer pin high'],
    [0x08, 'offline'],
    [0x20, 'waits for recovery'],
    [0x40, 'feed button pressed'],
  ],
  '2': [
    [0x04, 'cover open'],
    [0x08, 'fed by button'],
    [0x20, 'stopped by paper end'],
    [0x40, 'error'],
  ],
  '3': [
    [0x04, 'mechanical error'],
    [0x08, 'cutter error'],
    [0x20, 'unrecoverable error'],
    [0x40, 'overheated'],
  ],
  '4': [
    [0x0c, 'paper near end'],
    [0x60, 'paper end'],
  ],
};

const AUTOMATIC: readonly Bits[] = [
  [
    [0x04, 'drawer pin high'],
    [0x08, 'offline'],
    [0x20, 'cover open'],
    [0x40, 'fed by button'],
  ],
  [
    [0x01, 'waits for recovery'],
    [0x02, 'feed button pressed'],
    [0x04, 'mechanical error'],
    [0x08, 'cutter error'],
    [0x20, 'unrecoverable error'],
    [0x40, 'overheated'],
  ],
  [
    [0x03, 'paper near end'],
    [0x0c, 'paper end'],
  ],
];

const PAPER: Bits = [
  [0x03, 'paper near end'],
  [0x0c, 'paper end'],
];

/** What a reply says, with its bytes: `7e paper near end, paper end`. `request`: the question that it answers, if that is known. */
export function replyWords({ kind, bytes }: Reply, request?: string): string {
  const hex = hexOf(bytes);
  const words = wordsOf(kind, bytes, request);
  return words === '' ? hex : `${hex} ${words}`;
}

function wordsOf(kind: Reply['kind'], bytes: Uint8Array, request: string | undefined): string {
  const [byte = 0] = bytes;
  switch (kind) {
    case 'flow':
      return byte === 0x11 ? 'XON' : 'XOFF';
    case 'real-time':
      return said([[byte, REAL_TIME[/^DLE EOT (\d)$/.exec(request ?? '')?.[1] ?? ''] ?? []]], byte === 0x12);
    case 'asb':
      return said(AUTOMATIC.map((bits, i) => [bytes[i] ?? 0, bits]));
    case 'byte':
      return request === 'GS r 1' || request === 'GS r 49' || request === 'ESC v' ? said([[byte, PAPER]]) : '';
    case 'block':
      return blockWords(bytes);
    case 'noise':
      return 'no reply';
  }
}

/** The bits that are set; without any, and when none can be meant, all is clear. */
function said(parts: readonly (readonly [number, Bits])[], clear = true): string {
  const words = parts.flatMap(([byte, bits]) => bits.filter(([mask]) => (byte & mask) !== 0).map(([, text]) => text));
  return words.length > 0 ? words.join(', ') : clear || parts.some(([, bits]) => bits.length > 0) ? 'all clear' : '';
}

function blockWords(bytes: Uint8Array): string {
  const [header, id] = bytes;
  if (header === 0x5f) return JSON.stringify(Buffer.from(bytes.subarray(1, -1)).toString('latin1'));
  if (header === 0x37 && id === 0x22) return `printed to ${textOrHex(bytes.subarray(2, -1))}`;
  if (header === 0x37 && id === 0x25) return 'buffers cleared';
  if (header === 0x3b) return 'switching off';
  return '';
}

export function textOrHex(bytes: Uint8Array): string {
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  return isText ? Buffer.from(bytes).toString('latin1') : hexOf(bytes);
}

/** `10 04 01` */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ');
}
