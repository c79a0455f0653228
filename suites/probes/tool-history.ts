import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { fruit, lamp, withTools } from './lamp-and-fruit.ts';
import { sayHello } from './say-hello.ts';

type Block = Readonly<Record<string, unknown>>;

// No server issued these ids: it has to take any that fit the pattern, because histories move between servers.
const first = 'toolu_01ConformanceA';
const second = 'call_conformance-2';

const user = (content: string | readonly Block[]): Block => ({ role: 'user', content });
const assistant = (...content: readonly Block[]): Block => ({ role: 'assistant', content });
const text = (value: string): Block => ({ type: 'text', text: value });
const setLamp: Block = { type: 'tool_use', id: first, name: lamp.name, input: { state: 'on' } };
const pickFruit: Block = { type: 'tool_use', id: second, name: fruit.name, input: { fruit: 'pear' } };
const result = (id: string, rest: Block = {}): Block => ({ type: 'tool_result', tool_use_id: id, ...rest });
const ask = user('Switch the lamp on and take a pear.');

/** The histories, by step. */
const histories: Readonly<Record<string, readonly Block[]>> = {
  string: [ask, assistant(setLamp), user([result(first, { content: 'The lamp is on.' })])],
  blocks: [ask, assistant(setLamp), user([result(first, { content: [text('The lamp'), text('is on.')] })])],
  error: [ask, assistant(setLamp), user([result(first, { content: 'The bulb is broken.', is_error: true })])],
  absent: [ask, assistant(setLamp), user([result(first)])],
  'empty-string': [ask, assistant(setLamp), user([result(first, { content: '' })])],
  'two-results': [
    ask,
    assistant(setLamp, pickFruit),
    user([result(second, { content: 'A pear.' }), result(first, { content: 'The lamp is on.' })]),
  ],
  'two-rounds': [
    ask,
    assistant(setLamp),
    user([result(first, { content: 'The lamp is on.' })]),
    assistant(pickFruit),
    user([result(second, { content: 'A pear.' })]),
  ],
  'text-around': [
    ask,
    assistant(text('I will switch it on.'), setLamp),
    user([result(first, { content: 'The lamp is on.' }), text('Thank you.')]),
  ],
};

export const toolHistory: Probe = probe({
  id: 'tool-history',
  title: 'Histories with tool calls and results, built by hand',
  needs: ['tools'],
  cost: { requests: 2 + Object.keys(histories).length, outputTokens: 2 + Object.keys(histories).length },
  steps: ['plain', 'control', ...Object.keys(histories)],
  async run({ model, send }) {
    await send('plain', messagesRequest(sayHello(model)));
    await send('control', messagesRequest(withTools(model)), { adds: 'tools', control: 'plain' });
    for (const [step, messages] of Object.entries(histories)) {
      await send(step, messagesRequest({ ...withTools(model), messages }), { control: 'control' });
    }
  },
});
