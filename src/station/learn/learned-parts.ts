import type { PrinterProfile } from '../../ports/device.js';
import type { Evidence } from './evidence.js';
import { realTimeAnswered } from './status-quirks.js';

/** `GS I 2`. */
const FULL_WIDTH = 0x01;
const AUTOCUTTER = 0x02;

/** What makers call their full-width character sets, as `GS I 69` says it. */
const LANGUAGES: readonly (readonly [RegExp, PrinterProfile['cjk']])[] = [
  [/GB ?18030|GB ?2312|GBK|CHINA/i, 'gb18030'],
  [/BIG ?5|TAIWAN/i, 'big5'],
  [/JAPAN|KANJI|JIS/i, 'shift_jis'],
  [/KOREA|HANGUL/i, 'euc-kr'],
];

type Named = Pick<PrinterProfile, 'maker' | 'model' | 'identity'>;

/** What it says of itself by `GS I`. A printer that says nothing is called as in the profile. */
export function identityOf(evidence: Evidence, base: PrinterProfile, doubts: string[]): Named {
  const { maker, model, identity } = base;
  if (evidence.truth('identity.answers') !== true) {
    doubts.push(`maker, model: ${evidence.whyNot('identity.answers')}, so as in the profile`);
    const silent = evidence.truth('identity.answers') === false;
    return { maker, model, ...(silent || identity === undefined ? {} : { identity }) };
  }
  const text = (item: string) => {
    const words = evidence.words(`identity.${item}`);
    if (words === undefined) doubts.push(`identity.${item}: ${evidence.whyNot(`identity.${item}`)}`);
    return words;
  };
  const byte = (item: string) => {
    const bytes = evidence.bytes(`identity.${item}`);
    return Array.isArray(bytes) ? bytes[0] : undefined;
  };
  const said = {
    maker: text('maker'),
    model: text('model'),
    firmware: text('firmware'),
    serial: text('serial'),
    language: text('language'),
    modelId: byte('model-id'),
    versionId: byte('version-id'),
  };
  // An empty name is what it says, and no name for people; an empty answer to the others is the usual one.
  const own = Object.fromEntries(
    Object.entries(said).filter(([item, value]) =>
      item === 'maker' || item === 'model' ? value === '' : value !== undefined && value !== '',
    ),
  );
  return {
    maker: said.maker || maker,
    model: said.model || model,
    ...(Object.keys(own).length === 0 ? {} : { identity: own }),
  };
}

function typeId(evidence: Evidence): number | undefined {
  const bytes = evidence.bytes('identity.type-id');
  return Array.isArray(bytes) ? bytes[0] : undefined;
}

/** What was cut, or else what the printer says of itself. */
export function cutterOf(evidence: Evidence, base: PrinterProfile, doubts: string[]): boolean {
  const id = typeId(evidence);
  const says = id === undefined ? undefined : (id & AUTOCUTTER) !== 0;
  const cuts = evidence.truth('cutter.cuts');
  if (cuts === true) return true;
  if (cuts === false && says === true) {
    doubts.push(`cutter: the printer says that it has one, and did not cut (${evidence.whyNot('cutter.cuts')})`);
    return true;
  }
  if (cuts === false || says !== undefined) return says === true;
  doubts.push(`cutter: ${evidence.whyNot('cutter.cuts')}`);
  return base.cutter;
}

/** What was read on the paper, or else what the printer says of itself. */
export function cjkOf(evidence: Evidence, base: PrinterProfile, doubts: string[]): PrinterProfile['cjk'] {
  const read = evidence.truth('chinese.text');
  if (read === true) return base.cjk;
  const id = typeId(evidence);
  if (id !== undefined && (id & FULL_WIDTH) === 0) return 'none';
  const language = evidence.words('identity.language') ?? '';
  const called = LANGUAGES.find(([words]) => words.test(language))?.[1];
  const differs = read === false || (id !== undefined && base.cjk === 'none');
  if (differs && called !== undefined && called !== base.cjk) {
    doubts.push(`cjk: by its name for it (${language}), not read on paper`);
    return called;
  }
  doubts.push(`cjk: ${evidence.whyNot('chinese.text')}`);
  return base.cjk;
}

export function cjkAtPowerOnOf(
  evidence: Evidence,
  { cjkAtPowerOn = false }: PrinterProfile,
  doubts: string[],
): boolean {
  const asKnown = evidence.truth('chinese.at-power-on');
  if (asKnown === undefined) doubts.push(`cjkAtPowerOn: ${evidence.whyNot('chinese.at-power-on')}`);
  return asKnown === false ? !cjkAtPowerOn : cjkAtPowerOn;
}

/** What really proves printing: an answer that waits for the paper. */
export function checkpointOf(evidence: Evidence, base: PrinterProfile, doubts: string[]): PrinterProfile['checkpoint'] {
  const proves = (name: string) => {
    const supported = evidence.truth(`checkpoint.${name}.supported`);
    return supported === true ? evidence.truth(`checkpoint.${name}.waits`) : supported;
  };
  const [byId, byQueue] = [proves('process-id'), proves('queued')];
  // A driver looks at the status whatever proves: without it nothing counts as a proof.
  if (realTimeAnswered(evidence) === false) {
    doubts.push('checkpoint: none, since DLE EOT is not answered');
    return 'none';
  }
  if (byId === true) return 'GS ( H';
  if (byQueue === true && byId === false) return 'GS r';
  if (byId === false && byQueue === false) {
    const answered = ['process-id', 'queued'].some((name) => evidence.truth(`checkpoint.${name}.supported`) === true);
    if (base.checkpoint === 'none' && !answered) return 'none';
    doubts.push('checkpoint: neither GS ( H nor GS r waits for the paper, so DLE EOT has to do');
    return 'DLE EOT';
  }
  const name = byId === undefined ? 'process-id' : 'queued';
  const part = evidence.truth(`checkpoint.${name}.supported`) === undefined ? 'supported' : 'waits';
  doubts.push(`checkpoint: ${evidence.whyNot(`checkpoint.${name}.${part}`)}`);
  return base.checkpoint;
}

/**
 * A line that is stopped while the printer is offline carries no question to it: silence then, and answers afterwards. By
 * XOFF it would be stopped for whoever obeys it, and questions are answered all the same, so nothing tells.
 */
export function busyWhenOf(
  evidence: Evidence,
  { busyWhen }: PrinterProfile,
  doubts: string[],
): Pick<PrinterProfile, 'busyWhen'> {
  const said = (['cover-open', 'paper-out', 'offline'] as const).flatMap((fault) => {
    const [during, after] = [evidence.bytes(`fault.${fault}.status`), evidence.bytes(`fault.${fault}.recovered`)];
    return Array.isArray(after) && during !== undefined ? [during] : [];
  });
  if (said.length > 0 && said.every((bytes) => bytes === 'silence')) return { busyWhen: 'full or offline' };
  if (said.length > 0 && evidence.words('buffer.flow-control') === 'dtr') return {};
  doubts.push('busyWhen: nothing tells when it makes its host wait');
  return busyWhen === undefined ? {} : { busyWhen };
}
