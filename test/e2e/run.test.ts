import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterEach, describe, expect, test } from 'vitest';
import { PtyLink } from '../../src/links/pty.js';
import { parseXml } from '../station/report/xml.js';
import { call } from './api.js';
import { inProcess } from './in-process.js';
import { cleanUp, newFolder, PrinterFace } from './printer-face.js';
import { type Ended, Program } from './program.js';
import { openShop } from './shop.js';
import { until } from './until.js';

const closings: (() => void)[] = [];
afterEach(async () => {
  await cleanUp();
  for (const close of closings.splice(0)) close();
});

const SCHEMA = fileURLToPath(new URL('../../src/fixture/report/run.schema.json', import.meta.url));

const SALE = `
title: { zh: 正常收款, en: A sale that goes through }
steps:
  - sell: { yuan: 12.80, as: coffee, customer: pays }
expect:
  sales: { coffee: { payment: paid, ticket: printed } }
`;

/** Of two lines the first jams; it is expected to print nothing, which is not so in line 6. */
const JAM = `
title: { zh: 卡纸, en: A paper jam }
cause: printer.paper-jam
parameters: { line: [1, 6] }
steps:
  - fault: { fault: printer.paper-jam, when: { line: $line } }
  - sell: { yuan: 12.80, as: coffee, customer: pays }
  - wait: { state: printFault }
  - expect: { paper: { partials: $line } }
`;

/** Of whoever holds the code, whom nobody here knows. */
const SCANNED = `
title: { zh: 扫码, en: A code of somebody }
settleMs: 1
timings: { queryIntervalMs: 100, cancelIntervalMs: 100 }
steps:
  - sell: { yuan: 12.80 }
  - scan: "281234567890123456"
  - wait: { state: settling.querying }
expect:
  ledger: { payments: 1 }
  sales: { 1: { ledger: { paidFen: 1280 } } }
`;

/** On real wires it takes longer than anybody waits. */
const LONG = `
title: { zh: 等待, en: A long wait }
steps:
  - sell: { yuan: 12.80, as: coffee, customer: pays }
  - wait: 10min
`;

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = newFolder();
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(join(folder, name), text);
  return folder;
}

const run = (...args: string[]): Promise<Ended> => new Program(['run', ...args]).ended;
/** Data folders of runs on real wires that are still there. */
const leftOvers = (tmp: string) => fs.readdirSync(tmp).filter((name) => name.startsWith('paperjam-run-'));

describe('fixtures that pass', () => {
  test('exit code 0, one line, and nothing on standard error', async () => {
    const { code, stdout, stderr } = await run(folderWith({ 'a.yaml': SALE, 'b.yaml': SALE }));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^PASS {3}2 runs from 2 files: 2 passed; .* fixtures\/s, .* of world time\n$/);
  });

  test('on real wires as well, with nothing left of them', async () => {
    const tmp = newFolder();
    const folder = folderWith({ 'a.yaml': SALE, 'b.yaml': SALE });
    const { code, stdout } = await new Program(['run', folder, '--real'], { tmp }).ended;
    expect(stdout).toMatch(/^PASS {3}2 runs/);
    expect(code).toBe(0);
    expect(leftOvers(tmp)).toEqual([]);
  });

  test('with the platform that the fixture wants, on real wires too', async () => {
    const asks = `
title: { zh: 密码, en: A sum for which the password is asked }
platform: { askAboveFen: 1000 }
steps:
  - sell: { yuan: 12.80, as: coffee, customer: { does: pays, afterMs: 100 } }
  - wait: { state: settling.awaitingBuyer, withinMs: 10s }
`;
    const { code, stdout } = await run(folderWith({ 'a.yaml': asks }), '--real');
    expect(stdout).toMatch(/^PASS {3}1 run/);
    expect(code).toBe(0);
  });

  test('on another device, and from another seed, as often as that makes a difference', async () => {
    const folder = folderWith({ 'a.yaml': `${SALE}repeat: 3\n` });
    const json = join(folder, 'out', 'run.json');
    await run(folder, '--device', 'xprinter-xp-58', '--seed', '7', '--json', json);
    expect(JSON.parse(fs.readFileSync(json, 'utf8')).runs).toMatchObject([
      { device: 'xprinter-xp-58', seed: 7, outcome: 'passed' },
    ]);
  });
});

