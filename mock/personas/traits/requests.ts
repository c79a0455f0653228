/** Traits in how a request is heard: what is dropped without a word, and what is refused. */
import { isJsonObject, type JsonObject } from '../../../spec/json.ts';
import type { Problem } from '../../../spec/validation/problem.ts';
import { requestProblems } from '../../../spec/validation/validate-request.ts';
import { hears, ignores } from '../../faults/acting.ts';
import { all, any, at, body, counts, has, messages, type Touch, valueAt } from '../../faults/touching.ts';
import type { Trait } from '../persona.ts';
import { refusal } from './routes.ts';

export const generates: Touch = any(messages, counts);

/** Keys that every server knows. */
const usual = ['model', 'messages', 'max_tokens', 'system', 'stop_sequences', 'stream', 'temperature', 'top_p', 'top_k', 'tools'];

/** Keys of a request that the server has in its data classes, beside the usual ones; pydantic and Go drop all others. */
export function onlyKeys(...more: readonly string[]): Trait {
  const known = new Set([...usual, ...more]);
  return {
    sentence: 'Keys of a request that the server does not know are dropped without a word.',
    touches: generates,
    act: hears((request) => Object.fromEntries(Object.entries(request).filter(([key]) => known.has(key)))),
  };
}

export const noCacheControl: Trait = {
  sentence: 'cache_control is dropped, whatever it holds.',
  touches: generates,
  act: hears((request) => withoutKey(request, 'cache_control')),
};

function withoutKey(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => withoutKey(entry, key));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== key)
      .map(([name, inner]) => [name, withoutKey(inner, key)]),
  );
}

/** What stands there is not looked at. */
export function overlooks(pointer: string): Trait {
  return {
    sentence: `What stands at ${pointer} of a request is not looked at.`,
    touches: all(generates, has(pointer)),
    act: ignores(pointer),
  };
}

export const warmUpRefused: Trait = {
  sentence: 'max_tokens 0 is refused.',
  touches: all(
    messages,
    at('/max_tokens', (most) => most === 0),
  ),
  act: refusal('max_tokens: Input should be greater than 0'),
};

export const serverToolsRefused: Trait = {
  sentence: 'Tools without an input_schema, as those that the server itself would run, are refused.',
  touches: all(
    generates,
    at('/tools', (tools) => Array.isArray(tools) && tools.some((tool) => valueAt(tool, '/input_schema') === undefined)),
  ),
  act: refusal('tools.0.input_schema: Field required'),
};

/** Requests with such a content block, wherever it stands, are refused. */
export function blocksRefused(sentence: string, is: (block: JsonObject) => boolean): Trait {
  return {
    sentence,
    touches: all(
      generates,
      body((request) => blocksIn(request).some(is)),
    ),
    act: refusal('messages.0.content.0: Input tag does not match any of the expected tags'),
  };
}

/** The blocks of all messages, with those inside tool results. */
function blocksIn(request: JsonObject): readonly JsonObject[] {
  const inside = (content: unknown): readonly JsonObject[] =>
    Array.isArray(content) ? content.filter(isJsonObject).flatMap((block) => [block].concat(inside(block['content']))) : [];
  const list = request['messages'];
  return Array.isArray(list) ? list.flatMap((message) => inside(valueAt(message, '/content'))) : [];
}

/** Another block in the place of each; undefined leaves it out. */
export function blocksHeard(sentence: string, change: (block: JsonObject) => JsonObject | undefined): Trait {
  const heard = (content: unknown): unknown =>
    Array.isArray(content) ? content.flatMap((block: unknown) => (isJsonObject(block) ? (change(block) ?? []) : [block])) : content;
  return {
    sentence,
    touches: generates,
    act: hears((request) => ({
      ...request,
      ...(Array.isArray(request['messages'])
        ? {
            messages: request['messages'].map((message: unknown) =>
              isJsonObject(message) && 'content' in message ? { ...message, content: heard(message['content']) } : message,
            ),
          }
        : {}),
    })),
  };
}

/** Signatures are not looked at: thinking of any origin goes into the prompt, which is told here as a text. */
export const anyThinkingTaken: Trait = blocksHeard('Thinking in the history is taken unsigned or changed.', (block) =>
  block['type'] === 'thinking'
    ? { type: 'text', text: typeof block['thinking'] === 'string' && block['thinking'].trim() !== '' ? block['thinking'] : '.' }
    : block,
);

/**
 * Other breaches of the rules than those that it sees: the request is answered all the same. What the server makes of it is not
 * imitated; it is taken for a greeting.
 * @param sees whether the server refuses for that, given what stands there
 */
export function overlooksBreaches(sentence: string, sees: (problem: Problem, found: unknown) => boolean): Trait {
  return {
    sentence,
    touches: messages,
    act: hears((request) => {
      const problems = requestProblems('messages', request, anyBeta).filter(({ level }) => level === 'error');
      if (problems.length === 0 || problems.some((problem) => sees(problem, valueAt(request, problem.pointer)))) return request;
      const { model, max_tokens: most, stream } = request;
      return { model, max_tokens: most, stream: stream === true, messages: [{ role: 'user', content: 'Say hello.' }] };
    }),
  };
}

const anyBeta = { version: '2023-06-01', betas: [] };
