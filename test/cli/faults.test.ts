import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { type FaultsFlags, faults } from '../../src/cli/faults.js';
import { FAULTS } from '../../src/faults/catalogue.js';
import { explainFault } from '../../src/faults/explain.js';

/** What `paperjam faults` writes to standard output. */
function runFaults(name: string | undefined, flags: FaultsFlags): string {
  const written: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    faults(name, flags);
    return written.join('');
  } finally {
    write.mockRestore();
  }
}

describe('paperjam faults', () => {
  test('lists every fault under its place', () => {
    const text = runFaults(undefined, {});
    for (const { name } of FAULTS) expect(text).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(text).toMatch(/^printer\n {2}printer\.paper-jam/);
    expect(text).toMatch(/\n\nterminal\n {2}terminal\.power-cut/);
  });

  test('explains one, with an example in YAML that can be put in', () => {
    const text = runFaults('scanner.twice', {});
    expect(text).toContain('scanner.twice  重复扫码 (scanned twice)');
    expect(text).toContain('  gapMs  integer 0 to 600000 ms, default 300: milliseconds between the two readings');
    const example = parse(text.slice(text.indexOf('Example\n') + 8).replaceAll(/^ {2}/gm, ''));
    expect(example).toEqual({ fault: 'scanner.twice', when: 'now', times: 1, gapMs: 300 });
  });

  test('says when one begins that has a moment of its own', () => {
    expect(runFaults('terminal.power-cut', {})).toContain(
      "Begins when the journal's record authorize-intent is durable, unless when says otherwise",
    );
  });

  test('gives the same as JSON', () => {
    expect(JSON.parse(runFaults(undefined, { json: true }))).toEqual({
      faults: JSON.parse(JSON.stringify(FAULTS.map(explainFault))),
    });
    expect(JSON.parse(runFaults('printer.slow', { json: true }))).toMatchObject({ name: 'printer.slow' });
  });

  test('knows what was meant by a name that there is not', () => {
    expect(() => runFaults('scanner.twise', {})).toThrow(/Did you mean scanner\.twice\?/);
  });
});
