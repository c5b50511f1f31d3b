import { expect } from 'vitest';
import type { ErrorCode } from '../../../src/base/errors.js';
import { Flash } from '../../../src/ground/flash.js';
import type { SaleFacts } from '../../../src/terminal/facts.js';
import type { JournalRecord } from '../../../src/terminal/journal/record.js';
import { type ApiFace, type ApiFaceOptions, createApiFace } from '../../../src/till/api/face.js';
import type { NoteDelivery } from '../../../src/till/connection.js';
import { Shelf } from '../../../src/till/shelf.js';
import { Shop } from '../../../src/till/shop.js';
import { prepareDevice, type Simulation, type SimulationOptions, simulate } from '../../../src/world/simulated.js';
import type { TillTold } from '../../../src/world/tills.js';
import { type TestAnswer, type TestRequest, TestTill } from '../exchange.js';

const device = await prepareDevice('epson-tm-m30');

export const PAYS = { amount: '12.80', customer: { behaviour: 'pays' } };

/** A terminal and its own API, in virtual time, and a till at it. */
export class FaceBench {
  readonly simulation: Simulation;
  readonly shop: Shop;
  readonly face: ApiFace;
  readonly till: TestTill;
  readonly shelf: Shelf;
  readonly shelfFlash: Flash;
  readonly bugs: Error[] = [];
  readonly told: TillTold[] = [];

  constructor(options: SimulationOptions & { readonly shelf?: Uint8Array } = {}, more: Partial<ApiFaceOptions> = {}) {
    const { shelf, ...world } = options;
    this.simulation = simulate(device, world);
    this.shop = new Shop([this.world]);
    this.shelfFlash = new Flash(this.clock, shelf === undefined ? {} : { content: shelf });
    this.shelf = new Shelf(this.shelfFlash);
    this.face = createApiFace(this.shop, { shelf: this.shelf, bug: (error) => this.bugs.push(error), ...more });
    const note: NoteDelivery = (fact, face, of, saleId) => {
      const counter = this.shop.counter(of.merchant.terminalId);
      if (fact === 'delivered') counter?.delivered(face, saleId);
      else counter?.lost(face, saleId);
    };
    this.till = new TestTill(this.face, this.clock, note);
    this.world.tills.watch((told) => this.told.push(told));
    this.world.start();
    this.untilFree();
    this.clock.advance(0); // The boot is durable.
  }

  get world() {
    return this.simulation.world;
  }

  get clock() {
    return this.simulation.clock;
  }

  untilFree(): void {
    this.clock.runUntil(() => this.world.terminal.free);
  }

  post(path: string, json?: unknown, key?: string): TestAnswer {
    return this.till.ask(posted(path, json, key));
  }

  get(path: string): TestAnswer {
    const [at = '', query = ''] = path.split('?');
    return this.till.ask({ method: 'GET', path: at, query });
  }

  facts(saleId: string): SaleFacts {
    return this.world.terminal.page(saleId).facts;
  }

  /** What stands in the journal, on the flash. */
  records(): JournalRecord[] {
    const lines = Buffer.from(this.simulation.flash().read()).toString().trim().split('\n');
    return lines.map((line) => JSON.parse(line));
  }

  kinds(saleId: string): string[] {
    return this.records().flatMap((record) => ('saleId' in record && record.saleId === saleId ? [record.kind] : []));
  }

  /** How many payments the platform has taken, and how many it has kept. */
  trades(): string[] {
    return (this.world.platform?.ledger.trades() ?? []).map(({ state }) => state);
  }
}

export function posted(path: string, json?: unknown, key?: string): TestRequest {
  return {
    path,
    ...(json === undefined ? {} : { json }),
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  };
}

export function expectProblem(answer: TestAnswer, status: number, code: ErrorCode, words = /./): void {
  expect(answer.json, answer.body).toEqual({
    type: `urn:paperjam:error:${code}`,
    title: code,
    status,
    code,
    detail: expect.stringMatching(words),
  });
  expect(answer).toMatchObject({ status, headers: { 'content-type': 'application/problem+json' } });
}
