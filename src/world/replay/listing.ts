import type { RecordedEvent } from '../../links/recording/format.js';
import { CommandReader, type StreamItem } from './commands.js';
import { ReplyReader } from './replies.js';
import { Pending, RequestReader } from './requests.js';
import { hexOf, replyWords, textOrHex } from './words.js';

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
  #toBytes = 0;
  #fromBytes = 0;

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
        return [line('L', `lost (${event.code}): ${event.message}`)];
      case 'mark':
        return [line('M', event.text.replaceAll(/\s+/g, ' '))];
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
        this.#commands.reset();
      } else this.#pending.ask(found);
    }
    return slices(bytes).map((slice) => {
      const at = this.#toBytes;
      this.#toBytes += slice.length;
      return [at, withWords(slice, this.#commands.feed(slice).map(itemWords))];
    });
  }

  #fromPrinter(bytes: Uint8Array, atMs: number): [number, string][] {
    return slices(bytes).map((slice) => {
      const at = this.#fromBytes;
      this.#fromBytes += slice.length;
      const words = this.#replies.feed(slice, atMs).map((reply) => {
        const request = reply.kind === 'flow' ? undefined : this.#pending.answeredBy(reply)?.name;
        return request === undefined ? replyWords(reply) : `${request}: ${replyWords(reply, request)}`;
      });
      return [at, withWords(slice, words)];
    });
  }
}

function slices(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.length / LINE_BYTES);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * LINE_BYTES, (i + 1) * LINE_BYTES));
}

function withWords(bytes: Uint8Array, words: readonly string[]): string {
  return `${hexOf(bytes).padEnd(3 * LINE_BYTES)}  ${words.join(' · ')}`;
}

/** What a person would call it: `GS ! 11`, `"TOTAL"`, `unknown 07`. */
function itemWords({ what, name, args }: StreamItem): string {
  if (what === 'text') {
    const text = textOrHex(args);
    return text.length > TEXT_SHOWN ? `"${text.slice(0, TEXT_SHOWN)}…"` : `"${text}"`;
  }
  if (what === 'unknown') return `unknown ${hexOf(args)}`;
  const shown = hexOf(args.subarray(0, ARGS_SHOWN));
  const more = args.length > ARGS_SHOWN ? ` … (${args.length} bytes)` : '';
  return [name, shown].filter((part) => part !== '').join(' ') + more;
}
