/** vLLM: the chat pipeline of the OpenAI API, with its errors, ids and models list. */
import { says } from '../faults/acting.ts';
import { mapJson } from '../faults/known/shaping.ts';
import { replaceError } from '../faults/reply-faults.ts';
import { all, at, counts, messages } from '../faults/touching.ts';
import type { Persona } from './persona.ts';
import { callIds, messageIds, thinkingStartBare, withoutNull } from './traits/replies.ts';
import {
  anyThinkingTaken,
  blocksRefused,
  generates,
  noCacheControl,
  onlyKeys,
  serverToolsRefused,
  warmUpRefused,
} from './traits/requests.ts';
import {
  bearerOnly,
  betasIgnored,
  frameworkRoutes,
  noRequestId,
  openAiModels,
  refusal,
  unauthorizedText,
  versionIgnored,
} from './traits/routes.ts';

/** Blocks that its data classes have. */
const blockTypes: ReadonlySet<unknown> = new Set([
  'text',
  'image',
  'tool_use',
  'tool_result',
  'tool_reference',
  'thinking',
  'redacted_thinking',
]);

/** Names that its handlers give errors; the body of a request is judged before them, by the OpenAI server. */
const exceptions: Readonly<Record<string, string>> = { not_found_error: 'NotFoundError', api_error: 'InternalServerError' };

export const vllm: Persona = {
  id: 'vllm',
  name: 'vLLM',
  asOf: 'main, September 2026, from code and reports',
  links: ['https://docs.vllm.ai/en/stable/serving/integrations/claude_code/', 'https://github.com/vllm-project/vllm/issues'],
  traits: [
    onlyKeys('tool_choice', 'output_config', 'thinking'),
    noCacheControl,
    anyThinkingTaken,
    versionIgnored(),
    betasIgnored,
    warmUpRefused,
    serverToolsRefused,
    blocksRefused('Content blocks other than text, image, thinking and those of tools are refused.', ({ type }) => !blockTypes.has(type)),
    {
      sentence: 'More than four stop sequences are refused.',
      touches: all(
        messages,
        at('/stop_sequences', (list) => Array.isArray(list) && list.length > 4),
      ),
      act: refusal('stop: at most 4 stop strings are allowed'),
    },
    {
      sentence: 'Counts come with context_management.original_input_tokens.',
      touches: counts,
      act: says(mapJson((body) => ({ ...body, context_management: { original_input_tokens: body['input_tokens'] } }))),
    },
    messageIds('chatcmpl-'),
    callIds('chatcmpl-tool-', 'chatcmpl-tool-'),
    thinkingStartBare,
    {
      sentence: 'A body leaves out stop_sequence where it is null.',
      touches: messages,
      act: says(mapJson((body) => withoutNull(body, 'stop_sequence'))),
    },
    openAiModels,
    {
      sentence: 'A request that is not valid is answered with an error of the OpenAI API, whose message is a Python object printed.',
      touches: generates,
      act: says(
        replaceError(({ error: { message } }, status) =>
          status === 400
            ? {
                body: {
                  error: {
                    message: `[{'type': 'value_error', 'loc': ('body',), 'msg': '${message}'}]`,
                    type: 'Bad Request',
                    param: null,
                    code: 400,
                  },
                },
              }
            : {},
        ),
      ),
    },
    {
      sentence: 'Types of other errors are names of exceptions.',
      touches: generates,
      act: says(
        replaceError((envelope) => {
          const { type, message } = envelope.error ?? {};
          const named = type === undefined ? undefined : exceptions[type];
          return named === undefined ? {} : { body: { ...envelope, error: { type: named, message } } };
        }),
      ),
    },
    frameworkRoutes,
    bearerOnly,
    unauthorizedText,
    noRequestId,
  ],
};
