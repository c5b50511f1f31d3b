import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ComponentChildren, VNode } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';

export interface PageOptions {
  readonly title: string;
  /** Default `en`. */
  readonly lang?: 'zh' | 'en';
  /** Style of this kind of report, after the style that all have. */
  readonly css?: string;
  /** A script of our own, without which the page is whole too. Default: none, and none may run. */
  readonly script?: string;
  readonly body: ComponentChildren;
}

/**
 * What a page may load, as it tells the browser itself: its own style, pictures that lie in it, and its own script, by
 * its hash. Nothing else, from nowhere; should a name ever get through as markup, it still cannot run anything.
 */
function policy(script: string | undefined): string {
  const scripts =
    script === undefined ? '' : ` script-src 'sha256-${createHash('sha256').update(script).digest('base64')}';`;
  return `default-src 'none'; style-src 'unsafe-inline'; img-src data:;${scripts} base-uri 'none'; form-action 'none'; frame-src 'none'`;
}

let shared: string | undefined;

/** A whole page in one file: it needs no network and no other file. */
export function renderPage({ title, lang = 'en', css = '', script, body }: PageOptions): string {
  shared ??= readFileSync(new URL('./page.css', import.meta.url), 'utf8');
  const style = styleText(`${shared}\n${css}`);
  if (script !== undefined && /<\/script|<!--/i.test(script))
    throw new Error('the script of a page cannot hold </script');
  return `<!doctype html>\n${markup(
    <html lang={lang === 'zh' ? 'zh-CN' : 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy(script)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        {body}
        {script !== undefined && <script dangerouslySetInnerHTML={{ __html: script }} />}
      </body>
    </html>,
  )}\n`;
}

/** Characters that HTML does not allow in a document, and those that turn the direction of what stands around them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

/** Preact escapes markup in text and attributes; what would do harm as a character is replaced here. */
export function markup(node: VNode): string {
  return renderToStaticMarkup(node).replace(FORBIDDEN, '\ufffd');
}

/** The style is our own; only `</style` could end it early. */
function styleText(css: string): string {
  if (/<\/style/i.test(css)) throw new Error('the style of a page cannot hold </style');
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}
