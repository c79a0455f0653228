/** What a file to be judged holds: a HAR or a saved event stream. Run records are read by the reports' own reader. */
import { ConformanceError } from '../errors.ts';
import { parseJson } from '../wire/index.ts';
import { apiBaseOf, commonBase, targetOfTraffic } from './target.ts';
import { isHar, readHar } from './from-har.ts';
import { exchangeOfStream, standInUrl } from './stand-in.ts';
import type { Traffic } from './traffic.ts';

export interface Input {
  readonly traffic: Traffic;
  /** For the user: what it was taken for, what was left out. A sentence each. */
  readonly notes: readonly string[];
}

const streamNote =
  'Taken for one event stream, complete, in answer to a valid request; status, headers and times are not known, nor what the request said.';

/** The beginning of an event stream: a field, a comment, a byte order mark. */
const streamStart = /^\uFEFF?[\r\n]*(?:(?:event|data|id|retry)(?::|$)|:)/m;

/**
 * @param name of the file, for sentences.
 * @throws ConformanceError `usage` for what is neither.
 */
export function readInput(bytes: Uint8Array, name: string): Input {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  // Some browsers and proxies begin a HAR with a byte order mark.
  const parsed = parseJson(text.startsWith('\uFEFF') ? text.slice(1) : text);
  if ('json' in parsed && isHar(parsed.json)) return fromHar(parsed.json, name);
  if (!('json' in parsed) && streamStart.test(text.slice(0, 4096)) && !/^\s*[{[<]/.test(text)) return fromStream(bytes);
  const what =
    text.trim() === '' ? 'is empty' : 'json' in parsed ? 'is JSON of another kind' : `is none of them${asJson(text, parsed.jsonProblem)}`;
  throw new ConformanceError(
    'usage',
    `${name} ${what}; "npx messages-conformance judge" reads run records, HAR files and raw event streams.`,
  );
}

/** What is wrong with what looks like JSON, and where. In the words of the parser only a place: it quotes what stands there, which may be a key. */
function asJson(text: string, problem: string): string {
  if (!/^\s*[{[]/.test(text)) return '';
  if (problem.startsWith('nested')) return ` (it is JSON ${problem})`;
  const place = /\((line \d+ column \d+)\)/.exec(problem)?.[1];
  return ` (it begins as JSON and does not parse${place === undefined ? '' : ` at ${place}`}: it may be cut short)`;
}

function fromHar(json: unknown, name: string): Input {
  const { exchanges, startedAt, durationMs, notes } = readHar(json, name, (url) => apiBaseOf(url) !== undefined);
  const urls = exchanges.map(({ request }) => request.url);
  const baseUrl = commonBase(urls) ?? '';
  const bases = new Set(urls.map(apiBaseOf));
  return {
    traffic: { exchanges, startedAt, durationMs, target: targetOfTraffic(baseUrl, exchanges) },
    notes: [
      `Taken for a HAR with ${exchanges.length} exchanges; what needs times or connections is not judged.`,
      ...notes,
      ...(bases.size > 1 ? [`Its requests went to ${bases.size} base URLs, ${baseUrl} most often.`] : []),
    ],
  };
}

function fromStream(bytes: Uint8Array): Input {
  const { exchange, model } = exchangeOfStream(bytes);
  return {
    traffic: {
      exchanges: [exchange],
      startedAt: new Date(),
      durationMs: 0,
      target: { baseUrl: standInUrl, model, modelFrom: 'option', auth: 'none', apiVersion: '2023-06-01' },
    },
    notes: [streamNote],
  };
}
