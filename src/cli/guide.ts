import { writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { fileProblem } from '../ground/file-problem.js';
import { makeFolder } from '../ground/make-folder.js';
import { guideMarkdown, guideSvg } from '../guide/guide.js';

export interface GuideFlags {
  readonly lang?: 'zh' | 'en';
  readonly out?: string;
}

/** `paperjam guide`: on standard output as Markdown, or into files. */
export async function guide({ lang, out }: GuideFlags): Promise<void> {
  if (out === undefined) {
    process.stdout.write(guideMarkdown(lang ?? 'zh'));
    return;
  }
  const one = { '.md': guideMarkdown, '.svg': guideSvg }[extname(out)];
  if (one !== undefined) {
    save(out, await one(lang ?? 'zh'));
    return;
  }
  for (const each of lang === undefined ? (['zh', 'en'] as const) : [lang]) {
    save(join(out, `guide.${each}.md`), guideMarkdown(each));
    save(join(out, `guide.${each}.svg`), await guideSvg(each));
  }
}

function save(path: string, text: string): void {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, text);
  } catch (cause) {
    throw new PaperjamError('PJ_GUIDE_OUTPUT', { path, problem: fileProblem(cause) }, { cause });
  }
  process.stdout.write(`${path}\n`);
}
