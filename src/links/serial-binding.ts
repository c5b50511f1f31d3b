import fs from 'node:fs';
import { promisify } from 'node:util';
import { DarwinPortBinding, LinuxPortBinding } from '@serialport/bindings-cpp';
import { EVENTS, type Poller } from '@serialport/bindings-cpp/dist/poller.js';
import { unixRead } from '@serialport/bindings-cpp/dist/unix-read.js';
import { SerialPort } from 'serialport';

const read = promisify(fs.read);

/**
 * serialport's own binding, with two mistakes of it mended (13.0.0).
 *
 * A device that has gone reads as empty. The binding takes that for "nothing yet" and reads again at once, for ever: when
 * a printer vanishes right after it has said something, a core is busy from then on and nobody is told. Here a read that
 * finds the end is a disconnection.
 *
 * The system is asked only for what was wanted last: a write that waits for room, on a line that the printer holds, is
 * forgotten as soon as a read waits too, or the other way round, and then the port may write or hear nothing for ever. Here
 * both are waited for.
 */
export const serialBinding: typeof SerialPort.binding = {
  ...SerialPort.binding,
  // The options and the port are those of this platform's binding; the type is the union of all platforms.
  async open(options: never) {
    const port = await SerialPort.binding.open(options);
    if (port instanceof LinuxPortBinding || port instanceof DarwinPortBinding) {
      const fsReadAsync = readOrEnd as typeof read; // Called in this one of its overloads.
      port.read = (buffer, offset, length) => unixRead({ binding: port, buffer, offset, length, fsReadAsync });
      waitForAll(port.poller);
    }
    return port as never;
  },
};

async function readOrEnd(fd: number, buffer: Buffer, offset: number, length: number, position: null) {
  const result = await read(fd, buffer, offset, length, position);
  if (result.bytesRead === 0) throw Object.assign(new Error('the device has hung up'), { code: 'EIO' });
  return result;
}

function waitForAll(poller: Poller): void {
  const ask = poller.poll.bind(poller);
  let wanted = 0;
  poller.poll = (events = 0) => {
    wanted |= events;
    ask(wanted);
  };
  poller.on('readable', () => {
    wanted &= ~EVENTS.UV_READABLE;
  });
  poller.on('writable', () => {
    wanted &= ~EVENTS.UV_WRITABLE;
  });
}
