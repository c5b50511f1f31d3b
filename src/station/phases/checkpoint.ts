import type { Answered, Bench, ProofRequest } from '../bench.js';
import { ANSWER_MS } from '../bench.js';
import { dleEot, feedUnits, gsR, processIdEcho, processIdRequest } from '../escpos.js';
import { answersRealTime, TELLS_NO_STATUS } from '../expected.js';
import type { Phase } from '../phase.js';
import { percentile } from '../statistics.js';
import type { Work } from '../wait.js';
import { unitsOf } from './speed.js';

/** Paper that is fed to see whether an answer waits for it. */
const FEED_MM = 20;
/** An answer that comes after so much of the feed's time has waited: the model may be faster than its profile says. */
const WAITED_SHARE = 0.7;

interface Checkpoint {
  readonly name: 'process-id' | 'queued';
  readonly command: string;
  /** What the profile says. */
  readonly should: boolean;
  request(): ProofRequest;
}

/** By what the printer can prove that it has printed, how fast it does so, and whether it waits for the paper. */
export const checkpoint: Phase = {
  name: 'checkpoint',
  title: 'Checkpoints',
  needs: 'ready',
  limitMs: ({ checkpoint: { samples } }) => 60_000 + samples * 2_000,
  *run(bench) {
    const { profile } = bench;
    let id = 0x7000;
    yield* check(bench, {
      name: 'process-id',
      command: 'GS ( H',
      should: profile.checkpoint === 'GS ( H',
      request() {
        const echo = processIdEcho(++id);
        return {
          bytes: processIdRequest(id),
          answers: (reply) => reply.kind === 'process-id' && reply.id === echo,
        };
      },
    });
    yield* check(bench, {
      name: 'queued',
      command: 'GS r 1',
      should: profile.status?.answersQueued !== false,
      request: () => ({ bytes: gsR(1), answers: (reply) => reply.kind === 'queued' }),
    });
    const what = { name: 'checkpoint.real-time.latency', title: 'DLE EOT 1: median answer time', unit: 'ms' };
    if (!answersRealTime(profile)) {
      bench.results.skip(what, TELLS_NO_STATUS);
      return;
    }
    const latencies = yield* sample(bench, () => bench.ask(dleEot(1), 'realtime'));
    bench.results.measure(what, percentile(latencies, 50) ?? 'no answer');
  },
};

function* check(bench: Bench, { name, command, should, request }: Checkpoint): Work {
  const { results } = bench;
  const prefix = `checkpoint.${name}`;
  const supported = { name: `${prefix}.supported`, title: `${command} is answered`, limits: { equals: should } };
  const latency = { name: `${prefix}.latency`, title: `${command}: median answer time`, unit: 'ms' };
  const waits = {
    name: `${prefix}.waits`,
    title: `${command}: the answer waits for the paper`,
    limits: { equals: true },
  };
  const first = yield* bench.prove(request(), ANSWER_MS);
  results.measure(supported, first !== undefined);
  if (first === undefined) {
    results.skip(latency, 'it is not answered');
    results.skip(waits, 'it is not answered');
    return;
  }
  results.measure(
    latency,
    percentile(yield* sample(bench, () => bench.prove(request(), ANSWER_MS)), 50) ?? 'no answer',
  );
  const feedMs = (FEED_MM / bench.profile.speedMmPerS) * 1_000;
  bench.line.write(feedUnits(unitsOf(bench.profile, FEED_MM)));
  const answer = yield* bench.prove(request(), 20 * feedMs + ANSWER_MS);
  const words =
    answer === undefined ? 'no answer' : `after ${Math.round(answer.latencyMs)} ms of about ${Math.round(feedMs)}`;
  results.measure(waits, answer !== undefined && answer.latencyMs >= WAITED_SHARE * feedMs, words);
}

/** Some answers, until one is missing. */
function* sample(bench: Bench, ask: () => Work<Answered | undefined>): Work<number[]> {
  const latencies: number[] = [];
  for (let i = 0; i < bench.plan.checkpoint.samples; i++) {
    const answer = yield* ask();
    if (answer === undefined) break;
    latencies.push(answer.latencyMs);
  }
  return latencies;
}
