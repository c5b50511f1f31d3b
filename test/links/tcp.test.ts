import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { TcpLink } from '../../src/links/tcp.js';
import { TcpServerLink, type TcpServerOptions } from '../../src/links/tcp-server.js';
import { allBytes, bytesOf, Collector, until } from './collector.js';

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

async function openServer(options: Partial<TcpServerOptions> = {}) {
  const server = new TcpServerLink({ port: 0, ...options });
  closing.push(() => server.close());
  const printer = new Collector();
  server.open(printer);
  await until(() => printer.events.length > 0);
  return { server, printer };
}

function openClient(port: number, host = '127.0.0.1') {
  const client = new TcpLink({ host, port, connectMs: 500 });
  closing.push(() => client.close());
  const atHost = new Collector();
  client.open(atHost);
  return { client, atHost };
}

/** A program of somebody else's. */
function plainClient(port: number) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  closing.push(() => socket.destroy());
  const seen = { text: '', ended: false, closed: false };
  socket.on('data', (bytes) => {
    seen.text += bytes.toString('latin1');
  });
  socket.on('end', () => {
    seen.ended = true;
  });
  socket.on('close', () => {
    seen.closed = true;
  });
  socket.on('error', () => {});
  return { socket, seen };
}

/** A printer of somebody else's. */
async function plainServer(onClient: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    closing.push(() => socket.destroy());
    socket.on('error', () => {});
    onClient(socket);
  });
  closing.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

describe('TCP, both sides ours', () => {
  test('carries a megabyte each way, intact, and says when it has left', async () => {
    const { server, printer } = await openServer();
    const { client, atHost } = openClient(server.port);
    await until(() => atHost.events.length > 0);
    expect(client.address).toBe(server.address);
    const megabyte = allBytes(1 << 20);
    client.write(megabyte);
    await until(() => printer.length === megabyte.length);
    server.write(megabyte);
    await until(() => atHost.length === megabyte.length && atHost.drains > 0 && printer.drains > 0);
    expect(Buffer.from(printer.bytes).equals(megabyte)).toBe(true);
    expect(Buffer.from(atHost.bytes).equals(megabyte)).toBe(true);
    expect([client.pendingBytes, server.pendingBytes]).toEqual([0, 0]);
  });

  test('a side that does not read holds the other back', async () => {
    const { server, printer } = await openServer();
    const { client, atHost } = openClient(server.port);
    await until(() => atHost.events.length > 0);
    server.reading(false);
    const sent = allBytes(20 << 20);
    client.write(sent);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(client.pendingBytes).toBeGreaterThan(0);
    expect(atHost.drains).toBe(0);
    server.reading(true);
    await until(() => printer.length === sent.length, 20_000);
    await until(() => atHost.drains > 0);
  });

  test('closing is silent and idempotent, and both can be opened again', async () => {
    const { server, printer } = await openServer();
    const { client, atHost } = openClient(server.port);
    client.close();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(atHost.events).toEqual([]);
    const { port } = server;
    server.close();
    server.close();
    server.open(printer);
    await until(() => printer.events.length === 2);
    expect(server.port).toBe(port);
    client.open(atHost);
    await until(() => atHost.events.length === 1);
    client.write(bytesOf('again'));
    await until(() => printer.text === 'again');
    expect(printer.events).not.toContain('lost lost');
  });
});

