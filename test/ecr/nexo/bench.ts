import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServedNexo, type ServeNexoOptions, serveNexo } from '../../../src/ecr/nexo/serve.js';
import { Flash } from '../../../src/ground/flash.js';
import { RunningTime } from '../../../src/ground/running-time.js';
import { Shelf } from '../../../src/till/shelf.js';
import { Shop } from '../../../src/till/shop.js';
import { prepareDevice, type Simulation, simulate } from '../../../src/world/simulated.js';

const device = prepareDevice('epson-tm-m30');

export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'paperjam-nexo-'));
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

/** A till's server for event notifications. */
export class Receiver {
  readonly received: { readonly authorization: string | undefined; readonly body: string }[] = [];
  readonly #server: Server;
  #heard = () => {};

  constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => {
        body += chunk;
      });
      request.on('end', () => {
        response.end();
        this.received.push({ authorization: request.headers.authorization, body });
        this.#heard();
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    const { port } = this.#server.address() as AddressInfo; // Always that, for a server on a host and port.
    return `http://127.0.0.1:${port}/events`;
  }

  /** Until something has come in of which this is true. */
  until(holds: (body: string) => boolean): Promise<string> {
    return new Promise((done) => {
      this.#heard = () => {
        const found = this.received.find(({ body }) => holds(body));
        if (found !== undefined) done(found.body);
      };
      this.#heard();
    });
  }

  close(): void {
    this.#server.close();
  }
}

/** A terminal behind real ports. Its time is virtual, and goes by while a till waits for an answer. */
export class NexoBench {
  /** Time stands still though somebody waits. */
  still = false;

  private constructor(
    readonly simulation: Simulation,
    readonly shop: Shop,
    readonly time: RunningTime,
    readonly served: ServedNexo,
    readonly receiver: Receiver,
    readonly folder: { path: string; remove(): void },
  ) {}

  static async open(options: Partial<ServeNexoOptions> = {}): Promise<NexoBench> {
    const simulation = simulate(await device);
    const { world, clock } = simulation;
    world.start();
    clock.runUntil(() => world.terminal.free);
    const folder = temporaryFolder();
    const receiver = new Receiver();
    const shop = new Shop([world]);
    const time = new RunningTime(clock);
    const bench: { now?: NexoBench } = {};
    const events = { url: await receiver.listen(), secret: 'till:sesame' };
    const shelf = new Shelf(new Flash(clock));
    const busy = () => (bench.now?.still === true ? () => {} : time.wait());
    const asked = { shelf, folder: folder.path, port: 0, cloudPort: 0, events, busy, ...options };
    const served = await serveNexo(shop, asked).catch((error: unknown) => {
      receiver.close();
      folder.remove();
      throw error;
    });
    bench.now = new NexoBench(simulation, shop, time, served, receiver, folder);
    return bench.now;
  }

  get world() {
    return this.simulation.world;
  }

  async close(): Promise<void> {
    await this.served.close();
    this.receiver.close();
    this.time.close();
    this.shop.close();
    this.world.close();
    this.folder.remove();
  }
}
