import { changed } from '../errors/change.ts';
import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { lamp, withTools } from './lamp-and-fruit.ts';
import { sayHello } from './say-hello.ts';

const id = 'toolu_01ConformanceA';
const ask = { role: 'user', content: 'Switch the lamp on and take a pear.' };
const call = { role: 'assistant', content: [{ type: 'tool_use', id, name: lamp.name, input: { state: 'on' } }] };
const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'The lamp is on.' }] };
const between = [
  { role: 'user', content: 'Wait.' },
  { role: 'assistant', content: 'I wait.' },
];

/** One mistake each, by step: in the request with two tools, or in the history with one call. */
const mistakes = {
  'examples-invalid': { control: 'control', pointer: '/tools/0/input_examples', value: [{ state: 5 }] },
  'deferred-all': { control: 'control', pointer: '/tools', value: [{ ...lamp, defer_loading: true }] },
  'reference-unknown': {
    control: 'history',
    pointer: '/messages/2/content/0/content',
    value: [{ type: 'tool_reference', tool_name: 'ring_bell' }],
  },
  'result-late': { control: 'history', pointer: '/messages', value: [ask, call, ...between, result] },
} as const;

export const toolMistakes: Probe = probe({
  id: 'tool-mistakes',
  title: 'Mistakes in tools and results that are refused',
  needs: ['tools'],
  cost: { requests: 3 + Object.keys(mistakes).length, outputTokens: 3 + Object.keys(mistakes).length },
  steps: ['plain', 'control', 'history', ...Object.keys(mistakes)],
  async run({ model, send }) {
    const bodies = { control: withTools(model), history: { ...withTools(model), messages: [ask, call, result] } };
    await send('plain', messagesRequest(sayHello(model)));
    await send('control', messagesRequest(bodies.control), { adds: 'tools', control: 'plain' });
    await send('history', messagesRequest(bodies.history), { control: 'control' });
    for (const [step, mistake] of Object.entries(mistakes)) {
      await send(step, messagesRequest(changed(bodies[mistake.control], mistake)), { control: mistake.control });
    }
  },
});
