/** The base URL of the handlers: which requests are below it, and what their URLs are to a mock that knows no prefix. */

export interface BaseUrl {
  /** For MSW, which asks without the query. `below` is the source of a regular expression. */
  pattern(below: string): RegExp;
  /** The URL as if the base had no path. */
  withoutPrefix(url: string): string;
}

/** @throws TypeError */
export function readBaseUrl(text: string): BaseUrl {
  const parsed = URL.parse(text, 'location' in globalThis ? globalThis.location.href : undefined);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new TypeError(`handlers().baseUrl: must be a URL such as "https://gateway.example/anthropic", not ${JSON.stringify(text)}.`);
  }
  const { origin, pathname } = parsed;
  const base = origin + pathname.replace(/\/+$/, '');
  return {
    // A client whose base URL ends in a slash doubles it.
    pattern: (below) => new RegExp(`^${escape(base)}/+${below}`),
    withoutPrefix: (url) => origin + url.slice(base.length),
  };
}

/** `RegExp.escape` is not in Node 22. */
function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
