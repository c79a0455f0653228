/** A recorded request as a `curl` command that sends it again. The key stands as an environment variable: the record does not have it. */
import type { Body, Exchange, RawHeader } from '../spec/record/index.ts';
import { quoteWithVariable, shellQuote } from './shell-quote.ts';

export interface CurlOptions {
  /** Environment variable that holds the key. Default `ANTHROPIC_API_KEY`. */
  readonly keyVariable?: string;
  /** Whether the run had a key. Without one, a credential in a request is a wrong one, sent to see it refused. Default true. */
  readonly hasKey?: boolean;
  /** Where bodies too long for a command line are taken from. Default `conformance-report/record.json`. */
  readonly recordFile?: string;
  /** Shell word for the file that holds exactly the body, where there is one: then it is taken from there, however short. */
  readonly bodyFile?: string;
}

export interface Curl {
  /** `curl` with method and URL, then headers and body, each an option with its argument. Joined by spaces they are the command; none holds a line break. Empty where there is none that a shell could take. */
  readonly parts: readonly string[];
  /** Why the command is not the whole request, where it is not. */
  readonly note?: string;
}

/** Longer bodies come from the record: terminals wrap them badly, and Linux takes at most 128 KiB an argument. */
const longestInline = 4000;

/** Method, URL and headers together. */
const longestHead = 100_000;

/** Written by curl itself, or about our own connection. */
const ownHeaders: ReadonlySet<string> = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'user-agent']);

export function curl({ id, request }: Exchange, options: CurlOptions = {}): Curl {
  const { method, url, headers, body } = request;
  if (!isSayable([method, url, ...headers.flat()])) return { parts: [], note: 'The request holds what no command line can.' };
  const data = body === undefined ? undefined : dataOf(body, id, options);
  const start = [
    'curl -sS -i',
    ...(asksForStream(body) ? ['-N'] : []),
    ...methodOf(method, body !== undefined),
    // curl would expand these itself.
    ...(/[[\]{}]/.test(url) ? ['-g'] : []),
    ...(/\/\.{1,2}(\/|$|\?)/.test(url) ? ['--path-as-is'] : []),
    shellQuote(url),
  ];
  const parts = [
    start.join(' '),
    ...headers.filter(([name, value]) => isWorthSending(name, value)).map((header) => `-H ${headerWord(header, options)}`),
    ...defaultsTakenOff(headers, body !== undefined),
    ...(data?.part === undefined ? [] : [data.part]),
  ];
  return { parts, ...(data?.note === undefined ? {} : { note: data.note }) };
}

/** A record may have been written by somebody else: no run sends such a head. */
function isSayable(texts: readonly string[]): boolean {
  return texts.every((text) => !text.includes('\0')) && texts.reduce((sum, { length }) => sum + length, 0) < longestHead;
}

function methodOf(method: string, hasBody: boolean): readonly string[] {
  if (method === 'HEAD') return ['--head'];
  if (method === (hasBody ? 'POST' : 'GET')) return [];
  return [`-X ${shellQuote(method)}`];
}

function isWorthSending(name: string, value: string): boolean {
  return !ownHeaders.has(name.toLowerCase()) && !(name.toLowerCase() === 'accept' && value === '*/*');
}

/** Headers that curl adds unless told not to; the recorded request did without. */
function defaultsTakenOff(headers: readonly RawHeader[], hasBody: boolean): readonly string[] {
  const has = (wanted: string): boolean => headers.some(([name]) => name.toLowerCase() === wanted);
  return [...(has('accept') ? [] : ['-H accept:']), ...(hasBody && !has('content-type') ? ['-H content-type:'] : [])];
}

/** The recorder leaves stars where a secret stood. */
const stars = /\*{4,}/;

function headerWord([name, value]: RawHeader, { keyVariable = 'ANTHROPIC_API_KEY', hasKey = true }: CurlOptions): string {
  // `name;` is curl's way to send a header without a value.
  if (value === '') return shellQuote(`${name};`);
  const lower = name.toLowerCase();
  const scheme = lower === 'authorization' && /^\*+$/.test(value) ? 'Bearer ' : '';
  const isKey = lower === 'authorization' || lower === 'x-api-key';
  if (isKey && !hasKey && stars.test(value)) return shellQuote(`${name}: ${scheme}a-wrong-key`);
  const secret = /^\*+$/.exec(value) ?? stars.exec(value);
  if (secret === null) return shellQuote(`${name}: ${value}`);
  const variable = isKey || secret[0] !== value ? keyVariable : lower.toUpperCase().replaceAll(/\W/g, '_');
  const after = value.slice(secret.index + secret[0].length);
  return quoteWithVariable(`${name}: ${value.slice(0, secret.index)}${scheme}`, variable, after);
}

function dataOf(
  body: Body,
  exchange: string,
  { bodyFile, recordFile = 'conformance-report/record.json' }: CurlOptions,
): { readonly part?: string; readonly note?: string } {
  if (body.kind === 'cut') {
    return { note: `The request body of ${body.bytes} bytes is not kept whole in the record, so the command lacks it.` };
  }
  if (bodyFile !== undefined) return { part: `--data-binary @${bodyFile}` };
  if (body.kind === 'text' && body.text.length <= longestInline && !body.text.includes('\0')) {
    return { part: `--data-raw ${shellQuote(body.text)}` };
  }
  if (body.kind === 'base64' && body.base64.length <= longestInline) {
    return { part: `--data-binary @<(printf %s ${shellQuote(body.base64)} | base64 -d)` };
  }
  const decode = body.kind === 'base64' ? ' | base64 -d' : '';
  const filter = `.exchanges[] | select(.id == ${JSON.stringify(exchange)}) | .request.body.${body.kind}`;
  return { part: `--data-binary @<(jq -j ${shellQuote(filter)} ${shellQuote(recordFile)}${decode})` };
}

/** Streams are shown as they come, without curl's buffer. */
function asksForStream(body: Body | undefined): boolean {
  if (body?.kind !== 'text') return false;
  try {
    const json: unknown = JSON.parse(body.text);
    return typeof json === 'object' && json !== null && 'stream' in json && json.stream === true;
  } catch {
    return false;
  }
}
