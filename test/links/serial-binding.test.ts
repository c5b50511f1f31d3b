import { SerialPort } from 'serialport';
import { expect, test } from 'vitest';
import { PtyLink } from '../../src/links/pty.js';
import { serialBinding } from '../../src/links/serial-binding.js';
import { Collector, until } from './collector.js';

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
