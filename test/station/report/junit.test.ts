import { describe, expect, test } from 'vitest';
import type { PhaseRecord, RunRecord } from '../../../src/station/record.js';
import { junitXml } from '../../../src/station/report/junit.js';
import { HOSTILE, SAMPLE } from '../sample.js';
import { type Element, parseXml } from './xml.js';

const read = (record: RunRecord) => parseXml(junitXml(record));
const all = (element: Element, name: string): Element[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap((child) => all(child, name)),
];
const suiteNamed = (root: Element, name: string) => {
  const suite = root.children.find(({ attributes }) => attributes.name === name);
  if (suite === undefined) throw new Error(`there is no suite ${name}`);
  return suite;
};
const caseNamed = (root: Element, name: string) => {
  const found = all(root, 'testcase').find(({ attributes }) => attributes.name === name);
  if (found === undefined) throw new Error(`there is no case ${name}`);
  return found;
};
const phases = (...names: string[]): RunRecord => ({
  ...SAMPLE,
  outcome: 'PASS',
  why: undefined,
  phases: SAMPLE.phases.filter(({ name }) => names.includes(name)),
});
const emptyPhase = (outcome: PhaseRecord['outcome'], notes: string[] = []): PhaseRecord => {
  const [phase] = SAMPLE.phases;
  if (phase === undefined) throw new Error('the sample is empty');
  return { ...phase, outcome, notes, measurements: [], charts: [], attachments: [] };
};

