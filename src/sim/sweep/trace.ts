import { createHash } from 'node:crypto';
import type { FixtureRun } from '../../fixture/result.js';
import type { Recorder } from '../../fixture/timeline/recorder.js';
import type { Simulation } from '../../world/simulated.js';
import type { World } from '../../world/world.js';

/**
 * All that happened in a run, in lines of text, each with its time: what the terminal went through, showed and wrote, what
 * people did, and in the end the journal, the platform's books, the paper and what was found. Two runs that are the same
 * have the same lines; of two that are not, the first line that differs says where they part.
 */
export class Trace {
  readonly lines: string[] = [];
  /** Records that became durable. */
  records = 0;
  #startMs = 0;

  watch(world: World): void {
    const { clock } = world;
    this.#startMs = clock.now();
    const say = (what: string) => this.#say(clock.now(), what);
    world.watch({
      state: (to, from) => say(`state ${from} > ${to}`),
      screen: ({ zh, en, saleId = '', qr = '' }) => say(`display ${zh} | ${en} ${saleId} ${qr}`),
      record: ({ seq, kind, hash }) => {
        this.records++;
        say(`journal ${seq} ${kind} ${hash}`);
      },
      failed: (error) => say(`out of service: ${error.message}`),
    });
    world.emulatedPrinter?.watch({ line: () => say('line'), cut: () => say('cut') });
  }

  /** The world is still open. */
  close({ world, flash }: Simulation, { said, faults }: Recorder): void {
    const endMs = world.clock.now();
    this.lines.push(...said.map(({ atMs, lane, says }) => `${atMs} ${lane} ${says}`));
    for (const { name, view, begunAtMs, endedAtMs } of faults)
      this.lines.push(`fault ${name} ${view.fault} from ${begunAtMs ?? '-'} to ${endedAtMs ?? '-'}`);
    this.lines.push(...Buffer.from(flash().read()).toString('latin1').split('\n'));
    for (const trade of world.platform?.ledger.trades() ?? []) {
      const { orderNo, tradeNo, state, paidFen, refundedFen, paidAtMs, closedAtMs, closedBy } = trade;
      const told = [orderNo, tradeNo, state, paidFen, refundedFen, paidAtMs, closedAtMs, closedBy];
      this.lines.push(`ledger ${told.join(' ')}`);
    }
    for (const { heightDots, lines } of world.emulatedPrinter?.paper.pieces ?? [])
      this.lines.push(`paper of ${heightDots} dots`, ...lines);
    this.#say(endMs, 'the end');
  }

  ended({ outcome, reason = '', problems, sales }: FixtureRun): void {
    this.lines.push(`${outcome} ${reason}`);
    for (const { expected, actual, atMs } of problems) this.lines.push(`${atMs} ${expected}: ${actual}`);
    for (const { saleId, verdict } of sales)
      this.lines.push(`${saleId} ${verdict.payment} ${verdict.ticket} ${verdict.cause?.id ?? ''}`);
  }

  /** SHA-256 in hex over all of it. */
  get hash(): string {
    return createHash('sha256').update(this.lines.join('\n')).digest('hex');
  }

  #say(nowMs: number, what: string): void {
    this.lines.push(`${nowMs - this.#startMs} ${what}`);
  }
}
