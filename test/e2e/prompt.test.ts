import fs from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { PtyLink } from '../../src/links/pty.js';
import { sell } from './api.js';
import { openShop } from './shop.js';
import { until } from './until.js';

const { O_RDWR, O_NOCTTY } = fs.constants;
const closings: (() => void)[] = [];
afterEach(() => {
  for (const close of closings.splice(0)) close();
});

/** A person's terminal: a keyboard to type on, and what stands on the screen, control sequences included. */
async function terminal() {
  const keyboard = new PtyLink();
  const screen = { text: '' };
  keyboard.create();
  const device = fs.openSync(keyboard.devicePath ?? '', O_RDWR | O_NOCTTY);
  closings.push(
    () => fs.closeSync(device),
    () => keyboard.close(),
  );
  const received = (bytes: Uint8Array) => {
    screen.text += Buffer.from(bytes).toString('utf8');
  };
  keyboard.open({ opened() {}, received, drained() {}, lost() {} });
  await until(() => keyboard.peerOpen, 'the terminal');
  const shows = (words: string, from = 0) =>
    until(
      () => screen.text.includes(words, from),
      () => `the screen to show ${words}, after ${JSON.stringify(screen.text.slice(from))}`,
    );
  return { device, screen, shows, type: (keys: string) => keyboard.write(Buffer.from(keys)) };
}

test('what is said while a person types leaves the typed line whole; Ctrl-C ends the session in order', async () => {
  const shop = openShop();
  const { device, screen, shows, type } = await terminal();
  const program = shop.start(['--lang', 'en'], { terminal: device });
  await shows('paperjam> ');
  const api = /control {3}(http:\S+)/.exec(screen.text)?.[1] ?? '';
  type('verd');
  await shows('verd');
  const before = screen.text.length;
  await sell(api);
  await shows('[done] ¥12.80 Paid, take the ticket', before);
  await shows('paperjam> verd', screen.text.lastIndexOf('[done]'));
  type('ict\r');
  await shows('payment   paid', before);
  type('status\r');
  await shows('jobs 1 (printed 1), lines ', before);
  type('\x03');
  expect(await program.ended).toMatchObject({ code: 0, stderr: '' });
});
