import { createHash } from 'node:crypto';
import type { Shelf } from '../shelf.js';
import type { Shop } from '../shop.js';
import type { Bulletin } from './bulletin.js';
import { isOver, MARKS, TASKS, type Task } from './records.js';
import { taskView } from './task-view.js';

export type TaskKind = Task['kind'];

interface Keeping {
  /** So many writes have not been answered yet. */
  underWay: number;
  readonly waiting: ((error?: Error) => void)[];
}

/** A fingerprint of what was asked, so that a key is known to be used for the same thing again. */
export function fingerprint(asked: unknown): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url');
}

/**
 * What terminals are to do, as the cloud keeps it: each is durable before a till hears of it, and before a terminal does.
 * Each change is told to those who have subscribed, once it is durable.
 */
export class Tasks {
  readonly #shop: Shop;
  readonly #shelf: Shelf;
  readonly #bulletin: Bulletin;
  readonly #tasks = new Map<string, Task>();
  readonly #ids = new Map<string, string>();
  /** Those that are not over, by their terminals. */
  readonly #open = new Map<string, Set<string>>();
  /** Those that are not durable as they are. */
  readonly #unkept = new Map<string, Keeping>();

  constructor(shop: Shop, shelf: Shelf, bulletin: Bulletin) {
    this.#shop = shop;
    this.#shelf = shelf;
    this.#bulletin = bulletin;
    for (const [id, task] of shelf.entries(TASKS)) this.#note(id, task);
  }

  get(id: string): Task | undefined {
    return this.#tasks.get(id);
  }

  of(kind: TaskKind): [id: string, task: Task][] {
    return [...this.#tasks].filter(([, task]) => task.kind === kind);
  }

  /** Those of a terminal that are not over, oldest first. */
  open(terminalId: string): [id: string, task: Task][] {
    return [...(this.#open.get(terminalId) ?? [])].flatMap((id): [string, Task][] => {
      const task = this.#tasks.get(id);
      return task === undefined ? [] : [[id, task]];
    });
  }

  /** Those of all terminals that are not over. */
  allOpen(): [id: string, task: Task][] {
    return [...this.#open.keys()].flatMap((terminalId) => this.open(terminalId));
  }

  /** The id of the task that was asked for with this key. */
  withKey(kind: TaskKind, key: string): string | undefined {
    return this.#ids.get(keyOf(kind, key));
  }

  /** `kept` hears once it is durable, or why it is not. */
  create(id: string, task: Task, kept: (error?: Error) => void): void {
    this.#note(id, task);
    this.#put(id, task, 'created', kept);
  }

  change(id: string, change: Partial<Task>, kept: (error?: Error) => void = () => {}): void {
    const before = this.#tasks.get(id);
    if (before === undefined) return;
    const quiet = Object.keys(change).every((name) => MARKS.has(name));
    const updatedAtMs = quiet ? before.updatedAtMs : this.#shop.clock.now();
    const task = { ...before, ...change, updatedAtMs };
    this.#note(id, task);
    this.#put(id, task, quiet ? 'noted' : 'updated', kept);
  }

  /** At once if it is durable, or when it is. What could not be kept before is tried once more. */
  whenKept(id: string, done: (error?: Error) => void): void {
    const keeping = this.#unkept.get(id);
    const task = this.#tasks.get(id);
    if (keeping === undefined || task === undefined) done();
    else if (keeping.underWay === 0) this.#put(id, task, 'created', done);
    else keeping.waiting.push(done);
  }

  /** Whether a terminal may hear of it. */
  isKept(id: string): boolean {
    return !this.#unkept.has(id);
  }

  #note(id: string, task: Task): void {
    this.#tasks.set(id, task);
    this.#ids.set(keyOf(task.kind, task.key), id);
    const open = this.#open.get(task.terminalId) ?? new Set();
    this.#open.set(task.terminalId, open);
    if (isOver(task)) open.delete(id);
    else open.add(id);
  }

  #put(id: string, task: Task, event: 'created' | 'updated' | 'noted', kept: (error?: Error) => void): void {
    const keeping = this.#unkept.get(id) ?? { underWay: 0, waiting: [] };
    keeping.underWay++;
    this.#unkept.set(id, keeping);
    this.#shelf.put(TASKS, id, task, (error) => {
      keeping.underWay--;
      if (error === undefined) {
        if (keeping.underWay === 0) this.#unkept.delete(id);
        if (event !== 'noted') this.#tell(id, task, event);
      }
      kept(error);
      if (keeping.underWay === 0) for (const done of keeping.waiting.splice(0)) done(error);
    });
  }

  #tell(id: string, task: Task, event: 'created' | 'updated'): void {
    if (task.plain === true) return; // The Refunds API tells of it, by the payment that it is about.
    const view = taskView(id, task, this.#shop.counter(task.terminalId));
    this.#bulletin.publish(`terminal.${task.kind}.${event}`, task.kind, id, { [task.kind]: view });
  }
}

function keyOf(kind: TaskKind, key: string): string {
  return `${kind} ${key}`;
}
