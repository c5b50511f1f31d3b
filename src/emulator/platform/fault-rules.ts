import type {
  AnswerFate,
  NoticeDelivery,
  NoticeSite,
  PlatformAnswer,
  PlatformClock,
  PlatformRequest,
  PlatformSite,
  RequestFate,
  Undo,
} from '../../ports/faults.js';

/** What a rule is told, and what it says. */
class Rules<Told, Said> {
  readonly #rules = new Set<(told: Told) => Said>();

  add(rule: (told: Told) => Said): Undo {
    const own = (told: Told) => rule(told); // So that one function set twice is two rules.
    this.#rules.add(own);
    return () => void this.#rules.delete(own);
  }

  /** Every rule, in the order in which they were added; each is asked, since rules count. */
  [Symbol.iterator](): IterableIterator<(told: Told) => Said> {
    return this.#rules.values();
  }
}

/** The places where faults take hold of the platform: before the books, between books and answer, at its notices, at its clock. */
export class FaultRules implements PlatformSite, NoticeSite {
  readonly #requests = new Rules<PlatformRequest, RequestFate>();
  readonly #answers = new Rules<PlatformAnswer, AnswerFate>();
  readonly #notices = new Rules<NoticeDelivery, readonly NoticeDelivery[]>();
  #clock: PlatformClock | undefined;
  #meetsClock = () => {};

  constructor(readonly confirm: (orderNo: string) => void) {}

  onRequest(rule: (request: PlatformRequest) => RequestFate): Undo {
    return this.#requests.add(rule);
  }

  onAnswer(rule: (answer: PlatformAnswer) => AnswerFate): Undo {
    return this.#answers.add(rule);
  }

  onNotice(rule: (delivery: NoticeDelivery) => readonly NoticeDelivery[]): Undo {
    return this.#notices.add(rule);
  }

  clock(clock: PlatformClock | undefined, meets = () => {}): void {
    this.#clock = clock;
    this.#meetsClock = meets;
  }

  get aheadMs(): number {
    return this.#clock?.aheadMs ?? 0;
  }

  /** Whether none of the times that a request may say it was sent at is near the platform's own. */
  isTooFarOff(sentAtMs: readonly number[], nowMs: number): boolean {
    const clock = this.#clock;
    if (clock === undefined) return false;
    this.#meetsClock();
    return sentAtMs.every((sentMs) => Math.abs(nowMs + clock.aheadMs - sentMs) > clock.toleranceMs);
  }

  ofRequest(request: PlatformRequest): RequestFate {
    let fate: RequestFate = {};
    for (const rule of this.#requests) fate = { ...fate, ...rule(request) };
    return fate;
  }

  ofAnswer(answer: PlatformAnswer): AnswerFate {
    let fate: AnswerFate = 'deliver';
    for (const rule of this.#answers) {
      const said = rule(answer);
      if (said === 'deliver') continue;
      fate = typeof said === 'object' && typeof fate === 'object' ? Object.assign({}, fate, said) : said;
    }
    return fate;
  }

  ofNotice(delivery: NoticeDelivery): readonly NoticeDelivery[] {
    let deliveries: readonly NoticeDelivery[] = [delivery];
    for (const rule of this.#notices) deliveries = deliveries.flatMap(rule);
    return deliveries;
  }
}
