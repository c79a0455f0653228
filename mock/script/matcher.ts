/** Which requests a rule is for: a partial deep match of the request as it was sent, or a function. */
import type { MessageParam, MessagesRequest } from '../../spec/index.ts';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { readPrompt } from '../read-prompt.ts';
import { readableMessages } from '../readable.ts';
import { findDifference, type Difference, type Pattern } from '../compare.ts';
import type { AnyRequest } from './reply.ts';
import { hintFor, isFields, kindOf, MockScriptError, placeIn } from './script-error.ts';
import { show } from '../show.ts';

/** Fields of the request, and what is often asked of it. A rule applies where all of them fit. */
export type MatchFields = {
  readonly [Field in Exclude<keyof MessagesRequest, 'system'>]?: Pattern<MessagesRequest[Field]> | undefined;
} & {
  /** A string or a regular expression is looked for in the whole text, however it is cut into blocks. */
  readonly system?: Pattern<MessagesRequest['system']> | undefined;
  /** Looked for in the text of the last user turn. */
  readonly lastUser?: string | RegExp | ((text: string) => boolean);
  /** The last user turn brings the result of a call: of this tool or with this id; `true` any, `false` none. */
  readonly toolResult?: string | boolean;
  /** Headers of the request, by name in any case. */
  readonly header?: Readonly<Record<string, string | RegExp | undefined>>;
};

/** `(request, headers) => ...`, with headers by lower-case name. */
export type RequestPredicate<Request extends AnyRequest = MessagesRequest> = (
  request: Request,
  headers: ReadonlyMap<string, string>,
) => boolean;

export type RequestMatcher<Request extends AnyRequest = MessagesRequest> = MatchFields | RequestPredicate<Request>;

/** Throws a `MockScriptError` for what is no matcher. */
export function checkMatcher(place: string, matcher: unknown): asserts matcher is RequestMatcher {
  if (typeof matcher === 'function') return;
  // A promise, for want of an await, would fit every request.
  if (!isFields(matcher)) {
    const found = matcher instanceof RegExp ? 'a regular expression' : kindOf(matcher);
    throw new MockScriptError(place, `must be an object such as { lastUser: /weather/ }, or a function, not ${found}.`);
  }
  for (const [field, pattern] of Object.entries(matcher)) checkField(placeIn(place, field), field, pattern);
}

const aPattern = 'a pattern of the field';

/** Every field that a matcher may have; the type holds the list against `MatchFields`. */
const forms: Readonly<Record<keyof MatchFields, string>> = {
  lastUser: 'a string, a regular expression or a function',
  toolResult: 'the name or the id of a call, true or false',
  header: 'an object of header names and values',
  system: aPattern,
  model: aPattern,
  messages: aPattern,
  max_tokens: aPattern,
  stream: aPattern,
  stop_sequences: aPattern,
  tools: aPattern,
  tool_choice: aPattern,
  thinking: aPattern,
  output_config: aPattern,
  metadata: aPattern,
  service_tier: aPattern,
  cache_control: aPattern,
  container: aPattern,
  diagnostics: aPattern,
  inference_geo: aPattern,
  speed: aPattern,
  temperature: aPattern,
  top_p: aPattern,
  top_k: aPattern,
  context_management: aPattern,
  mcp_servers: aPattern,
  fallbacks: aPattern,
  fallback_credit_token: aPattern,
  compaction: aPattern,
  thread: aPattern,
  billing_policy: aPattern,
  output_format: aPattern,
};

function checkField(place: string, field: string, pattern: unknown): void {
  if (!Object.hasOwn(forms, field))
    throw new MockScriptError(
      place,
      `is no field of a request; known are ${Object.keys(forms).join(', ')}.${hintFor(field, Object.keys(forms))}`,
    );
  if (pattern === undefined) return;
  const isText = typeof pattern === 'string';
  const fits: Readonly<Record<string, boolean>> = {
    lastUser: isText || pattern instanceof RegExp || typeof pattern === 'function',
    toolResult: isText || typeof pattern === 'boolean',
    header: isFields(pattern),
  };
  if (fits[field] === false)
    throw new MockScriptError(place, `must be ${Object.entries(forms).find(([name]) => name === field)?.[1]}, not ${kindOf(pattern)}.`);
  if (field === 'header' && isFields(pattern))
    for (const [name, value] of Object.entries(pattern)) checkHeaderPattern(placeIn(place, name), value);
}

