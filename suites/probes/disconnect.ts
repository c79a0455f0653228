import type { Evidence } from '../model/evidence.ts';
import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { isAccepted } from '../reading.ts';
import { sayHello } from './say-hello.ts';

/** Enough to notice a server that goes on generating for nobody, little enough to wait for one that does. */
const abandoned = 128;

export const disconnect: Probe = probe({
  id: 'disconnect',
  title: 'Hanging up inside a stream and while waiting for JSON, and what the next request meets',
  cost: { requests: 5, outputTokens: 2 * abandoned + 3 },
  exclusive: true,
  steps: ['before', 'stream', 'after-stream', 'json', 'after-json'],
  async run({ model, send }) {
    const hello = messagesRequest(sayHello(model));
    const story = { model, max_tokens: abandoned, messages: [{ role: 'user', content: 'Count from 1 to 1000, without a pause.' }] };
    const next = (step: string) => send(step, hello, { fresh: true });
    // What does not answer undisturbed shows nothing here; nor does a second abort, where the first has already been the end.
    if (!isAccepted(await next('before'))) return;
    // Three frames: the message has begun, and some of it is there.
    const stream = await send('stream', messagesRequest({ ...story, stream: true }), { abortAfter: { frames: 3 } });
    if (isLeft(stream) && !isAccepted(await next('after-stream'))) return;
    const json = await send('json', messagesRequest(story), { abortAfter: { ms: 25 } });
    if (isLeft(json)) await next('after-json');
  },
});

/** Whether the suite did hang up: a fast answer may be complete before, and a refusal always is. */
function isLeft({ ended }: Evidence): boolean {
  return ended === 'aborted-by-us';
}
