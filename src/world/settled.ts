import { isFinal, type SaleFacts } from '../terminal/facts.js';
import type { World } from './world.js';

/** Whether there is an answer to give: the payment is final and the ticket's fate known, or the guard task has the sale. */
export function isSettled(facts: SaleFacts): boolean {
  return facts.payment === 'unknown' ? facts.unresolved : isFinal(facts) && facts.ticket !== 'pending';
}

/**
 * Calls `done` once: with `true` when the sale has settled, with `false` when the time is up or the terminal is out of
 * service. The result forgets about it.
 */
export function whenSettled(
  world: World,
  saleId: string,
  withinMs: number,
  done: (settled: boolean) => void,
): () => void {
  const { clock } = world;
  const end = (settled: boolean) => {
    forget();
    done(settled);
  };
  const timer = clock.setTimeout(() => end(false), withinMs);
  const unwatch = world.watch({
    sale: (facts) => {
      if (facts.saleId === saleId && isSettled(facts)) end(true);
    },
    failed: () => end(false),
  });
  const forget = () => {
    clock.clearTimeout(timer);
    unwatch();
  };
  return forget;
}

/** Until the terminal is free for a new sale, after a boot when it has settled what it found; or out of service. */
export function whenFree(world: World): Promise<void> {
  return new Promise((done) => {
    const unwatch = world.watch({ screen: () => look(), failed: () => look() });
    const look = () => {
      if (!world.terminal.free && world.terminal.failure === undefined) return;
      unwatch();
      done();
    };
    look();
  });
}

const LOOK_AGAIN_MS = 10;
const BOOT_MS = 60_000;

/**
 * Calls `done` once: with `true` when the terminal has booted and settled what it found, and its printer is known, or known
 * to be missing; with `false` when it is out of service, or has had a minute for it.
 */
export function whenReady(world: World, done: (ready: boolean) => void): void {
  const { clock } = world;
  const untilMs = clock.now() + BOOT_MS;
  const look = () => {
    const { free, failure } = world.terminal;
    const { ready, faults, life } = world.printer.status();
    const known = ready || faults.length > 0 || life === 'absent';
    if ((free && known) || failure !== undefined || clock.now() >= untilMs) done(free && known);
    else clock.setTimeout(look, LOOK_AGAIN_MS);
  };
  look();
}
