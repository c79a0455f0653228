/** Ollama: good envelopes and ids; tool_choice, documents and counts are not there, and few mistakes are seen. */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import type { Problem } from '../../spec/validation/problem.ts';
import { answers, says, withAt } from '../faults/acting.ts';
import { mapBody, openAiErrors, setHeader } from '../faults/reply-faults.ts';
import { counts, messages, valueAt } from '../faults/touching.ts';
import type { Persona } from './persona.ts';
import { nullStopsLeftOut, reshaped, stopSequenceUnnamed, thinkingUnsigned } from './traits/replies.ts';
import {
  anyThinkingTaken,
  blocksHeard,
  blocksRefused,
  noCacheControl,
  onlyKeys,
  overlooksBreaches,
  warmUpRefused,
} from './traits/requests.ts';
import { betasIgnored, goRoutes, oneModel, openAiModel, openAiModels, versionIgnored } from './traits/routes.ts';

const blockTypes: ReadonlySet<unknown> = new Set(['text', 'image', 'tool_use', 'tool_result', 'thinking']);

export const ollama: Persona = {
  id: 'ollama',
  name: 'Ollama',
  asOf: '0.17.4 as observed; thinking and document blocks from code and documentation of August 2026 (fb307609)',
  links: ['https://docs.ollama.com/api/anthropic-compatibility', 'https://github.com/ollama/ollama/issues'],
  traits: [
    overlooksBreaches('Of what is wrong with a request, only missing parts, wrong types and unusable images are seen.', isSeen),
    warmUpRefused,
    blocksRefused('Images by URL are refused.', ({ type, source }) => type === 'image' && isJsonObject(source) && source['type'] === 'url'),
    // tool_choice and metadata are in its data classes, and nothing reads them.
    onlyKeys('thinking'),
    noCacheControl,
    anyThinkingTaken,
    versionIgnored(),
    betasIgnored,
    blocksHeard('Blocks of other types than text, image, thinking and those of tools are dropped.', (block) =>
      blockTypes.has(block['type']) ? block : undefined,
    ),
    { sentence: 'There is no route to count tokens.', touches: counts, act: answers(404, '404 page not found', 'text/plain') },
    stopSequenceUnnamed,
    nullStopsLeftOut,
    ...thinkingUnsigned,
    reshaped('message_start has an estimate of the input tokens; message_delta has the right number.', estimated),
    { sentence: 'A body has null for content where there is none.', touches: messages, act: says(mapBody((body) => emptied({ ...body }))) },
    goRoutes,
    openAiModels,
    openAiModel,
    { sentence: 'A model that is not there is told of as OpenAI would.', touches: oneModel, act: says(openAiErrors) },
    { sentence: 'The id of a request is in error bodies, not in a header.', act: says(setHeader('request-id', undefined)) },
  ],
};

/** Its structs in Go have types, and its handler looks for the three things that every request must have. */
function isSeen({ keyword, pointer }: Problem, found: unknown): boolean {
  if (/^\/(?:model|max_tokens|messages)$/.test(pointer) || /\/source\/(?:type|data)$/.test(pointer)) return keyword !== 'minLength';
  if (/^\/messages\/\d+\/content$/.test(pointer)) return keyword === 'required' || keyword === 'type';
  return (
    keyword === 'type' &&
    found !== null &&
    /^\/(?:stop_sequences|stream|temperature|top_[pk]|tools|tool_choice|thinking)(?:\/|$)/.test(pointer)
  );
}

/** A quarter of the letters, which the mock does not know here; so a number that is never right. */
function estimated(value: JsonObject): unknown {
  const at = '/message/usage/input_tokens';
  const input = valueAt(value, at);
  return typeof input === 'number' ? withAt(value, at, Math.ceil(input * 0.75)) : value;
}

/** An empty slice of Go is null. */
function emptied(body: JsonObject): JsonObject {
  const { type, content } = body;
  return type === 'message' && Array.isArray(content) && content.length === 0 ? { ...body, content: null } : body;
}
