import { afterEach, expect } from 'vitest';
import type { ErrorCode } from '../../../src/base/errors.js';
import { type ApiOptions, type ServedApi, serveApi } from '../../../src/ecr/api/server.js';
import type { JournalRecord } from '../../../src/terminal/journal/record.js';
import { whenSettled } from '../../../src/world/settled.js';
import {
  type PreparedDevice,
  prepareDevice,
  type Simulation,
  type SimulationOptions,
  simulate,
} from '../../../src/world/simulated.js';

const device: Promise<PreparedDevice> = prepareDevice('epson-tm-m30');
const open = new Set<ApiBench>();

/** Long enough for anything on loopback. */
const PATIENCE_MS = 10_000;

/** Registered by whoever uses a bench. */
export function closeBenches(): void {
  afterEach(async () => {
    for (const bench of open) await bench.close();
    open.clear();
  });
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON. */
  readonly json: Record<string, unknown>;
}

export interface CallOptions {
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly text?: string | Uint8Array;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/**
 * The control API on a real socket, and behind it a terminal on virtual time. Time stands still while a request is
 * under way, but for what is due at once, unless the test moves it.
 */
export class ApiBench {
  readonly bugs: Error[] = [];

  private constructor(
    readonly simulation: Simulation,
    readonly api: ServedApi,
    bugs: Error[],
  ) {
    this.bugs = bugs;
  }

  static async open(options: SimulationOptions = {}, apiOptions: ApiOptions = {}): Promise<ApiBench> {
    const prepared = options.device === undefined ? await device : await prepareDevice(options.device);
    const simulation = simulate(prepared, options);
    const bugs: Error[] = [];
    const api = await serveApi(simulation.world, { bug: (error) => bugs.push(error), ...apiOptions });
    simulation.world.start();
    simulation.clock.runUntil(() => simulation.world.terminal.free);
    const bench = new ApiBench(simulation, api, bugs);
    open.add(bench);
    return bench;
  }

  async close(): Promise<void> {
    open.delete(this);
    await this.api.close();
    this.world.close();
  }

  get world() {
    return this.simulation.world;
  }

  get clock() {
    return this.simulation.clock;
  }

  /** Sends a request and lets everything happen that is due at once, until the answer is there. */
  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const answer = this.send(method, path, options);
    let there = false;
    const end = () => {
      there = true;
    };
    answer.then(end, end);
    await this.until(() => there);
    return answer;
  }

  /** Sends a request, and leaves everything else to the test. */
  async send(method: string, path: string, { body, text, headers = {}, signal }: CallOptions = {}): Promise<Answer> {
    const content = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${this.api.url}${path}`, {
      method,
      headers: { ...(content === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(content === undefined ? {} : { body: content }),
      ...(signal === undefined ? {} : { signal }),
    });
    const received = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text: received,
      get json() {
        return JSON.parse(received);
      },
    };
  }

  /** Turns the event loop until something has happened; virtual time stands still. */
  async until(done: () => boolean): Promise<void> {
    const endMs = performance.now() + PATIENCE_MS;
    while (!done()) {
      if (performance.now() > endMs) throw new Error(`did not happen: ${done}`);
      this.clock.advance(0);
      await turn();
    }
  }

  /** A sale by POST. Its payment is under way. */
  async sell(body: object = {}): Promise<string> {
    const answer = await this.call('POST', '/v1/sales', {
      body: { amount: '12.80', customer: { behaviour: 'pays' }, ...body },
    });
    expect(answer.status, answer.text).toBe(201);
    return String(answer.json.id);
  }

  /** Lets time go by until the sale has settled. */
  settle(saleId: string): void {
    let settled = false;
    whenSettled(this.world, saleId, 600_000, () => {
      settled = true;
    });
    this.clock.runUntil(() => settled);
  }

  /** A sale that is paid and printed, or what else comes of it. */
  async soldAndSettled(body: object = {}): Promise<string> {
    const saleId = await this.sell(body);
    this.settle(saleId);
    return saleId;
  }

  /** The journal, as it stands on the flash. */
  records(): JournalRecord[] {
    const lines = Buffer.from(this.simulation.flash().read()).toString().trim().split('\n');
    return lines.map((line) => JSON.parse(line));
  }

  /** The deliveries that the journal notes for a sale. */
  deliveries(saleId: string): string[] {
    return this.records().flatMap((record) =>
      record.kind === 'delivery' && record.saleId === saleId ? [`${record.fact} to ${record.to}`] : [],
    );
  }
}

/** One turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await turn();
}

/** An error as it has to be over HTTP. */
export function expectProblem(answer: Answer, status: number, code: ErrorCode, words?: RegExp): void {
  expect(answer.json, answer.text).toEqual({
    type: `urn:paperjam:error:${code}`,
    title: code,
    status,
    code,
    detail: words === undefined ? expect.any(String) : expect.stringMatching(words),
  });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.text).not.toMatch(/node_modules|\.[jt]s:\d+/);
}
