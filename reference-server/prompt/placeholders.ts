/**
 * Keeps what users wrote apart from what the template writes. The template is rendered over placeholders; afterwards each placeholder
 * is replaced by its text, which is known to be content, so that `<|im_end|>` in a message can never become the control token.
 */
import { ApiError } from '../../endpoint/errors.ts';

/** A stretch of the prompt: markup written by the template, where control tokens count, or content, where they are plain text. */
export interface Segment {
  readonly kind: 'markup' | 'content';
  readonly text: string;
}

// Private-use characters that no template contains. The quote between them is what `tojson` escapes: the number of backslashes
// in front of it tells how often the template wrote the text as a JSON string.
const opening = '\uE0F8';
const closing = '\uE0F9';
// Where a template writes JSON in ASCII, they come as escapes (Reka).
const pattern = new RegExp(
  String.raw`(?:${opening}|(?<ascii>\\+u${hex(opening)}))(?<quoting>\\*)"(?<index>\d+)(?:${closing}|\\+u${hex(closing)})`,
  'gu',
);
const remains = new RegExp(String.raw`[${opening}${closing}]|\\u(?:${hex(opening)}|${hex(closing)})`, 'u');

/** Names and words that cannot contain or complete a control token, so that templates may look at them (`type == "string"`). */
const harmless = /^[A-Za-z0-9_$.-]*$/u;

/** One rendering's placeholders. */
export class Placeholders {
  readonly #texts: string[] = [];

  /** A placeholder for `text`; the text itself where it is empty, since templates ask whether content is there. */
  hide(text: string): string {
    if (text === '') return '';
    return `${opening}"${this.#texts.push(text) - 1}${closing}`;
  }

  /** A copy of a JSON value with every string and every key hidden that is more than a plain name. */
  hideWithin(value: unknown): unknown {
    if (typeof value === 'string') return harmless.test(value) ? value : this.hide(value);
    if (Array.isArray(value)) return value.map((item) => this.hideWithin(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [harmless.test(key) ? key : this.hide(key), this.hideWithin(inner)]),
    );
  }

  /** The rendered prompt with the texts back in place. @throws ApiError 400 if the template changed a placeholder instead of copying it. */
  split(rendered: string): Segment[] {
    const segments: Segment[] = [];
    let end = 0;
    for (const match of rendered.matchAll(pattern)) {
      if (match.index > end) segments.push({ kind: 'markup', text: rendered.slice(end, match.index) });
      const { ascii, quoting = '', index } = match.groups ?? {};
      const text = escaped(this.#texts[Number(index)] ?? '', quoting.length);
      segments.push({ kind: 'content', text: ascii === undefined ? text : inAscii(text) });
      end = match.index + match[0].length;
    }
    if (end < rendered.length) segments.push({ kind: 'markup', text: rendered.slice(end) });
    if (segments.some(({ kind, text }) => kind === 'markup' && remains.test(text))) {
      throw new ApiError(
        'invalid_request_error',
        'messages: the chat template alters the text of messages, which this server cannot follow safely',
      );
    }
    return segments;
  }
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16);
}

/** With everything beyond ASCII as escapes, as Python's `json.dumps` writes it. */
function inAscii(text: string): string {
  return text.replaceAll(/[^\0-\u007F]/g, (unit) => `\\u${hex(unit).padStart(4, '0')}`);
}

/** JSON-escaped as often as the template did: n times escaped, a quote has 2^n - 1 backslashes before it. */
function escaped(text: string, backslashes: number): string {
  let result = text;
  for (let left = backslashes; left > 0; left = (left - 1) / 2) result = JSON.stringify(result).slice(1, -1);
  return result;
}
