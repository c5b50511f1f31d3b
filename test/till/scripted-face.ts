import type { TillKind } from '../../src/ports/till-faults.js';
import type { Exchange, TillAnswer, TillFace, TillLook, TillRequest, ToldPayment } from '../../src/till/wire.js';
import type { World } from '../../src/world/world.js';

/**
 * A face that does as a test says. A request's path is its kind: `/sale`; what starts with `/cloud` is connected to the
 * cloud, `/lost` to nobody. Without more it answers at once with what it got.
 */
export class ScriptedFace implements TillFace {
  readonly name = 'api';
  heard: string[] = [];
  /** Not answered yet. */
  open: Exchange[] = [];
  /** Said in each answer as final. */
  told: ToldPayment[] = [];
  /** Whether the test answers by itself. */
  waits = false;
  expected: string | undefined;
  gone = 0;

  constructor(readonly world: World) {}

  look({ path }: TillRequest): TillLook {
    if (path.startsWith('/lost')) return { kind: 'other', world: undefined };
    return { kind: kindOf(path), world: this.world, ...(path.startsWith('/cloud') ? { cloud: true } : {}) };
  }

  accept(exchange: Exchange): void {
    const { method, path, query, body } = exchange.request;
    this.heard.push(`${method} ${path}${query === '' ? '' : `?${query}`} ${body}`.trimEnd());
    exchange.onGone(() => this.gone++);
    if (this.expected !== undefined) exchange.expects(this.world, this.expected);
    if (this.waits) this.open.push(exchange);
    else exchange.answer({ status: 201, headers: { 'x-face': 'yes' }, body: `you said ${body}` }, ...this.told);
  }

  refuseBusy(exchange: Exchange): void {
    exchange.answer({ status: 409, body: 'busy' });
  }

  refuse(status: number, problem: string): TillAnswer {
    return { status, headers: { 'content-type': 'text/x-refusal' }, body: `refused: ${problem}` };
  }

  close(): void {}
}

const KINDS: readonly TillKind[] = ['sale', 'status', 'abort', 'reversal', 'print'];

function kindOf(path: string): TillKind {
  return KINDS.find((kind) => path.endsWith(`/${kind}`)) ?? 'other';
}
