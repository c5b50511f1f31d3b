import { resolve } from 'node:path';
import type { LoadedFixtures } from '../fixture/load.js';
import type { InsteadRun } from '../fixture/plan-runs.js';
import type { LiveSuite } from '../fixture/report/live.js';
import type { Lang } from '../fixture/report/words.js';
import { FixtureWatch } from '../fixture/watch.js';
import { errorText } from './words.js';

export interface WatchRun {
  readonly paths: readonly string[];
  load(): LoadedFixtures;
  planned(loaded: LoadedFixtures): readonly InsteadRun[];
  carryOut(planned: readonly InsteadRun[], signal: AbortSignal): Promise<unknown>;
  readonly live: LiveSuite;
  readonly lang: Lang;
}

const WAITING = {
  zh: '等待修改:回车运行全部,q 退出',
  en: 'waiting for changes; Enter runs all, q quits',
} as const;

/** What has to be run: everything, or what stands in these files. */
type Todo = 'all' | ReadonlySet<string>;

/** Keeps what has to be run until somebody takes it. */
class Todos {
  #todo: Todo | undefined;
  #wake = () => {};

  add(more: Todo): void {
    this.#todo = this.#todo === 'all' || more === 'all' ? 'all' : new Set([...(this.#todo ?? []), ...more]);
    this.#wake();
  }

  /** Nothing more comes: `take` gives what there is, or nothing. */
  wake(): void {
    this.#wake();
  }

  /** Waits until there is something, or until it is woken. */
  async take(signal: AbortSignal): Promise<Todo | undefined> {
    if (this.#todo === undefined && !signal.aborted)
      await new Promise<void>((woken) => {
        this.#wake = woken;
      });
    const todo = this.#todo;
    this.#todo = undefined;
    return todo;
  }
}

/** Runs everything, and then what changes, until q, Ctrl-C or a signal. */
export async function watchFixtures({ paths, load, planned, carryOut, live, lang }: WatchRun): Promise<void> {
  const controller = new AbortController();
  const todos = new Todos();
  todos.add('all');
  const stop = () => {
    controller.abort('stopped');
    todos.wake();
  };
  const complain = (error: Error) => void process.stderr.write(`paperjam: ${errorText(error)}\n`);
  const watch = new FixtureWatch({ paths, changed: (files) => todos.add(files), failed: complain });
  const keys = listenToKeys({ all: () => todos.add('all'), quit: stop });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  try {
    while (!controller.signal.aborted) {
      const todo = await todos.take(controller.signal);
      if (todo === undefined || controller.signal.aborted) continue;
      const loaded = load();
      for (const error of loaded.errors) complain(error);
      const all = planned(loaded);
      const runs = todo === 'all' ? all : all.filter(({ file }) => todo.has(resolve(file)));
      if (runs.length > 0) await carryOut(runs, controller.signal);
      if (!controller.signal.aborted) live.say(['', WAITING[lang]]);
    }
  } finally {
    watch.close();
    keys.close();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
  }
}

/** What Ctrl-C and Ctrl-D send in raw mode. */
const QUIT = new Set(['q', 'Q', '\u0003', '\u0004']);

/** Single keys of a person at a terminal; without one, nothing is read. */
function listenToKeys({ all, quit }: { all: () => void; quit: () => void }): { close(): void } {
  const { stdin } = process;
  if (stdin.isTTY !== true) return { close() {} };
  const key = (bytes: Buffer) => {
    const typed = [...bytes.toString('latin1')];
    if (typed.some((one) => QUIT.has(one))) quit();
    else if (typed.some((one) => one === '\r' || one === '\n')) all();
  };
  stdin.setRawMode(true);
  stdin.resume();
  stdin.on('data', key);
  return {
    close() {
      stdin.off('data', key);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}
