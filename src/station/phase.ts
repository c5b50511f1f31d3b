import type { Bench } from './bench.js';
import type { Plan } from './plan.js';
import type { Work } from './wait.js';

/** One phase of the plan. Each stands in a file of its own in `phases`. */
export interface Phase {
  /** As in the plan. */
  readonly name: string;
  readonly title: string;
  /** What has to be so before it can begin. */
  readonly needs: 'nothing' | 'link' | 'ready';
  /** It never takes longer. */
  limitMs(plan: Plan, bench: Bench): number;
  run(bench: Bench): Work;
}
