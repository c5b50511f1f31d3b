import type { ComponentChildren } from 'preact';
import { durationText } from '../../report/numbers.js';
import type { RunRecord } from '../record.js';
import { countsOf, countsText, deviceName, measurementsOf, resultText } from '../words.js';
import { anchorOf, phaseAnchor } from './anchors.js';
import { TONES } from './tones.js';

/** The device, the outcome in large, and what is to be known before anything else. */
export function Masthead({ record }: { record: RunRecord }) {
  const { outcome, why, phases } = record;
  const failed = phases.flatMap((phase) =>
    phase.measurements.filter(({ outcome }) => outcome === 'FAIL').map((measurement) => ({ phase, measurement })),
  );
  const broken = phases.filter(({ outcome }) => outcome === 'ERROR' || outcome === 'ABORTED');
  return (
    <header class="masthead">
      <div class="title">
        <p class="kind">Printer test station</p>
        <h1>{deviceName(record)}</h1>
        <p class="run">
          run <code>{record.runId}</code>, <Time iso={record.startedAt} />
        </p>
      </div>
      <div class={`verdict ${TONES[outcome]}`}>
        <strong>{outcome}</strong>
        <span>{countsText(countsOf(measurementsOf(record)))}</span>
      </div>
      {(why !== undefined || failed.length + broken.length > 0) && (
        <div class={`reasons ${TONES[outcome]}`}>
          {why !== undefined && <p class="why">{why}</p>}
          {failed.length + broken.length > 0 && (
            <ul>
              {broken.map((phase) => (
                <li>
                  <a href={`#${phaseAnchor(record, phase)}`}>{phase.title}</a> {phase.outcome}
                </li>
              ))}
              {failed.map(({ phase, measurement }) => (
                <li>
                  {phase.title}: <a href={`#${anchorOf(record, phase, measurement)}`}>{measurement.title}</a>{' '}
                  <span class="figures">{resultText(measurement)}</span>
                  {measurement.note !== undefined && <span class="cause">{measurement.note}</span>}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </header>
  );
}

/** Who was tested, by whom, when, and with what put in. */
export function Facts({ record }: { record: RunRecord }) {
  const { dut, station, faults, startedAt, endedAt } = record;
  return (
    <section class="facts">
      <dl>
        <dt class="group">Device under test</dt>
        <Fact name="Held against">{dut.profile}</Fact>
        <Fact name="Printer">
          <code>{dut.printer}</code>
        </Fact>
        <Fact name="Maker">{dut.maker}</Fact>
        <Fact name="Model">{dut.model}</Fact>
        <Fact name="Serial">{dut.serial && <code>{dut.serial}</code>}</Fact>
        <Fact name="Firmware">{dut.firmware && <code>{dut.firmware}</code>}</Fact>
      </dl>
      <dl>
        <dt class="group">Run</dt>
        <Fact name="Began">
          <Time iso={startedAt} />
        </Fact>
        <Fact name="Ended">
          <Time iso={endedAt} />
        </Fact>
        <Fact name="Took">{durationText(Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)))}</Fact>
        <Fact name="Clock">{station.clock}</Fact>
      </dl>
      <dl>
        <dt class="group">Station</dt>
        <Fact name="paperjam">{station.version}</Fact>
        <Fact name="Node">{station.node}</Fact>
        <Fact name="Platform">{station.platform}</Fact>
        <Fact name="Faults put in">
          {faults.length === 0 ? (
            'none'
          ) : (
            <ul>
              {faults.map((fault) => (
                <li>
                  <code>{fault}</code>
                </li>
              ))}
            </ul>
          )}
        </Fact>
      </dl>
    </section>
  );
}

/** A fact that is not known has a dash: that it is missing says something too. */
function Fact({ name, children }: { name: string; children?: ComponentChildren }) {
  const known = children !== undefined && children !== '' && children !== null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{known ? children : <span class="absent">–</span>}</dd>
    </>
  );
}

/** `2026-03-01 09:30:00 UTC`. */
export function Time({ iso }: { iso: string }) {
  const words = iso.replace('T', ' ').replace(/\.\d+/, '').replace(/Z$/, ' UTC');
  return (
    <time class="figures" dateTime={iso}>
      {words}
    </time>
  );
}
