/** Ollama: good envelopes and ids; tool_choice, documents and counts are not there. */
import type { JsonObject } from '../../spec/json.ts';
import { answers, says, withAt } from '../faults/acting.ts';
import { mapBody } from '../faults/reply-faults.ts';
import { counts, messages, valueAt } from '../faults/touching.ts';
import type { Persona } from './persona.ts';
import { nullStopsLeftOut, reshaped, stopSequenceUnnamed, thinkingUnsigned } from './traits/replies.ts';
import { anyThinkingTaken, blocksHeard, noCacheControl, onlyKeys } from './traits/requests.ts';
import { betasIgnored, openAiModel, openAiModels, versionIgnored } from './traits/routes.ts';

const blockTypes: ReadonlySet<unknown> = new Set(['text', 'image', 'tool_use', 'tool_result', 'thinking']);

export const ollama: Persona = {
  id: 'ollama',
  name: 'Ollama',
  asOf: 'fb307609, 21 August 2026, from code and documentation',
  links: ['https://docs.ollama.com/api/anthropic-compatibility', 'https://github.com/ollama/ollama/issues'],
  traits: [
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
    {
      sentence: 'A body names the model as the engine does, and has null for content where there is none.',
      touches: messages,
      act: says(mapBody((body) => engineBody({ ...body }))),
    },
    openAiModels,
    openAiModel,
  ],
};

/** A quarter of the letters, which the mock does not know here; so a number that is never right. */
function estimated(value: JsonObject): unknown {
  const at = '/message/usage/input_tokens';
  const input = valueAt(value, at);
  return typeof input === 'number' ? withAt(value, at, Math.ceil(input * 0.75)) : value;
}

/** An empty slice of Go is null. */
function engineBody(body: JsonObject): JsonObject {
  const { type, content, model } = body;
  if (type !== 'message') return body;
  return { ...body, model: `${String(model)}:latest`, content: Array.isArray(content) && content.length === 0 ? null : content };
}
