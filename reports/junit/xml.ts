/** XML by hand: JUnit needs elements, attributes and text, and no more. */

/** Attributes in their order; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its children one deeper, each on lines of its own. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const start = `<${name}${Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('')}`;
  return children.length === 0 ? `${start}/>` : `${start}>\n${children.join('\n')}\n</${name}>`;
}

/** An element with text, its line breaks kept. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  return element(name, attributes).replace(/\/>$/, () => `>${escaped(text)}</${name}>`);
}

// https://www.w3.org/TR/xml/#charsets: even as a reference, a document may not hold these.
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u{fffe}\u{ffff}]|\p{Cs}/gu;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\r': '&#13;' };

/** Text for an element or an attribute. What XML cannot hold is written `\x1b`, or `\ud800`. */
export function escaped(text: string): string {
  return text
    .replaceAll(notXml, (character) => {
      const hex = (character.codePointAt(0) ?? 0).toString(16);
      return hex.length > 2 ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`;
    })
    .replaceAll(/[&<>"'\r]/g, (character) => entities[character] ?? character);
}
