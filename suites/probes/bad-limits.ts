/** Requests beyond what the models list says that the model can do. Where it says nothing, or too much to send, they are not sent. */
import { getRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { at, tokens } from '../reading.ts';
import { sayHello } from './say-hello.ts';

/** Windows beyond this are not filled: a server that takes such a prompt would read it for minutes. */
const mostTokens = 32_768;

export const badLimits: Probe = probe({
  id: 'bad-limits',
  title: 'More tokens than the model takes or gives, and a model that is retired',
  // Where the larger limit is taken after all, the stream is hung up after its first events.
  cost: { requests: 7, outputTokens: 5 },
  steps: ['control', 'control-stream', 'model', 'retired-models', 'over-max-tokens', 'too-long', 'retired'],
  async run({ model, modelsPath, send }) {
    const body = sayHello(model);
    await send('control', messagesRequest(body));
    await send('control-stream', messagesRequest({ ...body, stream: true }));
    const { json: entry } = await send('model', getRequest(`${modelsPath}/${encodeURIComponent(model)}`));
    const most = tokens(entry, 'max_tokens') ?? 0;
    if (most > 0) {
      const over = messagesRequest({ ...body, stream: true, max_tokens: most + 1 });
      await send('over-max-tokens', over, { control: 'control-stream', abortAfter: { frames: 3 } });
    }
    const window = tokens(entry, 'max_input_tokens') ?? 0;
    if (window > 0 && window <= mostTokens) {
      // No tokenizer joins words, so there are at least as many tokens as words.
      const content = 'hello '.repeat(window + 1).trimEnd();
      await send('too-long', messagesRequest({ ...body, messages: [{ role: 'user', content }] }), { control: 'control' });
    }
    const { json: retired } = await send('retired-models', getRequest(`${modelsPath}?lifecycle%5B%5D=retired&limit=1`));
    const id = at(retired, 'data', 0, 'id');
    if (typeof id === 'string' && at(retired, 'data', 0, 'lifecycle') === 'retired') {
      await send('retired', messagesRequest({ ...body, model: id }), { control: 'control' });
    }
  },
});
