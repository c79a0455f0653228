/** Thinking before a call in a history that comes from elsewhere: a server takes it, leaves it out, or says that it cannot. */
import type { JsonObject } from '../../spec/json.ts';
import { lamp, withTools } from '../probes/lamp-and-fruit.ts';
import { claudeCode, docs } from '../references.ts';
import { adding, type VariantTable } from '../variants.ts';

const id = 'toolu_01ConformanceA';
const locks = 'the session is locked: what was refused stays in its history';
/** A call and its result, with such blocks before the call. Without any it is what other probes send, too. */
function turns(...before: readonly JsonObject[]): readonly JsonObject[] {
  return [
    { role: 'user', content: 'Switch the lamp on and take a pear.' },
    { role: 'assistant', content: [...before, { type: 'tool_use', id, name: lamp.name, input: { state: 'on' } }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'The lamp is on.' }] },
  ];
}

export const thinkingHistories: VariantTable = {
  id: 'thinking-histories',
  title: 'Histories with thinking that another server wrote',
  base: (model) => ({ ...withTools(model), messages: turns() }),
  needs: ['tools'],
  source: docs.thinking,
  rows: [
    {
      step: 'empty-signature',
      id: 'history.thinking.empty-signature',
      level: 'should',
      requirement: 'Thinking with an empty signature before a call is accepted, or refused with 400.',
      covers: ['block.in.thinking-foreign-signature'],
      breaks: [claudeCode(`after a change of server or model, ${locks}`)],
      bugs: ['ding113/claude-code-hub#518'],
      fix: 'Leave out thinking that cannot be verified, instead of failing over it.',
      outcome: 'handled',
      change: adding({ messages: turns({ type: 'thinking', thinking: 'The user wants light.', signature: '' }) }),
    },
  ],
};