describe('a fixture that fails', () => {
  test('exit code 1; told with its place, timeline and paper; and its line repeats just that run', async () => {
    const folder = folderWith({ 'jam.yaml': JAM, 'sale.yaml': SALE });
    const keep = join(folder, 'kept');
    const { code, stdout } = await run(folder, '--keep', keep);
    expect(code).toBe(1);
    expect(stdout).toContain(`   ${join(folder, 'jam.yaml')}:9:34  steps[3].expect.paper.partials`);
    expect(stdout).toContain('     expected  6\n     actual    1\n');
    expect(stdout).toMatch(/^ {3}> +\d+\.\d{3} +found here: steps\[3\]\.expect\.paper\.partials$/m);
    expect(stdout).toMatch(/^ {5}\d\.\d{3} +printer +! mechanical error/m);
    const picture = /^ {3}picture {3}(.+)$/m.exec(stdout)?.[1] ?? '';
    expect(fs.readFileSync(picture).subarray(1, 4).toString()).toBe('PNG');
    expect(stdout).toMatch(/^FAIL {3}3 runs from 2 files: 1 failed, 2 passed;/m);

    const command = /^ {3}repeat {4}paperjam (.+)$/m.exec(stdout)?.[1] ?? '';
    const again = await new Program([], { shell: `set -- "$1" "$2"; exec "$@" ${command}` }).ended;
    expect(again.stdout).toMatch(/^FAIL {3}1 run from 1 file: 1 failed;/m);
    expect(again.code).toBe(1);
  });

  test('is in every report: JUnit, data that its schema takes, and a page', async () => {
    const folder = folderWith({ 'jam.yaml': JAM });
    const out = (name: string) => join(folder, 'out', name);
    const { stdout } = await run(folder, '--junit', out('j.xml'), '--json', out('r.json'), '--html', out('r.html'));
    expect(stdout).toContain(`html   ${out('r.html')}\njunit  ${out('j.xml')}\njson   ${out('r.json')}\n`);
    expect(stdout).toContain(`   picture   ${out('r.html')}#run-2\n`);
    expect(parseXml(fs.readFileSync(out('j.xml'), 'utf8')).attributes).toMatchObject({ tests: '2', failures: '1' });
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    addFormats.default(ajv);
    const report = JSON.parse(fs.readFileSync(out('r.json'), 'utf8'));
    expect([ajv.validate(JSON.parse(fs.readFileSync(SCHEMA, 'utf8')), report), ajv.errors]).toEqual([true, null]);
    expect(report.counts).toEqual({ planned: 2, passed: 1, failed: 1, skipped: 0, broken: 0 });
    expect(fs.readFileSync(out('r.html'), 'utf8')).toContain('<title>FAIL: 1 failed, 1 passed, paperjam run</title>');
  });

  test('ends it when that is asked for', async () => {
    const folder = folderWith({ 'a.yaml': JAM.replace('[1, 6]', '[6, 1]'), 'b.yaml': SALE });
    const { code, stdout } = await run(folder, '--bail');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL {3}1 of 3 runs from 1 file: 1 failed;/m);
    expect(stdout).toContain('stopped after the first that failed (--bail)\n');
  });
});

test('a fixture that cannot be carried out to its end is broken: exit code 3, with what it waited for', async () => {
  const folder = folderWith({ 'a.yaml': LONG });
  const { code, stdout } = await run(folder, '--real', '--limit', '0.5');
  expect(stdout).toMatch(/^BROKEN .*a\.yaml \(seed 1\): it took longer than 0\.5 s by the wall clock/);
  expect(code).toBe(3);
});

