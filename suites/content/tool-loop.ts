/** Blocks of a tool loop with the fields that newer servers and caching clients put on them. */
import type { JsonObject } from '../../spec/json.ts';
import type { Check } from '../model/check.ts';
import { fruit, lamp } from '../probes/lamp-and-fruit.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { variantChecks, type VariantTable } from '../variants.ts';

const call = { type: 'tool_use', id: 'toolu_01ConformanceA', name: lamp.name, input: { state: 'on' } } as const;
const result = { type: 'tool_result', tool_use_id: call.id, content: 'The lamp is on.' } as const;

/** The turns of a tool loop, with that call in it. */
export function loopWith(callBlock: JsonObject = call): readonly JsonObject[] {
  return [
    { role: 'user', content: 'Switch the lamp on and take a pear.' },
    { role: 'assistant', content: [callBlock] },
    { role: 'user', content: [result] },
  ];
}

const calling =
  (callBlock: JsonObject) =>
  (base: JsonObject): JsonObject => ({ ...base, messages: loopWith(callBlock) });

export const toolLoop: VariantTable = {
  id: 'tool-call-fields',
  title: 'A tool call sent back with the optional fields of newer servers',
  base: (model) => ({ model, max_tokens: 1, tools: [lamp, fruit], messages: loopWith() }),
  needs: ['tools'],
  source: docs.sdkMessages,
  rows: [
    {
      id: 'content.tool-use.caller',
      step: 'caller',
      change: calling({ ...call, caller: { type: 'direct' } }),
      outcome: 'accepted',
      level: 'should',
      requirement: 'A tool_use that names its caller is accepted.',
      covers: ['block.in.tool-use-caller'],
      breaks: [sdkTypescript('sends back what a server gave it, so a session that moved here cannot go on')],
      fix: 'Ignore the field: a call without it means the same.',
    },
    {
      id: 'content.tool-use.cache-control',
      step: 'cache-control',
      change: calling({ ...call, cache_control: { type: 'ephemeral' } }),
      outcome: 'accepted',
      level: 'should',
      source: docs.caching,
      requirement: 'A tool_use is accepted with cache_control.',
      covers: ['cache.below-minimum-ok'],
      breaks: [claudeCode('marks the last block of a message, whatever it is')],
    },
  ],
};

export const toolLoopChecks: readonly Check[] = variantChecks(toolLoop);
