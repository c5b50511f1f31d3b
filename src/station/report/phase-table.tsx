import { durationText } from '../../report/numbers.js';
import { Outcome } from '../../report/outcome.js';
import type { PhaseRecord, RunRecord } from '../record.js';
import { type Counts, countsOf, countsText } from '../words.js';
import { phaseAnchor } from './anchors.js';
import { TONES } from './tones.js';

/** The run at a glance: each phase, what became of it, and which part of the time it took. */
export function PhaseTable({ record }: { record: RunRecord }) {
  const span = spanOf(record);
  return (
    <section class="overview">
      <h2>Phases</h2>
      <table>
        <thead>
          <tr>
            <th class="number">#</th>
            <th>Phase</th>
            <th>Outcome</th>
            <th class="tally">Measurements</th>
            <th class="number">Took</th>
            <th class="when">When</th>
          </tr>
        </thead>
        <tbody>
          {record.phases.map((phase, i) => (
            <tr>
              <td class="number">{i + 1}</td>
              <td>
                <a href={`#${phaseAnchor(record, phase)}`}>{phase.title}</a>
              </td>
              <td>
                <Outcome tone={TONES[phase.outcome]} word={phase.outcome} />
              </td>
              <td class="tally">
                <Tally counts={countsOf(phase.measurements)} />
              </td>
              <td class="number">{durationText(phase.durationMs)}</td>
              <td class="when">
                <When phase={phase} span={span} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

function spanOf({ startedAt, endedAt, phases }: RunRecord): Span {
  const fromMs = Date.parse(startedAt);
  const ends = phases.map((phase) => Date.parse(phase.startedAt) + phase.durationMs);
  return { fromMs, toMs: Math.max(fromMs + 1, Date.parse(endedAt), ...ends) };
}

/** Where on the run's time a phase lies. */
function When({ phase, span: { fromMs, toMs } }: { phase: PhaseRecord; span: Span }) {
  const share = (ms: number) => Math.min(Math.max((ms - fromMs) / (toMs - fromMs), 0), 1) * 100;
  const startMs = Date.parse(phase.startedAt);
  const [from, to] = [share(startMs), share(startMs + phase.durationMs)];
  const width = Math.max(to - from, 0.8);
  const words = `from ${durationText(Math.max(0, startMs - fromMs))} on, for ${durationText(phase.durationMs)}`;
  return (
    <svg class="when" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={words}>
      <title>{words}</title>
      <rect class="track" x="0" y="2.5" width="100" height="1" />
      <rect class={TONES[phase.outcome]} x={Math.min(from, 100 - width)} y="0" width={width} height="6" />
    </svg>
  );
}

/** How many of a phase's measurements ended how: figures, and a bar of their shares. */
function Tally({ counts }: { counts: Counts }) {
  const total = counts.PASS + counts.MARGINAL + counts.FAIL + counts.SKIPPED;
  if (total === 0) return <span class="absent">–</span>;
  return (
    <span class="tally" title={countsText(counts)}>
      <span class="figures">
        {counts.PASS + counts.MARGINAL}/{total}
      </span>
      <span class="shares">
        {(['PASS', 'MARGINAL', 'FAIL', 'SKIPPED'] as const).map(
          (kind) => counts[kind] > 0 && <i class={TONES[kind]} style={`flex-grow:${counts[kind]}`} />,
        )}
      </span>
      <span class="words">
        {counts.FAIL > 0 ? `${counts.FAIL} failed` : counts.MARGINAL > 0 ? `${counts.MARGINAL} marginal` : ''}
      </span>
    </span>
  );
}