describe('what is not begun, exit code 2, with what is allowed', () => {
  test('a filter that leaves nothing', async () => {
    const { code, stderr } = await inProcess(['run', folderWith({ 'a.yaml': SALE }), '--filter', 'no-such']);
    expect(stderr).toMatch(
      /no fixture matches --filter no-such\. Without it there are 1, such as .*a\.yaml\. \[PJ_USAGE\]\n$/,
    );
    expect(code).toBe(2);
  });

  test('fixtures with mistakes: each is told, and none is run', async () => {
    const wrong = SALE.replace('payment: paid', 'payment: payed');
    const { code, stdout, stderr } = await run(folderWith({ 'a.yaml': SALE, 'b.yaml': wrong, 'c.yaml': 'title: 1\n' }));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/b\.yaml .*payed.*\[PJ_FIXTURE\]/);
    expect(stderr).toMatch(/c\.yaml .*\[PJ_FIXTURE\]/);
  });

  test.each([
    [['--jobs', '2'], '--jobs is for real wires'],
    [['--jobs', '0', '--real'], 'It has to be a whole number, 1 to 64'],
    [['--jobs', '2', '--printer', 'tcp://127.0.0.1:9'], '--jobs is for the emulated printer'],
    [['--printer', 'usb'], 'must be emulated, in-process, a serial path such as /dev/ttyUSB0, or tcp://host:port'],
    [['--platform', 'http://127.0.0.1:9/gateway.do'], '--platform needs the keys that the platform there knows'],
    [['--filter', '/(/'], '--filter /(/ is no pattern'],
    [['--device', 'epson-tm-t99'], 'There is no device profile epson-tm-t99. Did you mean'],
    [['--json', '/proc/no/where.json'], '/proc/no/where.json cannot be written'],
    [['--html', tmpdir()], 'it is a folder. Mend this, or choose another file (--html).'],
    [['--watch', '--printer', 'tcp://127.0.0.1:9'], "cannot be used with option '--watch'"],
  ])('%j', async (args, words) => {
    const { code, stdout, stderr } = await inProcess(['run', folderWith({ 'a.yaml': SALE }), ...args]);
    expect(stderr).toContain(words);
    expect([code, stdout]).toEqual([2, '']);
  });
});

test('Ctrl-C ends it in order: what was under way is broken, reports are written, nothing is left, exit code 130', async () => {
  const tmp = newFolder();
  const folder = folderWith({ 'a.yaml': LONG, 'b.yaml': LONG, 'c.yaml': LONG });
  const json = join(folder, 'run.json');
  const program = new Program(['run', folder, '--real', '--json', json], { tmp });
  await until(() => leftOvers(tmp).length === 2, 'two of them to be under way');
  const { code, stdout } = await program.signal('SIGINT');
  expect(code).toBe(130);
  expect(stdout).toContain('2 of 3 runs');
  const report = JSON.parse(fs.readFileSync(json, 'utf8'));
  expect(report).toMatchObject({ stopped: 'stopped by SIGINT', counts: { planned: 3, broken: 2 } });
  expect(leftOvers(tmp)).toEqual([]);
});

test('watched fixtures are run again when they change, each by itself, and a mistake is told', async () => {
  const folder = folderWith({ 'a.yaml': SALE, 'b.yaml': SALE });
  const program = new Program(['run', folder, '--watch']);
  await program.says(/PASS {3}2 runs.*\n\nwaiting for changes/);
  let from = program.stdout.length;
  fs.writeFileSync(join(folder, 'b.yaml'), SALE.replace('ticket: printed', 'ticket: none'));
  await program.says(/FAIL {3}1 run from 1 file: 1 failed;.*waiting for changes/s, from);
  from = program.stdout.length;
  fs.writeFileSync(join(folder, 'b.yaml'), 'title: 1\n');
  await program.says(/waiting for changes/, from);
  from = program.stdout.length;
  fs.writeFileSync(join(folder, 'b.yaml'), SALE);
  await program.says(/PASS {3}1 run from 1 file: 1 passed;.*waiting for changes/s, from);
  const { code, stderr } = await program.signal('SIGTERM');
  expect(stderr).toMatch(/b\.yaml .*\[PJ_FIXTURE\]/);
  expect(code).toBe(0);
});

