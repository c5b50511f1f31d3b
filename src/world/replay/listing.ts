import { oneLine } from '../../base/one-line.js';
import type { RecordedEvent } from '../../links/recording/format.js';
import { CommandReader, type StreamItem } from './commands.js';
import { ReplyReader } from './replies.js';
import { Pending, RequestReader } from './requests.js';
import { hexOf, replyWords } from './words.js';

const LINE_BYTES = 16;
const TEXT_SHOWN = 48;
const ARGS_SHOWN = 12;
const PATIENCE_MS = 3_000;

/**
 * A recording in lines: time in seconds, direction with the offset in its stream, bytes, words.
 *
 *     1.204417  >812     10 04 04                                         DLE EOT 4
 *     1.204938  <41      12                                               DLE EOT 4: 12 all clear
 */
export class RecordingListing {
  readonly #commands = new CommandReader();
  readonly #requests = new RequestReader();
  readonly #replies = new ReplyReader();
  readonly #pending = new Pending(PATIENCE_MS, () => {});

  lines(event: RecordedEvent): string[] {
    const atMs = event.atUs / 1_000;
    const line = (place: string, rest: string) =>
      `${(atMs / 1_000).toFixed(6).padStart(12)}  ${place.padEnd(9)} ${rest}`.trimEnd();
    switch (event.kind) {
      case 'opened':
        return [line('O', 'opened')];
      case 'closed':
        this.#pending.end();
        return [line('C', 'closed')];
      case 'lost':
        this.#pending.end();
        return [line('L', `lost (${oneLine(event.code)}): ${oneLine(event.message)}`)];
      case 'rate':
        return [line('R', event.baud === 0 ? 'no rate' : `${event.baud} baud`)];
      case 'mark':
        return [line('M', oneLine(event.text))];
      case 'toPrinter':
        return this.#toPrinter(event.bytes, atMs).map(([at, rest]) => line(`>${at}`, rest));
      case 'fromPrinter':
        return this.#fromPrinter(event.bytes, atMs).map(([at, rest]) => line(`<${at}`, rest));
    }
  }

  #toPrinter(bytes: Uint8Array, atMs: number): [number, string][] {
    for (const found of this.#requests.feed(bytes, atMs)) {
      if (found === 'cleared') {
        this.#pending.cleared();
        this.#commands.reset(); // So that the clearing itself is shown as what it is.
      } else this.#pending.ask(found);
    }
    const from = this.#commands.offset;
    const words = this.#commands.feed(bytes).map((item) => ({ at: item.from, text: itemWords(item) }));
    return inSlices(bytes, from, words);
  }

  #fromPrinter(bytes: Uint8Array, atMs: number): [number, string][] {
    const from = this.#replies.offset;
    const words = this.#replies.feed(bytes, atMs).map((reply) => {
      const request = reply.kind === 'flow' ? undefined : this.#pending.answeredBy(reply)?.name;
      const text = replyWords(reply, request);
      return { at: reply.offset, text: request === undefined ? text : `${request}: ${text}` };
    });
    return inSlices(bytes, from, words);
  }
}

/** So many bytes a line, each line with the words of what begins in it, or began before and ends in these bytes. */
function inSlices(
  bytes: Uint8Array,
  from: number,
  words: readonly { readonly at: number; readonly text: string }[],
): [number, string][] {
  const lines: [number, string][] = [];
  let next = 0;
  for (let i = 0; i < bytes.length; i += LINE_BYTES) {
    const slice = bytes.subarray(i, i + LINE_BYTES);
    const here: string[] = [];
    for (; next < words.length && (words[next]?.at ?? 0) < from + i + slice.length; next++)
      here.push(words[next]?.text ?? '');
    lines.push([from + i, `${hexOf(slice).padEnd(3 * LINE_BYTES)}  ${here.join(' · ')}`]);
  }
  return lines;
}

/** What a person would call it: `GS ! 11`, `"TOTAL"`, `unknown 07`. */
function itemWords({ what, name, args }: StreamItem): string {
  if (what === 'text') {
    const text = readable(args);
    return text.length > TEXT_SHOWN ? `"${text.slice(0, TEXT_SHOWN)}…"` : `"${text}"`;
  }
  if (what === 'unknown') return `unknown ${hexOf(args)}`;
  const shown = hexOf(args.subarray(0, ARGS_SHOWN));
  const more = args.length > ARGS_SHOWN ? ` … (${args.length} bytes)` : '';
  return [name, shown].filter((part) => part !== '').join(' ') + more;
}

const GB18030 = new TextDecoder('gb18030');

/** Text as most printers here would take it. */
function readable(bytes: Uint8Array): string {
  return GB18030.decode(bytes).replaceAll(/[\p{C}\p{Z}]/gu, ' ');
}
