import type { PrinterProfile } from '../../../ports/device.js';
import { ANSWER_MS, type Bench } from '../../bench.js';
import type { ReplyOf } from '../../conversation.js';
import { DLE_EOT_1_TO_4 } from '../../escpos.js';
import { answersRealTime, automaticBytes, DRAWER, hex, realTimeByte } from '../../expected.js';
import { type Bits, NO_BITS } from '../../fault-bits.js';
import type { Work } from '../../wait.js';

type Four = readonly number[];

/** What a printer says while some bits are set, and how what it says is compared with that. */
export class StatusWords {
  /** `DLE EOT` 1 to 4, as words of a record. */
  readonly realTime: string;
  /** Automatic Status Back, as words of a record, if it pushes any: `silence`. */
  readonly automatic: string;
  readonly #open: Bits;

  /** `stops`: what is set stops the printer, and with it the line of a model that is then busy. */
  constructor(profile: PrinterProfile, set: Bits, open: Bits = NO_BITS, stops = false) {
    this.#open = open;
    const { realTime = {}, automaticBits } = profile.status ?? {};
    const bytes = ([1, 2, 3, 4] as const).map(
      (n, i) => (realTimeByte(profile, n) ?? 0) | ((set.realTime[i] ?? 0) & ~(realTime[n]?.never ?? 0)),
    );
    const silent = !answersRealTime(profile) || (stops && isDeafOffline(profile));
    this.realTime = this.ofRealTime(silent ? undefined : bytes);
    const idle = (profile.status?.automatic ?? 'changes') === 'changes' ? automaticBytes(profile) : undefined;
    const pushed = idle?.map((byte, i) => byte | ((set.automatic[i] ?? 0) & ~(automaticBits?.never[i] ?? 0)));
    this.automatic = this.ofAutomatic(pushed);
  }

  /** As words, without the drawer and what may be this or that. */
  ofRealTime(bytes: Four | undefined): string {
    const { realTime } = this.#open;
    return hex(bytes?.map((byte, i) => byte & ~(realTime[i] ?? 0) & ~(i === 0 ? DRAWER.realTime : 0)));
  }

  ofAutomatic(bytes: Four | undefined): string {
    const { automatic } = this.#open;
    return hex(bytes?.map((byte, i) => byte & ~(automatic[i] ?? 0) & ~(i === 0 ? DRAWER.automatic : 0)));
  }

  /** The first status pushed since `at` that says so, or else the last one at all. */
  pushed(asb: readonly ReplyOf<'asb'>[]): ReplyOf<'asb'> | undefined {
    return asb.find(({ bytes }) => this.ofAutomatic(bytes) === this.automatic) ?? asb.at(-1);
  }
}

/** It stops its host by DTR while it is offline: then no question reaches it, and no `DLE ENQ`. */
export function isDeafOffline({ busyWhen, flowControl = 'dtr' }: PrinterProfile): boolean {
  return busyWhen === 'full or offline' && flowControl === 'dtr';
}

/** The answers to `DLE EOT` 1 to 4; `undefined`: not all of them came. */
export function* askStatus(bench: Bench): Work<number[] | undefined> {
  const { line } = bench;
  // What a printer holds back is still under way: asking more would only pile up.
  yield* bench.until(() => line.pendingBytes === 0 || !line.up, ANSWER_MS, 5);
  if (!line.up || line.pendingBytes > 0) return undefined;
  const mark = line.mark();
  line.write(DLE_EOT_1_TO_4);
  yield* bench.until(() => line.all(mark, 'realtime').length >= 4 || !line.up, ANSWER_MS + line.wireBusyMs);
  const answers = line.all(mark, 'realtime').map(({ byte }) => byte);
  return answers.length < 4 ? undefined : answers;
}