test('a platform elsewhere has no emulated customers: what needs one is skipped, and says so', {
  timeout: 120_000,
}, async () => {
  const shop = openShop();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  fs.writeFileSync(shop.file('app.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const other = generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey;
  fs.writeFileSync(shop.file('platform.pem'), other.export({ type: 'spki', format: 'pem' }));
  shop.configure({
    platform: {
      gateway: 'http://127.0.0.1:9/gateway.do',
      appId: '2021000000000001',
      privateKeyFile: 'app.pem',
      platformPublicKeyFile: 'platform.pem',
    },
  });
  const config = shop.file('config.yaml');
  const { code, stdout } = await run(
    folderWith({ 'a.yaml': SALE, 'b.yaml': SCANNED }),
    ...['--config', config, '--platform', 'http://127.0.0.1:8/gateway.do'],
  );
  expect(stdout).toMatch(/SKIP .*a\.yaml: There is no emulated customer here/);
  expect(stdout).toMatch(
    /^NOTE {3}3 expectations in 1 run were not looked at: the books of a platform elsewhere cannot be read here: look them up there\n {9}.*b\.yaml \(seed 1\): expect\.ledger\.payments 1; expect\.sales\.1\.ledger\.paidFen 1280; always: /m,
  );
  expect(code).toBe(0);
});

describe('at a real printer', () => {
  const COVER = `
title: { zh: 盖子, en: The cover is open }
policy: { reprint: when-ready }
steps:
  - fault: { fault: printer.cover-open, when: now }
  - sell: { yuan: 12.80, as: coffee, customer: pays }
  - wait: { state: printFault }
  - clear: printer.cover-open
expect:
  sales: { coffee: { payment: paid, ticket: printed } }
`;
  const HOT = COVER.replaceAll('cover-open', 'overheat');

  test('what needs hands is asked for in words, and waits for them', async () => {
    const printer = new PrinterFace(newFolder());
    const where = `tcp://127.0.0.1:${await printer.tcpPort()}`;
    const http = await printer.http();
    const keyboard = new PtyLink();
    keyboard.create();
    const device = fs.openSync(keyboard.devicePath ?? '', fs.constants.O_RDWR | fs.constants.O_NOCTTY);
    closings.push(
      () => fs.closeSync(device),
      () => keyboard.close(),
    );
    let screen = '';
    const received = (bytes: Uint8Array) => {
      screen += Buffer.from(bytes).toString('utf8');
    };
    keyboard.open({ opened() {}, received, drained() {}, lost() {} });
    const folder = folderWith({ 'cover.yaml': COVER, 'hot.yaml': HOT });
    const program = new Program(['run', folder, '--printer', where], { terminal: device });

    await until(() => /Open the cover\..*Enter when it is done/s.test(screen), 'the instruction');
    const { id } = await call<{ id: string }>(http, 'POST', '/v1/faults', { fault: 'printer.cover-open', when: 'now' });
    keyboard.write(Buffer.from('\r'));
    await until(() => /Close the cover\..*Enter when it is done/s.test(screen), 'the other instruction');
    await call(http, 'DELETE', `/v1/faults/${id}`);
    keyboard.write(Buffer.from('\r'));
    await until(() => screen.includes('of world time'), 'the end of the run');
    expect((await program.ended).code).toBe(0);
    expect(screen).toMatch(/SKIP.*hot\.yaml: printer\.overheat on this printer: no hand can do that safely/);
    expect(screen).toMatch(/2 runs from 2 files: 1 skipped, 1 passed;/);
  });

  test('without anybody at the terminal it is skipped, with the reason', async () => {
    const printer = new PrinterFace(newFolder());
    const where = `tcp://127.0.0.1:${await printer.tcpPort()}`;
    const { code, stdout } = await run(folderWith({ 'cover.yaml': COVER, 'sale.yaml': SALE }), '--printer', where);
    expect(stdout).toMatch(/SKIP .*cover\.yaml: printer\.cover-open on this printer: nobody is there to do it by hand/);
    expect(stdout).toMatch(/2 runs from 2 files: 1 skipped, 1 passed;/);
    expect(code).toBe(0);
  });

  test('what is expected on its paper is left to a person, and that is told in every report', async () => {
    const printer = new PrinterFace(newFolder());
    const where = `tcp://127.0.0.1:${await printer.tcpPort()}`;
    const folder = folderWith({ 'paper.yaml': `${SALE}  paper: { originals: 7, text: [Bananas] }\n` });
    const out = (name: string) => join(folder, 'out', name);
    const files = ['--json', out('r.json'), '--junit', out('j.xml'), '--html', out('r.html')];
    const { code, stdout } = await run(folder, '--printer', where, ...files);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^NOTE {3}3 expectations in 1 run were not looked at: the paper of a real printer cannot be/m,
    );
    expect(stdout).toContain('paper.yaml (seed 1): expect.paper.originals 7; expect.paper.text "Bananas"; always: one');
    const [ran] = JSON.parse(fs.readFileSync(out('r.json'), 'utf8')).runs;
    expect(ran.notLookedAt).toMatchObject([
      { line: 7, path: 'expect.paper.originals', expected: '7', unseen: 'paper' },
      { line: 7, path: 'expect.paper.text', expected: '"Bananas"', unseen: 'paper' },
      { path: 'always', unseen: 'paper' },
    ]);
    expect(fs.readFileSync(out('j.xml'), 'utf8')).toContain('expect.paper.originals: 7');
    expect(fs.readFileSync(out('r.html'), 'utf8')).toContain(', 3 not looked at');
  });
});
