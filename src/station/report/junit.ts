import xmlbuilder, { type XMLElement } from 'xmlbuilder';
import type { Measurement, PhaseRecord, RunRecord } from '../record.js';
import { limitsText, measurementsOf, oneLine, resultText, valueText } from '../words.js';

/** A test case that is not a measurement: what befell a phase, or the whole run. */
interface Event {
  readonly kind: 'error' | 'failure' | 'skipped' | 'passed';
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

/**
 * The run as JUnit XML, in the elements and attributes that Jenkins' junit-10.xsd knows, and with it GitLab, GitHub's
 * reporters and the like: a suite is a phase, a case a measurement. JUnit knows no MARGINAL: such a case passes, and says
 * so in its output. What is no measurement and yet no success (a phase that broke off, a run that never began one) is a
 * case of its own, so that no consumer takes it for a pass.
 *
 * Written with xmlbuilder as it is: junit-report-builder 5 drops the reason of a skipped case, and the second `]]>` in a
 * text breaks its document.
 */
export function junitXml(record: RunRecord): string {
  const document = xmlbuilder.create('testsuites', { encoding: 'UTF-8', invalidCharReplacement: '' });
  const phases = record.phases.map((phase) => ({ phase, event: eventOf(phase) }));
  const ended = record.outcome === 'FAIL' ? 'failure' : 'error';
  const explained =
    record.outcome === 'PASS' ||
    phases.some(({ event }) => event?.kind === ended) ||
    (ended === 'failure' && measurementsOf(record).some(({ outcome }) => outcome === 'FAIL'));
  const ownEvent = explained ? undefined : eventOfRun(record);

  const total = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  for (const { phase, event } of phases) {
    const counts = countsOf(phase.measurements, event);
    for (const key of KEYS) total[key] += counts[key];
    const suite = document.ele('testsuite', {
      name: oneLine(phase.name),
      timestamp: withoutZone(phase.startedAt),
      time: seconds(phase.durationMs),
      ...counts,
    });
    addProperties(suite, record, phase);
    const classname = classOf(record, phase.name);
    for (const measurement of phase.measurements) addMeasurement(suite, classname, measurement);
    if (event !== undefined) addEvent(suite, classname, phase.name, event);
    if (phase.notes.length > 0) suite.ele('system-out').text(phase.notes.join('\n'));
  }
  if (ownEvent !== undefined) {
    const counts = countsOf([], ownEvent);
    for (const key of KEYS) total[key] += counts[key];
    const suite = document.ele('testsuite', { name: 'run', timestamp: withoutZone(record.startedAt), ...counts });
    addProperties(suite, record, undefined);
    addEvent(suite, classOf(record, 'run'), 'run', ownEvent);
  }
  const { tests, failures, errors } = total;
  const time = seconds(Math.max(0, Date.parse(record.endedAt) - Date.parse(record.startedAt)));
  document.att({ name: `paperjam station ${oneLine(record.runId)}`, tests, failures, errors, time });
  return `${document.end({ pretty: true })}\n`;
}

const KEYS = ['tests', 'failures', 'errors', 'skipped'] as const;

function countsOf(measurements: readonly Measurement[], event: Event | undefined) {
  const ended = (outcome: string) => measurements.filter((measurement) => measurement.outcome === outcome).length;
  const own = (kind: Event['kind']) => (event?.kind === kind ? 1 : 0);
  return {
    tests: measurements.length + (event === undefined ? 0 : 1),
    failures: ended('FAIL') + own('failure'),
    errors: own('error'),
    skipped: ended('SKIPPED') + own('skipped'),
  };
}

/** What befell the phase besides its measurements; a phase that measured nothing is a case too, so that it is seen. */
function eventOf({ outcome, measurements, notes }: PhaseRecord): Event | undefined {
  const text = notes.join('\n');
  const message = oneLine(notes.at(-1) ?? 'no reason is noted');
  if (outcome === 'ERROR' || outcome === 'ABORTED') return { kind: 'error', type: outcome, message, text };
  if (outcome === 'FAIL' && measurements.every((one) => one.outcome !== 'FAIL')) {
    return { kind: 'failure', type: outcome, message, text };
  }
  if (measurements.length > 0) return undefined;
  return { kind: outcome === 'SKIPPED' ? 'skipped' : 'passed', type: outcome, message, text };
}

function eventOfRun({ outcome, why = 'no reason is noted' }: RunRecord): Event {
  return { kind: outcome === 'FAIL' ? 'failure' : 'error', type: outcome, message: oneLine(why), text: why };
}

function addMeasurement(suite: XMLElement, classname: string, measurement: Measurement): void {
  const { name, title, outcome, note, unit, limits } = measurement;
  const element = suite.ele('testcase', { classname, name: oneLine(name) });
  const lines = [
    title,
    `value: ${valueText(measurement)}`,
    `limits: ${limitsText(limits) || 'none'}`,
    `unit: ${unit ?? 'none'}`,
    ...(note === undefined ? [] : [`note: ${note}`]),
  ];
  const message = oneLine(note === undefined ? resultText(measurement) : `${resultText(measurement)}: ${note}`);
  if (outcome === 'FAIL') element.ele('failure', { type: 'limits', message }).text(lines.join('\n'));
  else if (outcome === 'SKIPPED') element.ele('skipped', { message: oneLine(note ?? 'no reason is noted') });
  else element.ele('system-out').text(`${outcome} ${lines.join('\n')}`);
}

function addEvent(suite: XMLElement, classname: string, name: string, { kind, type, message, text }: Event): void {
  const element = suite.ele('testcase', { classname, name: oneLine(name) });
  if (kind === 'skipped') element.ele('skipped', { message });
  else if (kind !== 'passed') element.ele(kind, { type, message }).text(text);
}

function addProperties(suite: XMLElement, record: RunRecord, phase: PhaseRecord | undefined): void {
  const properties = suite.ele('properties');
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined) properties.ele('property', { name, value: oneLine(value) });
  };
  add('run.id', record.runId);
  add('run.outcome', record.outcome);
  add('run.why', record.why);
  for (const [name, value] of Object.entries(record.dut)) add(`dut.${name}`, value);
  for (const [name, value] of Object.entries(record.station)) add(`station.${name}`, value);
  add('faults', record.faults.join(' ') || 'none');
  add('phase.title', phase?.title);
  add('phase.outcome', phase?.outcome);
}

/** Jenkins takes what stands before the last dot for a package, and shows packages as folders. */
function classOf({ dut }: RunRecord, name: string): string {
  return oneLine(`paperjam.station.${dut.profile.replaceAll(/[./\\]/g, '_')}.${name}`);
}

/** As the schema's pattern wants it: to the second, in UTC, without a zone. */
function withoutZone(iso: string): string {
  return iso.slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