describe('a printer on the network that we are the host of', () => {
  test('refuses', async () => {
    const { server, port } = await plainServer(() => {});
    await new Promise((resolve) => server.close(resolve));
    const { atHost } = openClient(port);
    await until(() => atHost.losses.length > 0);
    expect(atHost.losses).toEqual([
      {
        code: 'refused',
        message: `tcp://127.0.0.1:${port} refuses connections. Is the printer's raw port (9100) enabled? Another computer may be using the printer.`,
      },
    ]);
  });

  test('has a name that nobody knows', async () => {
    const { atHost } = openClient(9_100, 'no-such-printer.invalid');
    await until(() => atHost.losses.length > 0, 20_000);
    expect(atHost.losses[0]?.code).toBe('missing');
  });

  test('resets the connection', async () => {
    const { port } = await plainServer((socket) => setTimeout(() => socket.resetAndDestroy(), 20));
    const { atHost } = openClient(port);
    await until(() => atHost.losses.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(atHost.events).toEqual(['opened', 'lost lost']);
    expect(atHost.losses[0]?.message).toBe(
      `tcp://127.0.0.1:${port} is gone: ECONNRESET. Another computer may be using the printer.`,
    );
  });

  test('ends the connection: what it said before is heard, and then it is lost', async () => {
    const { port } = await plainServer((socket) => socket.end('paper out'));
    const { atHost, client } = openClient(port);
    await until(() => atHost.losses.length > 0);
    expect(atHost.events).toEqual(['opened', 'received', 'lost lost']);
    expect(atHost.text).toBe('paper out');
    expect(atHost.losses[0]?.message).toBe(`${client.address} has ended the connection`);
    client.write(bytesOf('ignored'));
    expect(client.pendingBytes).toBe(0);
  });

  test('ends the connection at once, as some do that serve somebody else', async () => {
    const { port } = await plainServer((socket) => socket.end());
    const { atHost, client } = openClient(port);
    await until(() => atHost.losses.length > 0);
    expect(atHost.events).toEqual(['opened', 'lost lost']);
    expect(atHost.losses[0]?.message).toBe(
      `${client.address} has ended the connection before it said anything. Another computer may be using the printer.`,
    );
  });

  test('stalls: nothing is lost, and nothing is said', async () => {
    const { port } = await plainServer((socket) => socket.pause());
    const { atHost, client } = openClient(port);
    await until(() => atHost.events.length > 0);
    client.write(allBytes(20 << 20));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(client.pendingBytes).toBe(20 << 20);
    expect(atHost.events).toEqual(['opened']);
  });

  test('is at a port that cannot be', async () => {
    const { atHost } = openClient(99_999);
    expect(atHost.events).toEqual([]);
    await until(() => atHost.losses.length > 0);
    expect(atHost.losses[0]?.code).toBe('unsupported');
  });
});

describe('the printer side of TCP', () => {
  test('serves one client at a time, in the order in which they came, each with its own answers', async () => {
    const { server, printer } = await openServer();
    const first = plainClient(server.port);
    first.socket.write('first ');
    await until(() => printer.text === 'first ');
    const second = plainClient(server.port);
    const third = plainClient(server.port);
    await until(() => second.socket.readyState === 'open' && third.socket.readyState === 'open');
    second.socket.write('second ');
    third.socket.write('third ');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(printer.text).toBe('first ');
    server.write(bytesOf('for the first'));
    await until(() => first.seen.text === 'for the first');
    first.socket.destroy();
    await until(() => printer.text === 'first second ');
    server.write(bytesOf('for the second'));
    await until(() => second.seen.text === 'for the second');
    second.socket.destroy();
    await until(() => printer.text === 'first second third ');
    expect([first.seen.text, third.seen.text]).toEqual(['for the first', '']);
    expect(printer.losses).toEqual([]);
  });

  test('still answers a client that has sent all it will send, and then hangs up', async () => {
    const { server, printer } = await openServer({ lingerMs: 50 });
    printer.after = (event) => event === 'received' && setTimeout(() => server.write(Uint8Array.of(0x12)), 20);
    const { socket, seen } = plainClient(server.port);
    socket.end('\x10\x04\x01');
    await until(() => seen.ended);
    expect(seen.text).toBe('\x12');
  });

  test('survives a client that resets, and one that waits and resets', async () => {
    const { server, printer } = await openServer();
    const first = plainClient(server.port);
    first.socket.write('a');
    await until(() => printer.text === 'a');
    const second = plainClient(server.port);
    await until(() => second.socket.readyState === 'open');
    second.socket.resetAndDestroy();
    first.socket.resetAndDestroy();
    const third = plainClient(server.port);
    third.socket.write('b');
    await until(() => printer.text === 'ab');
    expect(printer.losses).toEqual([]);
  });

  test('loses what it says to nobody, and does not wait for anybody', async () => {
    const { server, printer } = await openServer();
    server.write(allBytes(1_000));
    expect(server.pendingBytes).toBe(0);
    await until(() => printer.drains === 1);
  });

  test('turns away those for whom there is no room to wait', async () => {
    const { server } = await openServer();
    const clients = Array.from({ length: 30 }, () => plainClient(server.port));
    await until(() => clients.filter(({ seen }) => seen.ended).length === 13);
  });

  test('says that its port is in use', async () => {
    const { server } = await openServer();
    const second = new TcpServerLink({ port: server.port });
    await expect(second.listen()).rejects.toMatchObject({
      code: 'PJ_PORT_IN_USE',
      message: `Port ${server.port} on 127.0.0.1 is in use by another program. Stop it, or choose another port.`,
    });
    const printer = new Collector();
    second.open(printer);
    await until(() => printer.losses.length > 0);
    expect(printer.losses[0]?.code).toBe('busy');
  });

  test('says that it cannot listen at an address of another machine', async () => {
    await expect(new TcpServerLink({ host: '192.0.2.1', port: 0 }).listen()).rejects.toMatchObject({
      code: 'PJ_LISTEN',
      message: expect.stringContaining('192.0.2.1:0'),
    });
  });

  test('can listen ahead of being opened: clients that come wait', async () => {
    const server = new TcpServerLink({ port: 0 });
    closing.push(() => server.close());
    await server.listen();
    const { socket } = plainClient(server.port);
    socket.write('early');
    await new Promise((resolve) => setTimeout(resolve, 20));
    const printer = new Collector();
    server.open(printer);
    await until(() => printer.text === 'early');
    expect(printer.events[0]).toBe('opened');
  });
});
