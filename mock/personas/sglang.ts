/** SGLang: keys whose value is null are left out, thinking is not signed, and any name of a model is served. */
import { asText } from '../../spec/as-text.ts';
import { hears } from '../faults/acting.ts';
import { all, any, at, counts, messages, valueAt } from '../faults/touching.ts';
import { asIn, type Persona } from './persona.ts';
import { endCountsOutputOnly, nullStopsLeftOut, stopSequenceUnnamed, thinkingUnsigned } from './traits/replies.ts';
import { anyThinkingTaken, blocksRefused, generates, noCacheControl, onlyKeys, overlooks, warmUpRefused } from './traits/requests.ts';
import {
  bearerOnly,
  betasIgnored,
  frameworkRoutes,
  namesAnyModel,
  noRequestId,
  noSingleModel,
  openAiModels,
  refusal,
  unauthorizedText,
  versionIgnored,
} from './traits/routes.ts';

const blockTypes: ReadonlySet<unknown> = new Set([
  'text',
  'image',
  'tool_use',
  'tool_result',
  'tool_reference',
  'search_result',
  'thinking',
]);
/** Tools of the server that are left out, and those that are refused. */
const skipped = /^(web_search|computer|bash|text_editor)_/;
const unknown = /^(web_fetch|memory|code_execution)_/;
const typed =
  (pattern: RegExp) =>
  (tool: unknown): boolean =>
    pattern.test(asText(valueAt(tool, '/type')));

export const sglang: Persona = {
  id: 'sglang',
  name: 'SGLang',
  asOf: 'August and September 2026, from code and reports',
  links: ['https://github.com/sgl-project/sglang/issues/25876', 'https://github.com/sgl-project/sglang/issues'],
  traits: [
    onlyKeys('tool_choice', 'thinking', 'output_config'),
    noCacheControl,
    anyThinkingTaken,
    overlooks('/tool_choice/disable_parallel_tool_use'),
    overlooks('/output_config/format'),
    versionIgnored(),
    betasIgnored,
    namesAnyModel,
    warmUpRefused,
    {
      sentence: 'A temperature up to 2 is taken.',
      touches: all(
        generates,
        at('/temperature', (value) => typeof value === 'number' && value > 1 && value <= 2),
      ),
      act: hears((body) => ({ ...body, temperature: 1 })),
    },
    {
      sentence: 'Tools of the server are left out where they are known.',
      touches: all(
        any(messages, counts),
        at('/tools', (tools) => Array.isArray(tools) && tools.some(typed(skipped))),
      ),
      act: hears((body) => ({ ...body, tools: Array.isArray(body['tools']) ? body['tools'].filter((tool) => !typed(skipped)(tool)) : [] })),
    },
    {
      sentence: 'Other tools of the server are refused.',
      touches: all(
        generates,
        at('/tools', (tools) => Array.isArray(tools) && tools.some(typed(unknown))),
      ),
      act: refusal('tools.0.input_schema: Field required'),
    },
    blocksRefused('Documents, redacted thinking and unknown blocks are refused.', ({ type }) => !blockTypes.has(type)),
    ...['takes-tool-result-orphan', 'takes-tool-result-missing', 'takes-tool-result-partial', 'takes-tool-result-extra'].map((id) =>
      asIn(id),
    ),
    stopSequenceUnnamed,
    nullStopsLeftOut,
    ...thinkingUnsigned,
    endCountsOutputOnly,
    openAiModels,
    noSingleModel,
    frameworkRoutes,
    bearerOnly,
    unauthorizedText,
    noRequestId,
  ],
};
