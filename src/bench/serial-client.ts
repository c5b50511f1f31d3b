/** A program of somebody else's, in a process of its own: opens a serial port, sends so many bytes, and waits to be ended. */
import { SerialPort } from 'serialport';

const [path = '', baud = '9600', size = '0'] = process.argv.slice(2);

new SerialPort({ path, baudRate: Number(baud) }, function opened(this: SerialPort, error) {
  if (error) throw error;
  this.write(Buffer.alloc(Number(size), 'The quick brown fox jumps over the lazy dog, 9x\n'));
});
