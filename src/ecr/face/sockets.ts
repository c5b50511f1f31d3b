import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The sockets of a server, those beneath TLS and those that never say a word included. */
export class Sockets {
  readonly #byPeer = new Map<string, Socket>();

  watch(server: Server): void {
    server.on('connection', (socket: Socket) => {
      const peer = peerOf(socket);
      this.#byPeer.set(peer, socket);
      socket.once('close', () => {
        if (this.#byPeer.get(peer) === socket) this.#byPeer.delete(peer);
      });
    });
  }

  get size(): number {
    return this.#byPeer.size;
  }

  /** Tears a connection down as a machine does that has lost its power and is back: with RST. */
  reset(stream: Socket): void {
    const beneath = this.#byPeer.get(peerOf(stream));
    if (beneath === undefined) stream.destroy();
    else beneath.resetAndDestroy();
    if (beneath !== stream) stream.destroy();
  }

  cutAll(): void {
    for (const socket of this.#byPeer.values()) socket.destroy();
  }
}

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress}:${remotePort}`;
}
