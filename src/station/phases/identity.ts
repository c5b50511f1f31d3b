import type { Bench } from '../bench.js';
import { silence } from '../condition.js';
import { gsI } from '../escpos.js';
import { hex, typeId } from '../expected.js';
import type { Phase } from '../phase.js';
import type { Limits } from '../record.js';
import type { Measurable } from '../results.js';
import type { Work } from '../wait.js';

const SILENT_MS = 500;

/** What the printer says of itself by `GS I`, beside its profile. */
export const identity: Phase = {
  name: 'identity',
  title: 'Identity',
  needs: 'link',
  limitMs: () => 30_000,
  *run(bench) {
    const { results, profile } = bench;
    const known = profile.identity ?? {};
    const should = profile.status?.answersIdentity !== false;
    const model = yield* text(bench, 67);
    const answers = { name: 'identity.answers', title: 'GS I is answered', limits: { equals: should } };
    const why = model === undefined && should ? yield* silence(bench) : undefined;
    results.measure(answers, model !== undefined, why);
    const texts: readonly (readonly [
      n: number,
      item: 'maker' | 'model' | 'firmware' | 'serial' | 'language',
      equals?: string,
    ])[] = [
      [66, 'maker', known.maker ?? profile.maker],
      [67, 'model', known.model ?? profile.model],
      [65, 'firmware'],
      [68, 'serial'],
      [69, 'language', known.language],
    ];
    for (const [n, item, equals] of texts) {
      const what = measurable(item, `GS I ${n}: ${item}`, equals === undefined ? undefined : { equals });
      const said = model === undefined ? undefined : n === 67 ? model : yield* text(bench, n);
      if (said === undefined) results.skip(what, 'no answer');
      else results.measure(what, said);
      if (said !== undefined && said !== '' && item !== 'language') bench.identity[item] = said;
    }
    const bytes: readonly (readonly [
      n: number,
      item: string,
      title: string,
      equals: number | undefined,
      mask: number,
    ])[] = [
      [1, 'model-id', 'GS I 1: model', known.modelId, 0xff],
      [2, 'type-id', 'GS I 2: type (full-width characters, autocutter)', typeId(profile), 0x03],
      [3, 'version-id', 'GS I 3: version', known.versionId, 0xff],
    ];
    for (const [n, item, title, equals, mask] of bytes) {
      const what = measurable(item, title, equals === undefined ? undefined : { equals: hex([equals]) });
      const said = model === undefined ? undefined : yield* bench.ask(gsI(n), 'queued', SILENT_MS);
      if (said === undefined) results.skip(what, 'no answer');
      else results.measure(what, hex([said.reply.byte & mask]));
    }
  },
};

function measurable(item: string, title: string, limits: Limits | undefined): Measurable {
  return { name: `identity.${item}`, title, ...(limits === undefined ? {} : { limits }) };
}

function* text(bench: Bench, n: number): Work<string | undefined> {
  return (yield* bench.ask(gsI(n), 'text', SILENT_MS))?.reply.text;
}
