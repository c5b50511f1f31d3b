/**
 * Programs that run in the page, as text: this project's types know no DOM, so that no name of a browser's global scope
 * passes for one of ours.
 */

/** How far the page is wider than its window. */
export const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** Pictures that were not decoded. */
export const BROKEN_PICTURES = `Promise.all([...document.images].map((image) =>
  image.decode().then(() => image.naturalWidth > 0 ? [] : [image.alt], () => [image.alt]))).then((all) => all.flat())`;

/** What of a selector is seen, as the first words of it. */
export const shown = (selector: string) => `[...document.querySelectorAll(${JSON.stringify(selector)})]
  .filter((element) => element.getClientRects().length > 0).map((element) => element.dataset.outcome ?? '')`;

/**
 * Text whose contrast with what lies behind it is less than WCAG 2.1 asks for (1.4.3: 4.5, or 3 for text of 24 px, or of
 * 18.66 px and bold), each as \`ratio words\`.
 */
export const POOR_CONTRAST = `(() => {
  const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((value) => value / 255)
    .map((value) => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const [r, g, b, alpha = 1] = channels(getComputedStyle(at).backgroundColor);
      if (alpha > 0.99) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const poor = [];
  let looked = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === '' || element.closest('title, style') !== null || element.getClientRects().length === 0) continue;
    const style = getComputedStyle(element);
    const colour = channels(element.closest('svg') === null ? style.color : style.fill);
    const [a, b] = [luminance(colour), luminance(behind(element))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = (a + 0.05) / (b + 0.05);
    looked++;
    if (ratio < (large ? 3 : 4.5)) poor.push(ratio.toFixed(2) + ' ' + node.data.trim().slice(0, 40));
  }
  return { looked, poor: [...new Set(poor)] };
})()`;
