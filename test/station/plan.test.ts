import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { PHASE_NAMES } from '../../src/station/names.js';
import { phasesOf } from '../../src/station/phases/catalogue.js';
import { DEFAULT_PLAN, planJsonSchema, readPlan } from '../../src/station/plan.js';
import { ROOT } from '../house/source.js';

const folder = mkdtempSync(join(tmpdir(), 'paperjam-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

function planOf(text: string) {
  const file = join(folder, 'plan.yaml');
  writeFileSync(file, text);
  return readPlan(file);
}

/** The error's words behind the file's name. */
function refusal(text: string): string {
  try {
    planOf(text);
  } catch (error) {
    return String(error).replace(/^.* is not accepted at /, '');
  }
  throw new Error('it was accepted');
}

describe('a plan', () => {
  test('that says nothing is everything, with the usual parameters', () => {
    expect(planOf('{}')).toEqual(DEFAULT_PLAN);
    expect(DEFAULT_PLAN.phases).toEqual(PHASE_NAMES);
    expect(DEFAULT_PLAN.throughput.rates).toEqual([9_600, 19_200, 38_400, 57_600, 115_200]);
  });

  test('says which phases, in which order', () => {
    const plan = planOf('phases: [status, link]');
    expect(phasesOf(plan).map(({ name }) => name)).toEqual(['status', 'link']);
  });

  test.each([
    [
      'phases: [latancy]',
      /^phases[.]0: there is no such phase; did you mean latency[?] [(]allowed: link, identity, .*fault[.]power[)] [(]given: "latancy"[)]/,
    ],
    ['phases: [link, link]', /^phases: a phase is named twice/],
    ['phases: []', /^phases: Too small/],
    [
      'latency: { sample: 3 }',
      /^latency: there is no key sample; did you mean samples[?] [(]allowed: samples, loadSamples[)]/,
    ],
    ['latency: { samples: 0 }', /^latency[.]samples: Too small.*[(]given: 0[)]/],
    ['throughput: { rates: [fast] }', /^throughput[.]rates[.]0: .*[(]given: "fast"[)]/],
    [
      'limits: { latency.idle.p98: { max: 5 } }',
      /^limits[.]latency[.]idle[.]p98: there is no measurement latency[.]idle[.]p98; did you mean latency[.]idle[.]p99[?] [(]allowed: latency[.]idle[.]p50, /,
    ],
    ['limits: { speed.feed: { min: 5, max: 4 } }', /^limits[.]speed[.]feed: min is above max, so nothing fits/],
    ['limits: { speed.feed: { most: 5 } }', /^limits[.]speed[.]feed: there is no key most/],
    ['- link', /^its top: it must be a mapping of keys/],
    ['phases: [', /^line 1, column/],
  ])('%s is refused, with place, value and what is allowed', (text, words) => {
    expect(refusal(text)).toMatch(words);
  });

  test('names the file that is not there', () => {
    expect(() => readPlan('/nowhere/plan.yaml')).toThrow(
      'The plan /nowhere/plan.yaml is not accepted at its top: there is no such file.',
    );
  });

  test('may limit what depends on the printer', () => {
    expect(planOf('limits: { throughput.9600.utilisation: { min: 50 } }').limits).toEqual({
      'throughput.9600.utilisation': { min: 50 },
    });
  });
});

describe('plans in the repository', () => {
  const plans = join(ROOT, 'fixtures/station');

  test.each(readdirSync(plans))('%s is accepted', (file) => {
    expect(readPlan(join(plans, file)).phases.length).toBeGreaterThan(0);
  });

  test('plan.schema.json is the schema that plans are checked by', () => {
    const written: unknown = JSON.parse(readFileSync(join(ROOT, 'src/station/plan.schema.json'), 'utf8'));
    expect(written).toEqual(planJsonSchema());
  });
});
