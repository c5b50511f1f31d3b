import { ChartFigure } from '../../report/chart/figure.js';
import { durationText } from '../../report/numbers.js';
import { Outcome } from '../../report/outcome.js';
import { fileLink, isPicture, Picture } from '../../report/picture.js';
import { RangeBar } from '../../report/range-bar.js';
import type { Attachment, Measurement, PhaseRecord, RunRecord } from '../record.js';
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
      {charts.length > 0 && (
        <div class="charts">
          {charts.map((chart) => (
            <ChartFigure chart={chart} />
          ))}
        </div>
      )}
      <Attachments id={id} attachments={attachments} bytes={bytes} />
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

function Attachments(props: { id: string; attachments: readonly Attachment[]; bytes: PhaseProps['bytes'] }) {
  const pictures = props.attachments.flatMap((attachment, i) => {
    const bytes = isPicture(attachment.type) ? props.bytes.get(attachment.file) : undefined;
    return bytes === undefined ? [] : [{ ...attachment, bytes, id: `${props.id}-p${i + 1}` }];
  });
  const others = props.attachments.filter(({ file }) => !pictures.some((picture) => picture.file === file));
  return (
    <>
      {pictures.length > 0 && (
        <div class="pictures">
          {pictures.map(({ id, name, type, bytes, file }) => (
            <Picture id={id} title={name} type={type} bytes={bytes} file={file} />
          ))}
        </div>
      )}
      {others.length > 0 && (
        <ul class="files">
          {others.map(({ name, file, type, bytes }) => (
            <li>
              {name} <a href={fileLink(file)}>{file}</a>{' '}
              <span class="figures">
                {type}, {bytes.toLocaleString('en-US')} bytes
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
