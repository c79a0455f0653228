/**
 * Markup that cannot be broken out of: every interpolated text is escaped, and what would not be seen (controls, direction overrides,
 * lone surrogates) is written out. Texts of the record come from the server and are not trusted.
 */
import { safeText } from '../terminal/safe-text.ts';

/** Finished markup. A class, so that no object of a record can pass for it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | undefined | readonly Markup[];

/** Characters of one interpolated text; the rest is counted. */
const longest = 1200;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const own = compact(strings);
  let text = own[0] ?? '';
  for (const [index, part] of parts.entries()) text += written(part) + (own[index + 1] ?? '');
  return new Markup(text);
}

const compacted = new WeakMap<TemplateStringsArray, readonly string[]>();

/** Without the indentation of the source, which would be a tenth of the page. No template has text for `<pre>` of its own. */
function compact(strings: TemplateStringsArray): readonly string[] {
  const known = compacted.get(strings) ?? strings.map((text) => text.replaceAll(/\s*\n\s*/g, '\n'));
  compacted.set(strings, known);
  return known;
}

function written(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'number') return String(part);
  if (isList(part)) return part.map(({ text }) => text).join('');
  // Most texts are ids and words.
  if (part.length <= longest && isPlain(part)) return part;
  return escapeText(safeText(part, longest));
}

function isList(part: string | number | readonly Markup[]): part is readonly Markup[] {
  return Array.isArray(part);
}

/** Every item, nothing in between. */
export function each<T>(items: Iterable<T>, show: (item: T, index: number) => Markup): readonly Markup[] {
  return Array.from(items, show);
}

/** Items with a separator. */
export function joined(items: readonly Markup[], separator: string): Markup {
  return new Markup(items.map(({ text }) => text).join(escapeText(separator)));
}

export const nothing: Markup = new Markup('');

/** An id that may go on in the next line after each of its dots. */
export function breakable(id: string): Markup {
  return html`${each(id.split('.'), (word, index) => html`${index === 0 ? nothing : new Markup('.<wbr />')}${word}`)}`;
}

/** Needs no escape of any kind. */
function isPlain(text: string): boolean {
  return /^[\w #%(),./:;=?[\]{}|+*@!~^$-]*$/.test(text);
}

/** For text that is visible as it is. */
export function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Text of the wire for `<pre>`: line breaks kept, whatever else would not be seen is written out and set apart. */
export function wireText(text: string): Markup {
  if (/^[\n\u0020-\u007E]*$/.test(text)) return new Markup(escapeText(text));
  const parts = text.split(/([\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}])/u);
  return new Markup(parts.map((part, index) => (index % 2 === 0 ? escapeText(part) : shownControl(part))).join(''));
}

function shownControl(character: string): string {
  if (character === '\n') return '\n';
  if (character === '\r') return '<i>\\r</i>';
  return `<i>${escapeText(safeText(character))}</i>`;
}

/** An address that a link may have: anything but the web is left as text. */
export function webAddress(address: string): string | undefined {
  return /^https?:\/\/[^\s\p{C}]+$/u.test(address) && address.length < 500 ? address : undefined;
}

/** A link where the address is one of the web, else the text alone. */
export function link(address: string, text: string | Markup): Markup {
  const safe = webAddress(address);
  return safe === undefined ? html`${text}` : html`<a href="${safe}" rel="noreferrer noopener">${text}</a>`;
}

/** A link within the page. */
export function jump(id: string, text: string | Markup): Markup {
  return html`<a href="#${encodeURI(id.toWellFormed().slice(0, 200))}">${text}</a>`;
}
