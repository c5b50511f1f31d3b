import type { JobResult, Printer } from '../../ports/printer.js';
import type { TicketDocument } from '../../ports/ticket.js';
import type { Bench } from '../bench.js';
import type { Phase } from '../phase.js';
import type { Measurable } from '../results.js';
import { percentile, rounded } from '../statistics.js';
import type { Work } from '../wait.js';

/** A ticket may take so long; the driver gives up by itself before. */
const TICKET_MS = 90_000;
const MARK = 'ENDURANCE';

interface Job {
  readonly number: number;
  readonly result: JobResult | undefined;
  readonly ms: number;
}

/** Tickets, one after the other, by the driver that a terminal prints with: each is printed when the printer says so. */
export const endurance: Phase = {
  name: 'endurance',
  title: 'Endurance',
  needs: 'ready',
  limitMs: ({ endurance: { tickets }, person }, { profile }) =>
    3 * TICKET_MS + person.timeLimitMs + tickets * (5_000 + 300_000 / profile.speedMmPerS),
  *run(bench) {
    const { ground, results, plan } = bench;
    const { tickets } = plan.endurance;
    const mark = ground.paper?.mark();
    bench.close();
    const driver = ground.openDriver();
    const startMs = bench.clock.now();
    let jobs: Job[];
    try {
      jobs = yield* printAll(bench, driver);
    } finally {
      driver.close();
    }
    const minutes = (bench.clock.now() - startMs) / 60_000;
    const printed = jobs.filter(({ result }) => result?.outcome === 'printed');
    const failures = jobs.filter(({ result }) => !isGood(bench, result));
    const sent = jobs.length - failures.length;
    for (const { number, result } of failures) results.note(`ticket ${number}: ${words(result)}`);
    if (jobs.length < tickets) results.note(`given up after ${jobs.length} of ${tickets} tickets`);
    const confirmed = {
      name: 'endurance.printed',
      title: `confirmed tickets of ${tickets}`,
      limits: { min: tickets },
    };
    if (sent === tickets && printed.length === 0)
      results.skip(confirmed, `this model proves nothing: all ${sent} were sent, and none is confirmed`);
    else {
      const [first] = failures;
      results.measure(
        confirmed,
        printed.length,
        first === undefined ? undefined : `ticket ${first.number}: ${words(first.result)}`,
      );
    }
    const rate = { name: 'endurance.per-minute', title: 'confirmed tickets a minute' };
    const slowest = { name: 'endurance.slowest', title: 'the slowest ticket', unit: 'ms' };
    const times = printed.map(({ ms }) => ms);
    if (times.length === 0) for (const what of [rate, slowest]) results.skip(what, 'none was confirmed');
    else {
      results.measure(rate, rounded(printed.length / minutes, 1));
      results.measure(slowest, percentile(times, 100) ?? 0);
      results.chart({
        title: 'Time of each ticket',
        kind: 'line',
        x: { label: 'ticket' },
        y: { label: 'time', unit: 'ms' },
        points: printed.map(({ number, ms }) => [number, rounded(ms, 1)]),
      });
    }
    const onPaper = {
      name: 'endurance.on-paper',
      title: 'whole tickets on the paper',
      limits: { min: sent, max: jobs.filter(({ result }) => result?.outcome !== 'not-printed').length },
    };
    if (ground.paper === undefined || mark === undefined) {
      if (sent > printed.length) yield* judged(bench, onPaper, sent);
      else results.skip(onPaper, 'the paper of a real printer is not seen from here');
      return;
    }
    const paper = ground.paper.since(mark);
    results.measure(onPaper, paper.lines.filter((line) => line.startsWith(`${MARK} END`)).length);
    if (sent > 0) results.attach('tickets', 'image/png', paper.png());
  },
};

/** As good as this model can: one that proves nothing has to leave every ticket unconfirmed. */
function isGood({ profile }: Bench, result: JobResult | undefined): boolean {
  return result?.outcome === 'printed' || (result?.outcome === 'unconfirmed' && profile.checkpoint === 'none');
}

/** What nothing confirms, a person may have seen. */
function* judged(bench: Bench, onPaper: Measurable, sent: number): Work {
  const { ground, plan, results } = bench;
  const say = `Have ${sent} tickets come out, each whole down to its line "${MARK} END"?`;
  const answer =
    ground.hands.idle ?? (yield* bench.hands({ say, kind: 'judge', timeLimitMs: plan.person.timeLimitMs }));
  if (answer === 'yes') results.measure(onPaper, sent, 'seen by a person');
  else if (answer === 'no') results.measure(onPaper, 'otherwise, as somebody says');
  else results.skip(onPaper, ground.hands.idle ?? 'nobody has looked at the paper');
}

function* printAll(bench: Bench, driver: Printer): Work<Job[]> {
  const { tickets, giveUpAfter } = bench.plan.endurance;
  const jobs: Job[] = [];
  for (let number = 1, inARow = 0; number <= tickets && inARow < giveUpAfter; number++) {
    let result: JobResult | undefined;
    const startMs = bench.clock.now();
    driver.print({ jobId: `endurance-${number}`, ticket: ticketOf(number, tickets) }, (ended) => {
      result = ended;
      bench.happened();
    });
    yield* bench.until(() => result !== undefined, TICKET_MS);
    jobs.push({ number, result, ms: bench.clock.now() - startMs });
    inARow = isGood(bench, result) ? 0 : inARow + 1;
  }
  return jobs;
}

function words(result: JobResult | undefined): string {
  if (result === undefined) return 'the driver said nothing';
  return 'reason' in result ? `${result.outcome}, ${result.reason}` : result.outcome;
}

function ticketOf(number: number, of: number): TicketDocument {
  return {
    elements: [
      { kind: 'text', text: `${MARK} ${number}/${of}`, align: 'center', bold: true },
      { kind: 'rule' },
      ...Array.from({ length: 8 }, (_, i) => ({
        kind: 'pair' as const,
        label: `Line ${i + 1}`,
        value: `${number * 100 + i}`,
      })),
      { kind: 'qr', data: `paperjam station ${number}`, moduleDots: 4 },
      { kind: 'text', text: `${MARK} END ${number}` },
      { kind: 'cut' },
    ],
  };
}
