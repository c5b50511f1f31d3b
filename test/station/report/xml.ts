/** An element as it was read. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const NAME = /[A-Za-z_][\w.-]*/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads XML 1.0 without DTD, comments and CDATA, strictly: throws at whatever is not well-formed, with the offset. Knows
 * nothing of the writer that it is held against.
 */
export function parseXml(text: string): Element {
  let at = 0;
  const fail = (problem: string): never => {
    throw new Error(`XML at ${at}: ${problem}: ${text.slice(at, at + 30)}`);
  };
  const eat = (expected: string) => {
    if (!text.startsWith(expected, at)) fail(`${expected} is missing`);
    at += expected.length;
  };
  const spaces = () => {
    const from = at;
    while (/\s/.test(text[at] ?? '')) at++;
    return at > from;
  };
  const name = (): string => {
    NAME.lastIndex = at;
    const [found] = NAME.exec(text) ?? fail('a name is missing');
    at += found.length;
    return found;
  };
  const decoded = (raw: string): string => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 allows none of these (2.2 Char).
    if (/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]/u.test(raw))
      fail('a character that XML does not allow');
    if (raw.includes('<') || raw.includes(']]>')) fail('< or ]]> in text');
    return raw.replace(/&([^;&]*);?/g, (all, entity: string) => {
      if (!all.endsWith(';')) fail(`a bare & before ${entity}`);
      const code = /^#(?:x([0-9a-fA-F]+)|(\d+))$/.exec(entity);
      if (code !== null)
        return String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? '', code[1] === undefined ? 10 : 16));
      return ENTITIES[entity] ?? fail(`the entity ${entity}`);
    });
  };
  const attributesOf = () => {
    const attributes: Record<string, string> = {};
    while (spaces() && /[A-Za-z_]/.test(text[at] ?? '')) {
      const key = name();
      if (key in attributes) fail(`${key} twice`);
      eat('="');
      const end = text.indexOf('"', at);
      if (end < 0) fail('an open attribute');
      attributes[key] = decoded(text.slice(at, end).replace(/]]>/g, ']]&gt;'));
      at = end + 1;
    }
    return attributes;
  };
  const element = (): Element => {
    eat('<');
    const tag = name();
    const attributes = attributesOf();
    if (text.startsWith('/>', at)) {
      eat('/>');
      return { name: tag, attributes, children: [], text: '' };
    }
    eat('>');
    const children: Element[] = [];
    let content = '';
    while (!text.startsWith('</', at)) {
      if (at >= text.length) fail(`${tag} does not end`);
      if (text[at] === '<') children.push(element());
      else {
        const end = text.indexOf('<', at);
        content += decoded(text.slice(at, end < 0 ? text.length : end));
        at = end < 0 ? text.length : end;
      }
    }
    eat(`</${tag}`);
    spaces();
    eat('>');
    return { name: tag, attributes, children, text: content };
  };

  eat('<?xml version="1.0" encoding="UTF-8"?>');
  spaces();
  const root = element();
  spaces();
  if (at < text.length) fail('something after the root');
  return root;
}
