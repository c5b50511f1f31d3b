import { SerialPort } from 'serialport';
import { expect, test } from 'vitest';
import { PtyLink } from '../../src/links/pty.js';
import { serialBinding } from '../../src/links/serial-binding.js';
import { allBytes, bytesOf, Collector, until } from './collector.js';

/** What a read says, within 50 ms, of a device that has just gone. */
async function readAfterTheEnd(binding: typeof SerialPort.binding): Promise<string> {
  const pty = new PtyLink();
  const printer = new Collector();
  pty.open(printer);
  await until(() => printer.opens === 1);
  const port = await binding.open({ path: pty.path ?? '', baudRate: 9_600 } as never); // Of this platform's binding.
  pty.close();
  const result = await Promise.race([
    port.read(Buffer.alloc(10), 0, 10).then(
      ({ bytesRead }) => `${bytesRead} bytes`,
      (error: Error) => error.message,
    ),
    new Promise<string>((resolve) => setTimeout(resolve, 50, 'nothing')),
  ]);
  await port.close();
  return result;
}

test('a read of a device that has gone fails', async () => {
  expect(await readAfterTheEnd(serialBinding)).toBe('the device has hung up');
});

test("serialport's own binding reads for ever; once it does not, `serial-binding.ts` can go", async () => {
  expect(await readAfterTheEnd(SerialPort.binding)).toBe('nothing');
});

/** What becomes of an answer, and of a write, while the printer holds that up; and of the write when it takes more. */
async function heldUp(sent: Uint8Array): Promise<string> {
  const pty = new PtyLink();
  const printer = new Collector();
  pty.open(printer);
  await until(() => printer.opens === 1);
  const port = await serialBinding.open({ path: pty.path ?? '', baudRate: 9_600 } as never); // Of this platform's binding.
  await until(() => pty.peerOpen);
  pty.reading(false);
  const answers = Buffer.alloc(10);
  let heard = 'nothing heard';
  const answered = port.read(answers, 0, 10).then(() => {
    heard = 'the answer heard';
    void port.read(answers, 0, 10).catch(() => {}); // Waits for the next one, until the port is closed.
  });
  const limit = () => new Promise((resolve) => setTimeout(resolve, 300));
  const written = port.write(Buffer.from(sent)).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 20)); // Until the write waits, which nothing tells.
  pty.write(bytesOf('answer'));
  await Promise.race([answered.catch(() => {}), limit()]);
  pty.reading(true);
  await Promise.race([written.then(() => until(() => printer.length === sent.length)), limit()]);
  const all = printer.length === sent.length;
  pty.close();
  await port.close();
  return `${heard}, ${all ? 'all' : 'not all'} written`;
}

test('an answer is heard while a write waits for the printer, and the write goes on', async () => {
  expect(await heldUp(allBytes(200_000))).toBe('the answer heard, all written');
});
