import { afterEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import { pacedLink } from '../../src/links/paced.js';
import { pluggedLink } from '../../src/links/plug.js';
import { PtyLink } from '../../src/links/pty.js';
import { SerialLink, type SerialOptions } from '../../src/links/serial.js';
import type { Link, ModemLines } from '../../src/ports/link.js';
import { bytesOf, Collector, until } from './collector.js';
import { FakePort } from './fake-port.js';

const closing: { close(): void }[] = [];

afterEach(() => {
  for (const link of closing.splice(0).reverse()) link.close();
});

function linkTo(port: FakePort, flowControl?: SerialOptions['flowControl']) {
  const { path, binding } = port;
  const link = new SerialLink({ path, baud: 19_200, binding, ...(flowControl === undefined ? {} : { flowControl }) });
  closing.push(link);
  const host = new Collector();
  link.open(host);
  return { link, host };
}

async function opened(port: FakePort, flowControl?: SerialOptions['flowControl']) {
  const { link, host } = linkTo(port, flowControl);
  await until(() => host.events.length > 0);
  expect(host.events).toEqual(['opened']);
  return { link, host };
}

async function asked(link: Link): Promise<ModemLines | 'none'> {
  return new Promise((resolve) => {
    let inside = true;
    link.modemLines?.((lines) => {
      expect(inside).toBe(false);
      resolve(lines);
    });
    inside = false;
  });
}

describe('a port with modem lines', () => {
  test('has DTR and RTS asserted when it is opened', async () => {
    const port = new FakePort();
    await opened(port);
    expect(port.outputs).toEqual([{ brk: false, cts: false, dtr: true, rts: true, lowLatency: false }]);
  });

  test('keeps a short latency that somebody has switched on', async () => {
    const port = new FakePort();
    port.lines = Object.assign(port.lines, { lowLatency: true });
    await opened(port);
    expect(port.outputs).toMatchObject([{ lowLatency: true }]);
  });

  test('tells them as they are now', async () => {
    const port = new FakePort();
    const { link } = await opened(port);
    expect(await asked(link)).toEqual({ cts: true, dsr: true, dcd: false });
    port.clearToSend(false);
    expect(await asked(link)).toEqual({ cts: false, dsr: true, dcd: false });
    port.lines = { cts: true, dsr: false, dcd: true };
    expect(await asked(link)).toEqual({ cts: true, dsr: false, dcd: true });
  });

  test('gives no answer after it was closed', async () => {
    const port = new FakePort();
    const { link } = await opened(port);
    const answers: (ModemLines | 'none')[] = [];
    link.modemLines((lines) => answers.push(lines));
    link.close();
    link.modemLines((lines) => answers.push(lines));
    await until(() => port.doings.at(-1) === 'close');
    expect(answers).toEqual([]);
  });

  test('that fails is lost, not without lines', async () => {
    const port = new FakePort();
    const { link, host } = await opened(port);
    port.fault = 'Input/output error';
    const answers: (ModemLines | 'none')[] = [];
    link.modemLines((lines) => answers.push(lines));
    await until(() => host.losses.length > 0);
    expect(host.losses).toEqual([
      { code: 'lost', message: `${link.address} is gone: Error: Input/output error, cannot get` },
    ]);
    await until(() => port.doings.at(-1) === 'close');
    expect(answers).toEqual([]);
  });

  test('that fails at opening is lost, closed, and can be opened again', async () => {
    const port = new FakePort();
    port.fault = 'No such device';
    const { link, host } = linkTo(port);
    await until(() => host.losses.length > 0);
    expect(host.events).toEqual(['lost lost']);
    port.fault = undefined;
    link.open(host);
    await until(() => host.opens === 1);
    expect(port.doings).toEqual(['open', 'close', 'open']);
  });
});

describe('the printer’s busy line', () => {
  test('is obeyed where CTS is asserted', async () => {
    const port = new FakePort();
    const { link, host } = await opened(port, 'rts/cts');
    expect(port.openings).toEqual([{ rtscts: true, xon: false }]); // Once: DTR must not drop on the way.
    port.clearToSend(false);
    link.write(bytesOf('held'));
    expect(await asked(link)).toMatchObject({ cts: false });
    expect([port.sent, link.pendingBytes, host.drains]).toEqual(['', 4, 0]);
    port.clearToSend(true);
    await until(() => host.drains === 1);
    expect([port.sent, link.pendingBytes]).toEqual(['held', 0]);
  });

  test('has not let go of bytes written while the system drains: they are told with the rest, once', async () => {
    const port = new FakePort();
    const { link, host } = await opened(port, 'rts/cts');
    port.clearToSend(true);
    port.holdsDrain = true;
    link.write(bytesOf('one '));
    await until(() => port.doings.at(-1) === 'drain');
    link.write(bytesOf('two'));
    await until(() => port.sent === 'one two');
    port.holdsDrain = false;
    port.drained();
    await until(() => host.drains > 0);
    expect([link.pendingBytes, host.drains]).toEqual([0, 1]);
    expect(port.doings.filter((doing) => doing === 'drain')).toHaveLength(2);
  });

  test('is not waited for on a cable of three wires', async () => {
    const port = new FakePort();
    port.lines = { cts: false, dsr: false, dcd: false };
    const { link, host } = await opened(port, 'rts/cts');
    expect(port.openings.map(({ rtscts }) => rtscts)).toEqual([true, false]);
    expect(port.doings).toEqual(['open', 'close', 'open']);
    link.write(bytesOf('a ticket'));
    await until(() => host.drains === 1);
    expect(port.sent).toBe('a ticket');
  });

  test('of a printer that is busy at first counts from the next opening on', async () => {
    const port = new FakePort();
    port.clearToSend(false);
    const { link, host } = await opened(port, 'rts/cts');
    port.clearToSend(true);
    link.close();
    link.open(host);
    await until(() => host.opens === 2);
    expect(port.openings.map(({ rtscts }) => rtscts)).toEqual([true, false, true]);
  });

  test('is no matter to a port with other flow control', async () => {
    const without = new FakePort();
    await opened(without);
    const byBytes = new FakePort();
    await opened(byBytes, 'xon/xoff');
    expect(without.openings).toEqual([{ rtscts: false, xon: false }]);
    expect(byBytes.openings).toEqual([{ rtscts: false, xon: true }]);
  });

  test('holding back a port that is closed is no reason to wait: what is left is thrown away', async () => {
    const port = new FakePort();
    const { link } = await opened(port, 'rts/cts');
    port.clearToSend(false);
    link.write(bytesOf('held'));
    link.close();
    await until(() => port.doings.at(-1) === 'close');
    expect(port.doings.slice(-2)).toEqual(['flush', 'close']);
    expect(port.sent).toBe('');
  });

  test('closing and opening in the middle of looking ends with one open port', async () => {
    const port = new FakePort();
    port.clearToSend(false);
    const { link, host } = linkTo(port, 'rts/cts');
    port.after = (doing) => {
      if (doing !== 'open' || port.openings.length > 4) return;
      link.close();
      link.open(host);
    };
    await until(() => host.events.length > 0);
    expect(host.events).toEqual(['opened']);
    expect(port.openings.map(({ rtscts }) => rtscts)).toEqual([true, true, true, true, true, false]);
    const { doings } = port;
    const opens = doings.filter((doing) => doing === 'open').length;
    expect(doings.filter((doing) => doing === 'close').length).toBe(opens - 1);
    port.says('here');
    await until(() => host.text === 'here');
  });
});

describe('a port without modem lines', () => {
  test.each([
    ['glibc and macOS', 'Inappropriate ioctl for device'],
    ['musl', 'Not a tty'],
  ])('has none, in the words of %s, and opens all the same', async (_, words) => {
    const port = new FakePort();
    port.fault = words;
    const { link, host } = await opened(port, 'rts/cts');
    expect(port.doings).toEqual(['open']);
    expect(await asked(link)).toBe('none');
    link.write(bytesOf('a ticket'));
    await until(() => host.drains === 1);
  });

  test('is a real pseudo-terminal, which works as ever', async () => {
    const pty = new PtyLink();
    closing.push(pty);
    const printer = new Collector();
    pty.open(printer);
    await until(() => printer.opens === 1);
    const link = new SerialLink({ path: pty.path ?? '', baud: 115_200, flowControl: 'rts/cts' });
    closing.push(link);
    const host = new Collector();
    link.open(host);
    await until(() => host.opens === 1);
    expect(await asked(link)).toBe('none');
    link.write(bytesOf('a ticket'));
    await until(() => printer.text === 'a ticket');
  });
});

describe('a link around a port', () => {
  test('passes its modem lines on', async () => {
    const port = new FakePort();
    const clock = new VirtualClock();
    const serial = new SerialLink({ path: port.path, baud: 19_200, binding: port.binding });
    const link = pacedLink(pluggedLink(serial, clock, { end: 'host' }).link, clock, 19_200);
    closing.push(link);
    const host = new Collector();
    link.open(host);
    await until(() => host.opens === 1);
    expect(await asked(link)).toEqual({ cts: true, dsr: true, dcd: false });
    port.fault = 'Inappropriate ioctl for device';
    expect(await asked(link)).toBe('none');
  });

  test('has none around a link that never has any', () => {
    const clock = new VirtualClock();
    const { host } = memoryLinkPair(clock);
    expect(host.modemLines).toBeUndefined();
    const { link: plugged, site } = pluggedLink(host, clock, { end: 'host' });
    const link = pacedLink(plugged, clock, 0);
    const answers: (ModemLines | 'none')[] = [];
    link.modemLines?.((lines) => answers.push(lines)); // Not open yet.
    link.open(new Collector());
    clock.advance(0);
    expect(answers).toEqual([]);
    link.modemLines?.((lines) => answers.push(lines));
    expect(answers).toEqual([]);
    clock.advance(0);
    expect(answers).toEqual(['none']);
    link.modemLines?.((lines) => answers.push(lines));
    site.unplug();
    clock.advance(0);
    expect(answers).toEqual(['none']);
  });
});
