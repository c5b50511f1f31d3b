import type { Clock } from '../../ports/clock.js';
import type {
  CertificateProblem,
  NetworkBreak,
  NetworkFate,
  NetworkRequest,
  NetworkSite,
  Undo,
} from '../../ports/faults.js';
import type { Random } from '../../ports/random.js';

/** What becomes of one exchange, with chance drawn. */
export interface ExchangeFate {
  readonly requestDelayMs: number;
  readonly answerDelayMs: number;
  readonly breaks: NetworkBreak | undefined;
  readonly drip: NetworkFate['drip'];
}

const UNTOUCHED: ExchangeFate = { requestDelayMs: 0, answerDelayMs: 0, breaks: undefined, drip: undefined };

/** The state that the way to the platform is in: the same for the simulated network and for the real proxy. */
export class NetworkFaults implements NetworkSite {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #shown: (problem: CertificateProblem) => void;
  readonly #rules = new Set<(request: NetworkRequest) => NetworkFate | undefined>();
  readonly #conditions = { refuses: new Set<Condition>(), swallows: new Set<Condition>(), down: new Set<Condition>() };
  readonly #certificates = new Set<Condition & { readonly problem: CertificateProblem }>();
  /** What waits for the link to be up again, in the order in which it set out. */
  #held: (() => void)[] = [];

  /** `shown` hears of each certificate as it is put in, so that it can be made ready. */
  constructor(clock: Clock, random: Random, shown: (problem: CertificateProblem) => void = () => {}) {
    this.#shown = shown;
    this.#clock = clock;
    this.#random = random;
  }

  onRequest(rule: (request: NetworkRequest) => NetworkFate | undefined): Undo {
    const own = (request: NetworkRequest) => rule(request); // So that one function set twice is two rules.
    this.#rules.add(own);
    return () => void this.#rules.delete(own);
  }

  refuse(befalls = () => {}): Undo {
    return during(this.#conditions.refuses, { befalls });
  }

  swallow(befalls = () => {}): Undo {
    return during(this.#conditions.swallows, { befalls });
  }

  takeDown(befalls = () => {}): Undo {
    const end = during(this.#conditions.down, { befalls });
    return () => {
      end();
      if (this.#conditions.down.size > 0) return;
      for (const go of this.#held.splice(0)) this.#clock.setTimeout(() => this.pass(go), 0);
    };
  }

  showCertificate(problem: CertificateProblem, befalls = () => {}): Undo {
    this.#shown(problem);
    return during(this.#certificates, { problem, befalls });
  }

  /** Nothing that fails is in. */
  get isSound(): boolean {
    const { refuses, swallows, down } = this.#conditions;
    return this.#rules.size + this.#certificates.size + refuses.size + swallows.size + down.size === 0;
  }

  /** What whoever connects now meets instead of the platform: nobody, or a certificate, the last that was put in. */
  connect(): 'nobody' | CertificateProblem | undefined {
    if (befallen(this.#conditions.refuses)) return 'nobody';
    const shown = [...this.#certificates].at(-1);
    shown?.befalls();
    return shown?.problem;
  }

  /** Every rule is asked about every request, since rules count. */
  fateOf(request: NetworkRequest): ExchangeFate {
    if (this.#rules.size === 0) return UNTOUCHED;
    let fate = UNTOUCHED;
    for (const rule of this.#rules) {
      const said = rule(request);
      if (said !== undefined) fate = this.#add(fate, said);
    }
    return fate;
  }

  /** One trip over the link: at once; when it is up again; or never. */
  pass(arrive: () => void): void {
    if (befallen(this.#conditions.swallows)) return;
    if (befallen(this.#conditions.down)) this.#held.push(arrive);
    else arrive();
  }

  /** Forgets what waits for the link. */
  forget(): void {
    this.#held = [];
  }

  #add(fate: ExchangeFate, { requestDelayMs, answerDelayMs, jitterMs = 0, breaks, drip }: NetworkFate): ExchangeFate {
    const drawn = (delayMs: number | undefined) =>
      delayMs === undefined ? 0 : delayMs + (jitterMs === 0 ? 0 : this.#random.int(0, Math.round(jitterMs)));
    return {
      requestDelayMs: fate.requestDelayMs + drawn(requestDelayMs),
      answerDelayMs: fate.answerDelayMs + drawn(answerDelayMs),
      breaks: firstOnTheWay(fate.breaks, breaks),
      drip: drip ?? fate.drip,
    };
  }
}

/** Something that lasts, and who hears of what it befalls. */
interface Condition {
  readonly befalls: () => void;
}

/** Whether something is in the way, which hears of it. */
function befallen(conditions: ReadonlySet<Condition>): boolean {
  for (const { befalls } of conditions) befalls();
  return conditions.size > 0;
}

function during<T>(set: Set<T>, token: T): Undo {
  set.add(token);
  return () => void set.delete(token);
}

/** A request that was lost on its way has no answer that could be spoilt. Of two that are as far, the later counts. */
function firstOnTheWay(one: NetworkBreak | undefined, other: NetworkBreak | undefined): NetworkBreak | undefined {
  if (one === undefined || other === undefined) return other ?? one;
  return one.delivered || !other.delivered ? other : one;
}
