import { ChartFigure } from '../../report/chart/figure.js';
import { durationText, numberText } from '../../report/numbers.js';
import { Outcome } from '../../report/outcome.js';
import { fileLink, isPicture, Picture } from '../../report/picture.js';
import { RangeBar } from '../../report/range-bar.js';
import type { Measurement, PhaseRecord, RunRecord } from '../record.js';
import { countsOf, countsText, limitsText, resultText, valueText } from '../words.js';
import { anchorOf, phaseAnchor } from './anchors.js';
import { TONES } from './tones.js';

interface PhaseProps {
  readonly record: RunRecord;
  readonly phase: PhaseRecord;
  /** Attachments' bytes by their file. */
  readonly bytes: ReadonlyMap<string, Uint8Array>;
}

/** All that one phase measured, drew, printed and noted. */
export function Phase({ record, phase, bytes }: PhaseProps) {
  const id = phaseAnchor(record, phase);
  const { measurements, charts, notes, attachments } = phase;
  return (
    <section class="phase" id={id} data-outcome={phase.outcome}>
      <h2>
        <span class="n">{record.phases.indexOf(phase) + 1}</span> {phase.title}
        <span class="aside">
          <Outcome tone={TONES[phase.outcome]} word={phase.outcome} />
          <span>{countsText(countsOf(measurements))}</span>
          <span class="figures">{durationText(phase.durationMs)}</span>
        </span>
      </h2>
      {measurements.length > 0 && (
        <table class="measurements">
          <thead>
            <tr>
              <th>Outcome</th>
              <th>Measurement</th>
              <th class="number">Value</th>
              <th class="unit" aria-label="Unit" />
              <th>Limits</th>
              <th aria-label="Value within its limits" />
            </tr>
          </thead>
          <tbody>
            {measurements.map((measurement) => (
              <Row id={anchorOf(record, phase, measurement)} measurement={measurement} />
            ))}
          </tbody>
        </table>
      )}
      <Exhibits id={id} charts={charts} attachments={attachments} bytes={bytes} />
      {notes.length > 0 && (
        <ol class="notes" aria-label="Notes">
          {notes.map((note) => (
            <li>{note}</li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Row({ id, measurement }: { id: string; measurement: Measurement }) {
  const { name, title, value, unit, limits, outcome, note } = measurement;
  const number = typeof value === 'number' ? value : undefined;
  return (
    <tr id={id} class={TONES[outcome]} data-outcome={outcome}>
      <td>
        <Outcome tone={TONES[outcome]} word={outcome} />
      </td>
      <td class="what">
        {title} <code>{name}</code>
        {note !== undefined && <p class="note">{note}</p>}
      </td>
      <td class="value">{valueText(measurement)}</td>
      <td class="unit">{value === undefined ? '' : unit}</td>
      <td class="limits">{limitsText(limits)}</td>
      <td class="bar">
        {limits !== undefined && <RangeBar range={limits} value={number} words={resultText(measurement)} />}
      </td>
    </tr>
  );
}

interface ExhibitsProps extends Pick<PhaseRecord, 'charts' | 'attachments'> {
  readonly id: string;
  readonly bytes: PhaseProps['bytes'];
}

/** What is to be looked at: charts, pictures, and the names of other files. */
function Exhibits({ id, charts, attachments, bytes }: ExhibitsProps) {
  const pictures = attachments.flatMap((attachment, i) => {
    const content = isPicture(attachment.type) ? bytes.get(attachment.file) : undefined;
    return content === undefined ? [] : [{ ...attachment, content, place: `${id}-p${i + 1}` }];
  });
  const others = attachments.filter(({ file }) => !pictures.some((picture) => picture.file === file));
  return (
    <>
      {charts.length + pictures.length > 0 && (
        <div class="exhibits">
          {charts.map((chart) => (
            <ChartFigure chart={chart} />
          ))}
          {pictures.length > 0 && (
            <div class="pictures">
              {pictures.map(({ place, name, type, content, file }) => (
                <Picture id={place} title={name} type={type} bytes={content} file={file} />
              ))}
            </div>
          )}
        </div>
      )}
      {others.length > 0 && (
        <ul class="files">
          {others.map(({ name, file, type, bytes }) => (
            <li>
              {name} <a href={fileLink(file)}>{file}</a>{' '}
              <span class="figures">
                {type}, {numberText(bytes)} bytes
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
