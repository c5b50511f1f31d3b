import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { PtyLink } from '../../src/links/pty.js';
import { cleanUp, newFolder, PrinterFace } from './printer-face.js';
import { Program } from './program.js';
import { until } from './until.js';

const closings: (() => void)[] = [];
afterEach(async () => {
  await cleanUp();
  for (const close of closings.splice(0)) close();
});

test('a question that nobody answers in time leaves the line to what comes next; Ctrl-C at one ends the run in order', async () => {
  const folder = newFolder();
  const plan = join(folder, 'plan.yaml');
  fs.writeFileSync(plan, 'phases: [graphics, fault.cover-open]\nperson: { timeLimitMs: 60000 }\n');
  const late = join(folder, 'late.yaml');
  fs.writeFileSync(late, 'phases: [fault.cover-open]\nperson: { timeLimitMs: 1000 }\n');
  const printer = new PrinterFace(newFolder());
  const where = `tcp://127.0.0.1:${await printer.tcpPort()}`;

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
  const run = (file: string) =>
    new Program(['station', '--printer', where, '--plan', file, '--out', join(folder, 'out')], { terminal: device });

  const unanswered = run(late);
  expect((await unanswered.ended).code).toBe(0);
  await until(() => screen.includes('record.json'), 'the end of the run');
  const afterQuestion = screen.slice(screen.indexOf('Enter when it is done'));
  // To the beginning of the question's line, and erased from there.
  const erased = afterQuestion.indexOf('\u001b[1G\u001b[0J', afterQuestion.indexOf(']'));
  expect(erased).toBeGreaterThan(0);
  expect(afterQuestion.indexOf('SKIPPED')).toBeGreaterThan(erased);

  const from = screen.length;
  const stopped = run(plan);
  await until(() => screen.slice(from).includes('y yes, n no'), 'the question');
  keyboard.write(Buffer.from('\u0003'));
  expect((await stopped.ended).code).toBe(4);
  expect(JSON.parse(fs.readFileSync(join(folder, 'out', 'record.json'), 'utf8'))).toMatchObject({
    outcome: 'ABORTED',
    why: 'stopped by SIGINT; 1 of 2 phases not begun',
  });
});
