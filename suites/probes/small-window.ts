import { countTokensRequest, getRequest, messagesRequest, type Probe, type ProbeClient, probe } from '../model/probe.ts';
import { isAccepted, tokens } from '../reading.ts';
import { sayHello } from './say-hello.ts';

/** A larger window is not filled: the prompt alone would take minutes on a slow machine. */
const largestWindow = 8192;
/** What the prompt leaves of the window. */
const room = 24;
/** What the request asks for. */
export const limit = 96;

const prompt = (words: number) => ({
  messages: [{ role: 'user', content: `${'one two '.repeat(words)}Count on, in words, and do not stop.` }],
});

export const smallWindow: Probe = probe({
  id: 'small-window',
  title: 'A prompt that nearly fills a small context window, and max_tokens beyond the rest of it',
  needs: ['models', 'count-tokens'],
  cost: { requests: 5, outputTokens: limit },
  steps: ['model', 'count-few', 'count-many', 'count', 'fill'],
  async run(client) {
    const { model, send } = client;
    const words = await wordsThatFit(client);
    const request = words === undefined ? sayHello(model) : { model, max_tokens: limit, ...prompt(words) };
    // Without a window to fill, a request that other probes send too, and that costs nothing.
    await send('fill', messagesRequest(request));
  },
});

/** How long a prompt leaves just that room. Undefined where the window is large or not told. */
async function wordsThatFit(client: ProbeClient): Promise<number | undefined> {
  const { model, modelsPath, send } = client;
  const window = tokens((await send('model', getRequest(`${modelsPath}/${encodeURIComponent(model)}`))).json, 'max_input_tokens');
  if (window === undefined || window > largestWindow) return undefined;
  const few = await countOf(client, 'count-few', 20);
  const many = await countOf(client, 'count-many', 120);
  if (few === undefined || many === undefined || many <= few) return undefined;
  const perWord = (many - few) / 100;
  const words = Math.floor((window - room - few) / perWord) + 20;
  const counted = words > 0 ? await countOf(client, 'count', words) : undefined;
  // The count is an estimate; a prompt that does not fit is another case.
  return counted === undefined || counted > window - 4 ? undefined : words;
}

async function countOf({ model, send }: ProbeClient, step: string, words: number): Promise<number | undefined> {
  const evidence = await send(step, countTokensRequest({ model, ...prompt(words) }));
  return isAccepted(evidence) ? tokens(evidence.json, 'input_tokens') : undefined;
}
