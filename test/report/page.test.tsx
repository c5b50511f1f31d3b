import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { markup, renderPage } from '../../src/report/page.js';
import { dataUri, fileLink, Picture } from '../../src/report/picture.js';

describe('a page', () => {
  const page = renderPage({ title: 'PASS & <done>', css: '.a { color: red; }', body: <p title={'"'}>{'<b>&'}</p> });

  test('is one file: no script, no link to a file that is to be loaded, and a policy that allows none', () => {
    expect(page.startsWith('<!doctype html>\n<html lang="en"><head><meta charset="utf-8"/>')).toBe(true);
    expect(page).not.toMatch(/<script|<link|@import|url\(|https?:/);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:;`);
  });

  test('takes words for words', () => {
    expect(page).toContain('<title>PASS &amp; &lt;done></title>');
    expect(page).toContain('<p title="&quot;">&lt;b>&amp;</p>');
  });

  test('holds no character that a document may not hold, or that turns the words around it', () => {
    expect(markup(<p>{'a\u0000b\u001bc\u202ed\ufffee\nf\tg'}</p>)).toBe('<p>a\ufffdb\ufffdc\ufffdd\ufffde\nf\tg</p>');
  });

  test('lets its own script run by its hash, and no other', () => {
    const script = "document.title = 'a < b && c';\n";
    const own = renderPage({ title: '', script, body: '' });
    const hash = createHash('sha256').update(script).digest('base64');
    expect(own).toContain(` script-src 'sha256-${hash}';`);
    expect(own).toContain(`<script>${script}</script>`);
    expect(page).not.toContain('script-src');
    expect(() => renderPage({ title: '', script: 'a = "</script>"', body: '' })).toThrow('</script');
  });

  test('is not made with a style that ends early', () => {
    expect(() => renderPage({ title: '', css: 'a::after { content: "</style>" }', body: '' })).toThrow('</style');
  });
});

describe('a picture', () => {
  test('lies in the page', () => {
    expect(dataUri('image/png', new Uint8Array([9, 0x89, 0x50, 0x4e]).subarray(1))).toBe('data:image/png;base64,iVBO');
    const html = markup(
      <Picture id="p1" title="Paper" type="image/png" bytes={new Uint8Array(3)} file="paper/1.png" />,
    );
    expect(html).toContain('<img src="data:image/png;base64,AAAA" alt="Paper"/>');
    expect(html).toContain('<a class="open" href="#p1" title="full size">');
    expect(html).toContain('<a href="./paper/1.png">paper/1.png</a>');
  });

  test.each([
    ['javascript:alert(1)', './javascript%3Aalert(1)'],
    ['//evil.example/x.png', './//evil.example/x.png'],
    ['paper/half a ticket.png', './paper/half%20a%20ticket.png'],
    ['a?b#c"d', './a%3Fb%23c%22d'],
  ])('named %s is linked beside the page', (file, link) => {
    expect(fileLink(file)).toBe(link);
    expect(new URL(fileLink(file), 'file:///run/report.html').host).toBe('');
  });
});
