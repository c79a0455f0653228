import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { fruit, lamp, withTools } from './lamp-and-fruit.ts';

export const toolEager: Probe = probe({
  id: 'tool-eager',
  title: 'A stream with a tool whose arguments may come as they are written',
  needs: ['tools'],
  cost: { requests: 2, outputTokens: 2 },
  steps: ['control', 'eager'],
  async run({ model, send }) {
    const control = { ...withTools(model), stream: true };
    await send('control', messagesRequest(control));
    await send('eager', messagesRequest({ ...control, tools: [{ ...lamp, eager_input_streaming: true }, fruit] }), { control: 'control' });
  },
});
