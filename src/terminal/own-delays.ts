import type { AnyActorRef } from 'xstate';
import type { Clock, Timer } from '../ports/clock.js';

/**
 * Has the delays of an actor kept by the clock that is handed in, and by nothing else. XState's own keeper of delays notes
 * besides, for nobody here, by Node's clock when each began; a part does not ask Node for the time. Returns the actor.
 */
export function ownDelays<Actor extends AnyActorRef>(actor: Actor, clock: Clock): Actor {
  const timers = new Map<string, Timer>();
  const forget = (id: string) => {
    clock.clearTimeout(timers.get(id));
    timers.delete(id);
  };
  let unnamed = 0;
  actor.system.scheduler = {
    schedule(_source, target, event, delayMs, id = `unnamed ${++unnamed}`) {
      forget(id);
      const run = () => {
        timers.delete(id);
        target.send(event);
      };
      timers.set(id, clock.setTimeout(run, delayMs));
    },
    cancel: (_source, id) => forget(id),
    cancelAll() {
      for (const id of [...timers.keys()]) forget(id);
    },
  };
  return actor;
}
