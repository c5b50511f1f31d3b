import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cleanUp, newFolder } from './printer-face.js';
import { type Ended, Program } from './program.js';

afterEach(cleanUp);

/** An hour of a shop, in which the sale behind the jam is wrongly expected to have one too. */
const HOUR = `
title: { zh: 忙, en: A busy hour }
device: $device
parameters: { device: [epson-tm-t88v, xprinter-xp-58] }
networkMs: 137ms
faults:
  - { fault: network.latency, delayMs: 350 }
  - { fault: printer.paper-jam, when: { line: 9 } }
steps:
  - sell: { yuan: 12.80, as: before, customer: pays }
  - wait: { settled: before }
  - wait: 30s
  - clear: printer.paper-jam
  - sell: { yuan: 12.80, as: after, customer: pays }
  - wait: { settled: after }
expect:
  sales: { every: { payment: paid }, before: { ticket: partial }, after: { ticket: printed, cause: printer.paper-jam } }
`
  .replace('$jammed', 'every')
  .replace(', jammed: [before, after]', '');

function folderWith(text: string): {
  folder: string;
  shrink(...args: string[]): Promise<Ended>;
  run(file: string): Promise<Ended>;
} {
  const folder = newFolder();
  fs.writeFileSync(join(folder, 'hour.yaml'), text);
  const inFolder = (...args: string[]) => new Program(args, { shell: `cd '${folder}'; exec "$@"` }).ended;
  return { folder, shrink: (...args) => inFolder('shrink', ...args), run: (file) => inFolder('run', file) };
}

test('paperjam shrink writes the smallest fixture that fails in the same way, and the line that repeats it', async () => {
  const { folder, shrink, run } = folderWith(HOUR);
  const { code, stdout, stderr } = await shrink('hour.yaml', '--filter', 'xprinter');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    new RegExp(
      [
        '^fails {2}hour[.]yaml\\[device=xprinter-xp-58\\] \\(seed 1\\)',
        ' {7}expectation: expect[.]sales[.]after[.]cause: expected printer[.]paper-jam, was none',
        'gone {3}2 of 2 faults, 5 of 6 steps, words of expect, device, networkMs',
        'left {3}0 faults and 1 step of 2 faults and 6 steps; \\d+ runs',
        'file {3}hour[.]shrunk[.]yaml',
        'again {2}paperjam run hour[.]shrunk[.]yaml\n$',
      ].join('\n'),
    ),
  );
  const text = fs.readFileSync(join(folder, 'hour.shrunk.yaml'), 'utf8');
  expect(text.split('\n').filter((line) => !line.startsWith('#'))).toEqual([
    'title:',
    '  zh: 忙(缩减)',
    '  en: A busy hour, shrunk',
    'steps:',
    '  - sell: { yuan: 1.00, as: after, customer: pays }',
    'expect:',
    '  sales: { after: { cause: printer.paper-jam } }',
    '',
  ]);
  const again = await run('hour.shrunk.yaml');
  expect(again.code).toBe(1);
  expect(again.stdout).toContain('expect.sales.after.cause: expected printer.paper-jam, was none');
  const smallest = await shrink('hour.shrunk.yaml');
  expect(smallest).toMatchObject({ code: 0, stdout: expect.stringContaining('it is as small as can be') });
  expect(fs.readdirSync(folder)).toEqual(['hour.shrunk.yaml', 'hour.yaml']);
});

test('it says when its runs are used up', async () => {
  const { shrink } = folderWith(HOUR);
  const { code, stdout } = await shrink('hour.yaml', '--runs', '5', '--out', 'less.yaml');
  expect(code).toBe(0);
  expect(stdout).toContain('; all 5 runs are used up, and more may be taken away (--runs)\n');
});

test.each([
  [['nowhere.yaml'], /^paperjam: The fixture nowhere[.]yaml is not accepted as a whole: .* \[PJ_FIXTURE\]\n$/],
  [
    ['hour.yaml', '--filter', 'nothing'],
    /^paperjam: .*no run of hour[.]yaml matches --filter nothing.*such as hour[.]yaml\[device=epson-tm-t88v\].* \[PJ_USAGE\]\n$/,
  ],
  [
    ['hour.yaml', '--out', 'mine.yaml'],
    /^paperjam: mine[.]yaml cannot be written: another file is there, .* \[PJ_SHRINK_OUTPUT\]\n$/,
  ],
  [
    ['hour.yaml', '--out', 'mine.yaml/x.yaml'],
    /^paperjam: mine[.]yaml[/]x[.]yaml cannot be written: .* \[PJ_SHRINK_OUTPUT\]\n$/,
  ],
  [['mine.yaml'], /^paperjam: mine[.]yaml cannot be shrunk: none of its runs fails \(1 passed\)[.] \[PJ_SHRINK\]\n$/],
  [['hour.yaml', '--runs', '0'], /^paperjam: .*It has to be a whole number, 1 to 999999999.* \[PJ_USAGE\]\n$/],
])('shrink %j is refused with the reason, and nothing is written', async (args, says) => {
  const { folder, shrink } = folderWith(HOUR);
  const own = 'title: { zh: 我, en: mine }\nsteps: [{ sell: { yuan: 1, customer: pays } }]\n';
  fs.writeFileSync(join(folder, 'mine.yaml'), own);
  const { code, stderr } = await shrink(...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(says);
  expect(fs.readdirSync(folder)).toEqual(['hour.yaml', 'mine.yaml']);
  expect(fs.readFileSync(join(folder, 'mine.yaml'), 'utf8')).toBe(own);
});
