import fs from 'node:fs';
import { promisify } from 'node:util';
import { DarwinPortBinding, LinuxPortBinding } from '@serialport/bindings-cpp';
import { unixRead } from '@serialport/bindings-cpp/dist/unix-read.js';
import { SerialPort } from 'serialport';

const read = promisify(fs.read);

/**
 * serialport's own binding, except that a read which finds the end is a disconnection.
 *
 * A device that has gone reads as empty. The binding takes that for "nothing yet" and reads again at once, for ever: when
 * a printer vanishes right after it has said something, a core is busy from then on and nobody is told (13.0.0).
 */
export const serialBinding: typeof SerialPort.binding = {
  ...SerialPort.binding,
  // The options and the port are those of this platform's binding; the type is the union of all platforms.
  async open(options: never) {
    const port = await SerialPort.binding.open(options);
    if (port instanceof LinuxPortBinding || port instanceof DarwinPortBinding) {
      const fsReadAsync = readOrEnd as typeof read; // Called in this one of its overloads.
      port.read = (buffer, offset, length) => unixRead({ binding: port, buffer, offset, length, fsReadAsync });
    }
    return port as never;
  },
};

async function readOrEnd(fd: number, buffer: Buffer, offset: number, length: number, position: null) {
  const result = await read(fd, buffer, offset, length, position);
  if (result.bytesRead === 0) throw Object.assign(new Error('the device has hung up'), { code: 'EIO' });
  return result;
}
