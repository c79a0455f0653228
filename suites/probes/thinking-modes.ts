import { getRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { withTools } from './lamp-and-fruit.ts';
import { sayHello } from './say-hello.ts';

/** The least budget, and the least room that goes with it. We hang up at the first event, so that little of it is used. */
const manual = { max_tokens: 1025, stream: true, thinking: { type: 'enabled', budget_tokens: 1024 } } as const;
const adaptive = { thinking: { type: 'adaptive' } } as const;

/** A tool loop whose call was made without thinking. */
const loop = [
  { role: 'user', content: 'Switch the lamp on.' },
  { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_01Modes', name: 'set_lamp', input: { state: 'on' } }] },
  { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_01Modes', content: 'The lamp is on.' }] },
] as const;

/** The greeting with the reply begun. */
const prefilled = [
  { role: 'user', content: 'Say hello.' },
  { role: 'assistant', content: 'Hel' },
] as const;

export const thinkingModes: Probe = probe({
  id: 'thinking-modes',
  title: 'Every type of thinking, held against what the model says of itself, and where it does not belong',
  cost: { requests: 11, outputTokens: 8 + 2 * manual.max_tokens },
  steps: [
    'model',
    'plain',
    'adaptive',
    'disabled',
    'between-tools',
    'enabled',
    'prefill-plain',
    'prefill',
    'loop-plain',
    'loop-adaptive',
    'loop-enabled',
  ],
  async run({ model, modelsPath, send }) {
    const plain = sayHello(model);
    await send('model', getRequest(`${modelsPath}/${encodeURIComponent(model)}`));
    await send('plain', messagesRequest(plain));
    await send('adaptive', messagesRequest({ ...plain, ...adaptive }), { control: 'plain', adds: 'thinking' });
    await send('disabled', messagesRequest({ ...plain, thinking: { type: 'disabled' } }), { control: 'plain' });
    await send('between-tools', messagesRequest({ ...plain, thinking: { type: 'between_tools' } }), { control: 'plain' });
    await send('enabled', messagesRequest({ ...plain, ...manual }), { control: 'plain', abortAfter: { frames: 1 } });
    await send('prefill-plain', messagesRequest({ ...plain, messages: prefilled }));
    await send('prefill', messagesRequest({ ...plain, ...adaptive, messages: prefilled }), { control: 'prefill-plain' });
    const called = { ...withTools(model), messages: loop };
    await send('loop-plain', messagesRequest(called));
    await send('loop-adaptive', messagesRequest({ ...called, ...adaptive }), { control: 'loop-plain' });
    await send('loop-enabled', messagesRequest({ ...called, ...manual }), { control: 'loop-plain', abortAfter: { frames: 1 } });
  },
});
