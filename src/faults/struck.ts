import type {
  CustomerSite,
  FaultSites,
  Impairment,
  LinkSite,
  NetworkSite,
  NoticeSite,
  OperatorSite,
  Passage,
  PlatformSite,
  ScannerSite,
  TillSite,
} from '../ports/faults.js';

/**
 * A world's sites as one fault is given them: the first thing that it really does there, it has struck. A condition that the
 * place is in at once (paper out, a cable that is out, a power cut) strikes as it is put in; a rule when it makes something
 * else of what it is asked about than would be without it; what people are told to do when there is an occasion for it. A
 * rule that is in, and is never asked about what it is for, has not struck.
 */
export function tellingSites(sites: FaultSites, struck: () => void): FaultSites {
  const { printer, printerLink, network, platform, notices, scanner, customer, operator, terminal, tills } = sites;
  return {
    ...(printer === undefined ? {} : { printer: acting(printer, struck) }),
    ...(printerLink === undefined ? {} : { printerLink: tellingLink(printerLink, struck) }),
    ...(network === undefined ? {} : { network: tellingNetwork(network, struck) }),
    ...(platform === undefined ? {} : { platform: tellingPlatform(platform, struck) }),
    ...(notices === undefined ? {} : { notices: tellingNotices(notices, struck) }),
    ...(scanner === undefined ? {} : { scanner: tellingScanner(scanner, struck) }),
    ...(customer === undefined ? {} : { customer: tellingCustomer(customer, struck) }),
    ...(operator === undefined ? {} : { operator: tellingOperator(operator, struck) }),
    ...(terminal === undefined ? {} : { terminal: acting(terminal, struck) }),
    ...(tills === undefined ? {} : { tills: tellingTills(tills, struck) }),
  };
}

/** Whatever is done there strikes: each condition is one that the place is in from then on. */
function acting<Site extends object>(site: Site, struck: () => void): Site {
  return new Proxy(site, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]): unknown => {
        struck();
        return Reflect.apply(member, target, given);
      };
    },
  });
}

function tellingLink(link: LinkSite, struck: () => void): LinkSite {
  return {
    unplug() {
      struck();
      link.unplug();
    },
    plug: () => link.plug(),
    rates: (rates) => link.rates(rates, struck),
    impair(direction, impairment) {
      if (impairment.stops === true) struck();
      return link.impair(direction, tellingImpairment(impairment, struck));
    },
    afterBytes: (bytes, run, direction) => link.afterBytes(bytes, run, direction),
    heldBytes: (direction) => link.heldBytes(direction),
  };
}

function tellingImpairment(impairment: Impairment, struck: () => void): Impairment {
  if (impairment.pass === undefined) return impairment;
  return {
    ...impairment,
    pass(bytes) {
      const passages = impairment.pass?.(bytes) ?? [{ bytes, afterMs: 0 }];
      if (!isUntouched(bytes, passages)) struck();
      return passages;
    },
  };
}

/** The same bytes, at once and in one piece. */
function isUntouched(bytes: Uint8Array, passages: readonly Passage[]): boolean {
  const [first, ...more] = passages;
  if (first === undefined || more.length > 0 || first.afterMs !== 0) return false;
  if (first.bytes === bytes) return true;
  return first.bytes.length === bytes.length && first.bytes.every((byte, at) => byte === bytes[at]);
}

function tellingNetwork(network: NetworkSite, struck: () => void): NetworkSite {
  return {
    onRequest: (rule) => network.onRequest((request) => told(rule(request), struck)),
    refuse: () => network.refuse(struck),
    swallow: () => network.swallow(struck),
    takeDown: () => network.takeDown(struck),
    showCertificate: (problem) => network.showCertificate(problem, struck),
  };
}

function tellingPlatform(platform: PlatformSite, struck: () => void): PlatformSite {
  return {
    onRequest: (rule) => platform.onRequest((request) => told(rule(request), struck)),
    onAnswer: (rule) =>
      platform.onAnswer((answer) => {
        const fate = rule(answer);
        if (fate === 'lose' || (fate !== 'deliver' && saysAnything(fate))) struck();
        return fate;
      }),
    confirm: (orderNo) => platform.confirm(orderNo),
    clock: (clock) => platform.clock(clock, struck),
  };
}

function tellingNotices(notices: NoticeSite, struck: () => void): NoticeSite {
  return { onNotice: (rule) => notices.onNotice((delivery) => onlyIt(delivery, rule(delivery), struck)) };
}

function tellingScanner(scanner: ScannerSite, struck: () => void): ScannerSite {
  return { onRead: (rule) => scanner.onRead((reading) => onlyIt(reading, rule(reading), struck)) };
}

function tellingCustomer(customer: CustomerSite, struck: () => void): CustomerSite {
  const { oldCode } = customer;
  return {
    onApproach: (rule) =>
      customer.onApproach((one) => {
        const other = rule(one);
        if (differ(one, other)) struck();
        return other;
      }),
    onShow: (rule) => customer.onShow((code) => unlessSame(code, rule(code), struck)),
    ...(oldCode === undefined ? {} : { oldCode }),
    leaves: () => ifSo(customer.leaves(), struck),
    declinesTicket: () => ifSo(customer.declinesTicket(), struck),
  };
}

function tellingOperator(operator: OperatorSite, struck: () => void): OperatorSite {
  return {
    onAmount: (rule) => operator.onAmount((amountFen) => unlessSame(amountFen, rule(amountFen), struck)),
    onPress: (listener) =>
      operator.onPress((key, again) =>
        listener(key, () => {
          struck();
          again();
        }),
      ),
    cancels: () => ifSo(operator.cancels(), struck),
    startsAgain() {
      const came = operator.startsAgain();
      if (came !== 'over') struck();
      return came;
    },
    skipsTicket: () => ifSo(operator.skipsTicket(), struck),
  };
}

function tellingTills(tills: TillSite, struck: () => void): TillSite {
  return { onRequest: (rule) => tills.onRequest((ask) => told(rule(ask), struck)) };
}

/** Tells when a fate is not the usual one. */
function told<Fate extends object | undefined>(fate: Fate, struck: () => void): Fate {
  if (fate !== undefined && saysAnything(fate)) struck();
  return fate;
}

/** Tells when something else comes of it than itself. */
function onlyIt<T extends object>(it: T, came: readonly T[], struck: () => void): readonly T[] {
  const [first, ...more] = came;
  if (first === undefined || more.length > 0 || differ(it, first)) struck();
  return came;
}

function unlessSame<Given, Made>(given: Given, made: Made, struck: () => void): Made {
  if (!Object.is(given, made)) struck();
  return made;
}

function ifSo(happened: boolean, struck: () => void): boolean {
  if (happened) struck();
  return happened;
}

/** No time, no amount and no "no" are the same as nothing said. */
const saysNothing = (value: unknown) => value === undefined || value === 0 || value === false;

const saysAnything = (fate: object) => Object.values(fate).some((value) => !saysNothing(value));

function differ(one: object, other: object): boolean {
  if (one === other) return false;
  const before = new Map<string, unknown>(Object.entries(one));
  const after = new Map<string, unknown>(Object.entries(other));
  const isSame = (key: string) => {
    const [was, is] = [before.get(key), after.get(key)];
    return Object.is(was, is) || (saysNothing(was) && saysNothing(is));
  };
  return ![...before.keys(), ...after.keys()].every(isSame);
}