describe('the JUnit XML of a run', () => {
  const root = read(SAMPLE);

  test('has a suite for each phase and a case for each measurement', () => {
    expect(root.name).toBe('testsuites');
    expect(root.children.map(({ attributes }) => attributes.name)).toEqual(SAMPLE.phases.map(({ name }) => name));
    const cases = all(suiteNamed(root, 'latency'), 'testcase').map(({ attributes }) => attributes);
    expect(cases[0]).toEqual({ classname: 'paperjam.station.epson-tm-t88v.latency', name: 'latency.idle.p50' });
    expect(cases).toHaveLength(5);
  });

  test('counts what it holds, in each suite and above', () => {
    for (const element of [root, ...root.children]) {
      const { tests, failures, errors, skipped } = element.attributes;
      expect([tests, failures, errors]).toEqual(
        ['testcase', 'failure', 'error'].map((name) => String(all(element, name).length)),
      );
      if (element !== root) expect(skipped).toBe(String(all(element, 'skipped').length));
    }
    expect(root.attributes).toMatchObject({ tests: '26', failures: '4', errors: '1', time: '301.400' });
  });

  test('uses no element and no attribute that junit-10.xsd does not know, and all that it wants', () => {
    const KNOWN: Readonly<Record<string, readonly string[]>> = {
      testsuites: ['name', 'time', 'tests', 'failures', 'disabled', 'errors'],
      testsuite: ['name', 'tests', 'failures', 'errors', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package'],
      properties: [],
      property: ['name', 'value'],
      testcase: ['name', 'classname', 'time'],
      failure: ['type', 'message'],
      error: ['type', 'message'],
      skipped: ['type', 'message'],
      'system-out': [],
    };
    const look = (element: Element) => {
      expect(Object.keys(KNOWN)).toContain(element.name);
      for (const key of Object.keys(element.attributes)) expect(KNOWN[element.name]).toContain(key);
      element.children.forEach(look);
    };
    look(root);
    for (const suite of root.children) {
      expect(suite.attributes.name).toBeDefined();
      expect(suite.attributes.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      expect(suite.attributes.time).toMatch(/^\d+\.\d{3}$/);
      expect(suite.children[0]?.name).toBe('properties');
    }
  });

  test('says of a failure its value, limits, unit and note', () => {
    const [failure] = caseNamed(root, 'throughput.115200').children;
    expect(failure).toEqual({
      name: 'failure',
      attributes: {
        type: 'limits',
        message: '10,911 bytes/s, wanted 11,290 … 11,520 bytes/s: The line stood idle for 5.3 % of the time.',
      },
      children: [],
      text: 'At 115200 baud\nvalue: 10,911\nlimits: 11,290 … 11,520\nunit: bytes/s\nnote: The line stood idle for 5.3 % of the time.',
    });
  });

  test('says why something was skipped', () => {
    expect(caseNamed(root, 'status.gs-r-1').children).toEqual([
      { name: 'skipped', attributes: { message: 'the profile has no GS r' }, children: [], text: '' },
    ]);
  });

  test('lets what is marginal pass, and says so', () => {
    const [output, ...others] = caseNamed(root, 'latency.load.p99').children;
    expect(others).toEqual([]);
    expect(output?.text).toContain('MARGINAL While a long job prints, p99\nvalue: 62.6\nlimits: ≤ 80\nunit: ms\n');
  });

  test('has an error for a phase that broke off', () => {
    expect(caseNamed(root, 'power').children).toMatchObject([
      { name: 'error', attributes: { type: 'ERROR', message: expect.stringContaining('PJ_PRINTER_LINK') } },
    ]);
  });

  test('names the device under test and the station in each suite', () => {
    for (const suite of root.children) {
      const properties = Object.fromEntries(
        all(suite, 'property').map(({ attributes }) => [attributes.name, attributes.value]),
      );
      expect(properties).toMatchObject({
        'run.id': '20260302T013000Z-7f3a',
        'dut.profile': 'epson-tm-t88v',
        'dut.serial': 'MXKF012345',
        'station.version': '0.1.0',
        'station.clock': 'wall',
        faults: 'printer.slow:factor=1.4 printer.paper-jam:line=3',
      });
    }
  });

  test('is well-formed whatever the words are, and keeps them', () => {
    const hostile = suiteNamed(root, 'hostile');
    const [failure] = all(hostile, 'failure');
    expect(failure?.text).toContain(`note: </style></title><script>window.hacked=1</script>`);
    expect(failure?.text).toContain(']]> ]]> [31m');
    const lone = { ...SAMPLE, why: `\ud800 ${HOSTILE}`, phases: [] };
    expect(all(read(lone), 'error')).toHaveLength(1);
  });
});

describe('what is no measurement, and yet no success,', () => {
  test('is a failed case: a phase that failed without a measurement that did', () => {
    const root = read({ ...SAMPLE, outcome: 'FAIL', why: undefined, phases: [emptyPhase('FAIL', ['it was late'])] });
    expect(caseNamed(root, 'identity').children[0]).toMatchObject({
      name: 'failure',
      attributes: { message: 'it was late' },
    });
    expect(root.attributes).toMatchObject({ tests: '1', failures: '1', errors: '0' });
  });

  test('is an error: a phase in which somebody stopped the run', () => {
    const root = read({ ...SAMPLE, outcome: 'ABORTED', why: 'Ctrl-C', phases: [emptyPhase('ABORTED')] });
    expect(caseNamed(root, 'identity').children[0]).toMatchObject({ name: 'error', attributes: { type: 'ABORTED' } });
    expect(root.children).toHaveLength(1);
  });

  test('is an error: a run that ended before or between its phases', () => {
    const root = read({ ...phases('identity'), outcome: 'ERROR', why: 'there is no printer' });
    expect(root.children.map(({ attributes }) => attributes.name)).toEqual(['identity', 'run']);
    expect(caseNamed(root, 'run').children).toMatchObject([
      { name: 'error', attributes: { type: 'ERROR', message: 'there is no printer' }, text: 'there is no printer' },
    ]);
    expect(root.attributes).toMatchObject({ tests: '5', errors: '1' });
  });

  test('is there even when the phases that ran failed: the run was stopped, and says why', () => {
    const root = read({ ...phases('throughput'), outcome: 'ABORTED', why: 'Ctrl-C' });
    expect(caseNamed(root, 'run').children[0]?.attributes.message).toBe('Ctrl-C');
  });
});

test('a phase without measurements is seen: it passed, or was skipped', () => {
  const root = read({
    ...phases(),
    phases: [emptyPhase('PASS'), { ...emptyPhase('SKIPPED', ['no cutter']), name: 'cutter' }],
  });
  expect(caseNamed(root, 'identity').children).toEqual([]);
  expect(caseNamed(root, 'cutter').children[0]).toMatchObject({
    name: 'skipped',
    attributes: { message: 'no cutter' },
  });
  expect(root.attributes).toMatchObject({ tests: '2', failures: '0', errors: '0' });
});
