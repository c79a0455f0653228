/** JSON Schema keywords that requests of a run used, with what became of those requests: what a server accepts is seen, what it refuses is inferred. */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import type { ExchangeView } from './run-view.ts';

/** Where a schema stands in a request; servers support different keywords in each. */
export type SchemaPlace = 'tool' | 'strict tool' | 'output_config';

export interface KeywordUse {
  readonly keyword: string;
  readonly place: SchemaPlace;
  /** Ids of exchanges, in order. */
  readonly accepted: readonly string[];
  /** Refused with 400, and in none that was accepted: the keyword is a suspect. Empty where it was accepted anywhere. */
  readonly refused: readonly string[];
}

/** By place, then keyword. Properties are no keywords, whatever they are called. */
export function keywordUses(views: Iterable<ExchangeView>): readonly KeywordUse[] {
  const uses = new Map<string, { keyword: string; place: SchemaPlace; accepted: string[]; refused: string[] }>();
  for (const { exchange, request } of views) {
    const status = exchange.response?.status ?? 0;
    const isAccepted = status >= 200 && status < 300;
    if (request === undefined || (!isAccepted && status !== 400)) continue;
    for (const [place, schema] of schemasIn(request)) {
      for (const keyword of keywordsIn(schema)) {
        const key = `${place} ${keyword}`;
        const use = uses.get(key) ?? { keyword, place, accepted: [], refused: [] };
        uses.set(key, use);
        const list = isAccepted ? use.accepted : use.refused;
        if (!list.includes(exchange.id)) list.push(exchange.id);
      }
    }
  }
  return [...uses.values()]
    .map(({ keyword, place, accepted, refused }) => ({ keyword, place, accepted, refused: accepted.length > 0 ? [] : refused }))
    .toSorted((a, b) => a.place.localeCompare(b.place) || a.keyword.localeCompare(b.keyword));
}

function schemasIn({ tools, output_config: output }: JsonObject): readonly (readonly [SchemaPlace, JsonObject])[] {
  const found: (readonly [SchemaPlace, JsonObject])[] = [];
  for (const tool of listOf(tools)) {
    if (!isJsonObject(tool) || !isJsonObject(tool['input_schema'])) continue;
    found.push([tool['strict'] === true ? 'strict tool' : 'tool', tool['input_schema']]);
  }
  const format = isJsonObject(output) ? output['format'] : undefined;
  if (isJsonObject(format) && isJsonObject(format['schema'])) found.push(['output_config', format['schema']]);
  return found;
}

/** Values of these are names with a schema each. */
const named: ReadonlySet<string> = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']);
/** Values of these are data, in which nothing is a keyword. */
const data: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples', 'required', 'dependentRequired']);

function keywordsIn(schema: unknown, depth = 0): ReadonlySet<string> {
  const found = new Set<string>();
  if (depth > 32) return found;
  const add = (inner: unknown): void => keywordsIn(inner, depth + 1).forEach((keyword) => found.add(keyword));
  if (Array.isArray(schema)) listOf(schema).forEach(add);
  if (!isJsonObject(schema)) return found;
  for (const [keyword, value] of Object.entries(schema)) {
    // What the suite sends is short; a foreign record may hold anything.
    if (keyword.length > 40) continue;
    found.add(keyword);
    if (keyword === 'format' && typeof value === 'string') found.add(`format: ${value.slice(0, 30)}`);
    if (data.has(keyword)) continue;
    if (named.has(keyword) && isJsonObject(value)) Object.values(value).forEach(add);
    else add(value);
  }
  return found;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