/** Headers are texts: a number would fit none. */
function checkHeaderPattern(place: string, pattern: unknown): void {
  if (pattern === undefined || typeof pattern === 'string' || typeof pattern === 'function' || pattern instanceof RegExp) return;
  throw new MockScriptError(place, `must be a string or a regular expression, not ${kindOf(pattern)}.`);
}

/** Everything in which a request is not as the matcher says, at most one difference for each of its fields; empty where it fits. */
export function matchRequest(
  matcher: RequestMatcher,
  request: MessagesRequest,
  headers: ReadonlyMap<string, string>,
): readonly Difference[] {
  if (typeof matcher === 'function') {
    const fits: unknown = matcher(request, headers);
    // A promise would be true for every request.
    if (fits instanceof Promise) throw new MockScriptError('when()', 'the function must not be async: it has to answer at once.');
    return fits ? [] : [{ path: 'request', expected: 'what the function accepts', found: 'a request that it does not' }];
  }
  const body: JsonObject = { ...request };
  const differences: Difference[] = [];
  for (const [field, pattern] of Object.entries(matcher)) {
    const difference = differenceOf(field, pattern, body, headers);
    if (difference !== undefined) differences.push(difference);
  }
  return differences;
}

/** As it would be written. */
export function showMatcher(matcher: RequestMatcher): string {
  return typeof matcher === 'function' ? `when(${matcher.name === '' ? 'a function' : matcher.name})` : `when(${show(matcher)})`;
}

function differenceOf(field: string, pattern: unknown, body: JsonObject, headers: ReadonlyMap<string, string>): Difference | undefined {
  switch (field) {
    case 'lastUser':
      return findInText(pattern, readPrompt(messagesOf(body)).text, field);
    case 'toolResult':
      return findToolResult(pattern, messagesOf(body));
    case 'header': {
      const lowered = Object.entries(isJsonObject(pattern) ? pattern : {}).map(([name, value]) => [name.toLowerCase(), value] as const);
      return findDifference(Object.fromEntries(lowered), Object.fromEntries(headers), field);
    }
    case 'system':
      return typeof pattern === 'string' || pattern instanceof RegExp
        ? findInText(pattern, systemText(body['system']), field)
        : findDifference(pattern, body[field], field);
    default:
      return findDifference(pattern, body[field], field);
  }
}

function findInText(pattern: unknown, text: string, path: string): Difference | undefined {
  if (typeof pattern !== 'string') return findDifference(pattern, text, path);
  return text.includes(pattern) ? undefined : { path, expected: `a text with ${show(pattern)}`, found: show(text) };
}

function findToolResult(pattern: unknown, messages: readonly MessageParam[]): Difference | undefined {
  const ids = readPrompt(messages).toolResults.map((result) => result.tool_use_id);
  const names = ids.map((id) => toolOfCall(messages, id));
  const isThere = typeof pattern === 'boolean' ? ids.length > 0 === pattern : [...ids, ...names].some((known) => known === pattern);
  if (isThere) return undefined;
  const found = names.length === 0 ? 'no tool result' : `a result of ${names.map((name, index) => name ?? ids[index]).join(', ')}`;
  return { path: 'toolResult', expected: typeof pattern === 'boolean' ? (pattern ? 'any' : 'none') : show(pattern), found };
}

function toolOfCall(messages: readonly MessageParam[], id: string): string | undefined {
  for (const { content } of messages) {
    if (typeof content === 'string') continue;
    for (const block of content) if (block.type === 'tool_use' && block.id === id) return block.name;
  }
  return undefined;
}

function systemText(system: unknown): string {
  if (typeof system === 'string') return system;
  if (!Array.isArray(system)) return '';
  return system.map((block: unknown) => (isJsonObject(block) && typeof block['text'] === 'string' ? block['text'] : '')).join('\n');
}

/** Without validation there may be none, or others beside them. */
function messagesOf(body: JsonObject): readonly MessageParam[] {
  return readableMessages(body['messages']);
}
