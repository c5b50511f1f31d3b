import type { TillKind } from '../../../ports/till-faults.js';
import type { World } from '../../../world/world.js';
import type { Call } from '../call.js';
import type { Cloud } from '../cloud.js';
import type { FormObject } from '../form.js';
import { saleIdIn } from '../ids.js';

/** A request that is answered here. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `:` stands for any name of an object. */
  readonly path: string;
  readonly kind: TillKind;
  /** The terminal that it is for, if it is for one. Absent: it is for none. */
  readonly world?: (cloud: Cloud, ids: readonly string[], params: FormObject) => World | undefined;
  /** The body is a form with files, which the handler reads. */
  readonly files?: boolean;
  /** May throw a `StripeRefusal`, or what the terminal refuses. */
  readonly handle: (cloud: Cloud, call: Call) => void;
}

export function ofReader(cloud: Cloud, [id = '']: readonly string[]): World | undefined {
  return cloud.readers.find(id)?.counter.world;
}

/** The terminal at which it is, or was last. */
export function ofIntent(cloud: Cloud, [id = '']: readonly string[]): World | undefined {
  const foreign = cloud.sales.foreign(id);
  if (foreign !== undefined) return foreign.counter.world;
  const terminalId = cloud.intents.find(id)?.attempts.at(-1)?.terminalId;
  return terminalId === undefined ? undefined : cloud.shop.counter(terminalId)?.world;
}

export function ofCharge(cloud: Cloud, [id = '']: readonly string[]): World | undefined {
  return cloud.sales.find(saleIdIn(id, 'ch') ?? saleIdIn(id, 're') ?? '')?.counter.world;
}
