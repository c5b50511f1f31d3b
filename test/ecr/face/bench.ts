import { type ClientRequest, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeEach } from 'vitest';
import { type FaceOptions, type ServedFace, serveFace } from '../../../src/ecr/face/serve.js';
import type { TillFate } from '../../../src/ports/till-faults.js';
import type { Undo } from '../../../src/ports/undo.js';
import { Shop } from '../../../src/till/shop.js';
import { prepareDevice, type Simulation, simulate } from '../../../src/world/simulated.js';
import type { TillTold } from '../../../src/world/tills.js';
import { ScriptedFace } from '../../till/scripted-face.js';

const device = prepareDevice('epson-tm-m30');

/** Long enough for anything on loopback. */
const PATIENCE_MS = 10_000;

/** What came back; `failure` is the code of the client's error. */
export type Result =
  | { readonly status: number; readonly headers: NodeJS.Dict<string | string[]>; readonly body: string }
  | { readonly failure: string };

export interface Call {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  readonly ca?: string;
}

/** A scripted face on a real socket, and a terminal on virtual time, which goes on only for what is due at once. */
export class FaceBench {
  readonly bugs: Error[] = [];
  readonly told: TillTold[] = [];
  /** Requests for which somebody says that the machine is busy. */
  busy = 0;
  #fates: Undo[] = [];

  private constructor(
    readonly simulation: Simulation,
    readonly shop: Shop,
    readonly face: ScriptedFace,
  ) {
    simulation.world.tills.watch((told) => this.told.push(told));
  }

  served: ServedFace = { url: '', port: 0, close: async () => {} };

  /** One server for all tests of a file; each begins with a face that is as new. */
  static async open(options: Partial<FaceOptions> = {}): Promise<FaceBench> {
    const simulation = simulate(await device);
    simulation.world.start();
    simulation.clock.runUntil(() => simulation.world.terminal.free);
    const shop = new Shop([simulation.world]);
    const bench = new FaceBench(simulation, shop, new ScriptedFace(simulation.world));
    const busy = () => {
      bench.busy++;
      return () => void bench.busy--;
    };
    const bug = (error: Error) => bench.bugs.push(error);
    bench.served = await serveFace(bench.face, { what: 'scripted face', shop, busy, bug, ...options });
    beforeEach(() => bench.#reset());
    afterAll(() => bench.close());
    return bench;
  }

  async close(): Promise<void> {
    await this.served.close();
    this.shop.close();
    this.world.close();
  }

  get world() {
    return this.simulation.world;
  }

  befalls(fate: TillFate): void {
    this.#fates.push(this.world.tills.site.onRequest(() => fate));
  }

  /** Sends a request; the result comes when it comes. */
  call(path: string, { method = 'POST', headers = {}, body, ca }: Call = {}): { result: Promise<Result>; end(): void } {
    const send = this.served.url.startsWith('https') ? overHttps : overHttp;
    const options = { method, headers, agent: false, ...(ca === undefined ? {} : { ca }) };
    let request: ClientRequest | undefined;
    const result = new Promise<Result>((done) => {
      const failed = (error: NodeJS.ErrnoException) => done({ failure: error.code ?? error.message });
      request = send(`${this.served.url}${path}`, options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('error', failed);
        response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      });
      request.on('error', failed);
      request.end(body);
    });
    return { result, end: () => request?.destroy() };
  }

  /** Lets everything happen that is due at once, until the answer is there. */
  async ask(path: string, call?: Call): Promise<Result> {
    const { result } = this.call(path, call);
    let there: Result | undefined;
    void result.then((one) => {
      there = one;
    });
    await this.until(() => there !== undefined);
    return result;
  }

  async until(done: () => boolean): Promise<void> {
    const endMs = performance.now() + PATIENCE_MS;
    while (!done()) {
      if (performance.now() > endMs) throw new Error(`did not happen: ${done}`);
      this.simulation.clock.advance(0);
      await new Promise((turn) => setImmediate(turn));
    }
  }

  /** A bare connection, and what comes back on it until it ends. */
  raw(bytes: string | Uint8Array = ''): { socket: Socket; text: Promise<string> } {
    const socket = connect(this.served.port, '127.0.0.1');
    const text = new Promise<string>((resolve) => {
      let received = '';
      socket.on('data', (chunk) => {
        received += chunk;
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(received));
    });
    if (bytes.length > 0) socket.write(bytes);
    return { socket, text };
  }

  #reset(): void {
    for (const undo of this.#fates.splice(0)) undo();
    const { face } = this;
    Object.assign(face, { heard: [], open: [], told: [], waits: false, expected: undefined, gone: 0 });
    this.bugs.length = 0;
    this.told.length = 0;
  }
}
