import { countTokensRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { pictures } from '../content/pictures.ts';
import { fruit, lamp } from './lamp-and-fruit.ts';
import { sayHello } from './say-hello.ts';

type Body = Readonly<Record<string, unknown>>;

const sentence = 'Say hello.';
const system = 'You answer in one short and friendly sentence.';
/** To compare with: several chat templates write a longer default where a request has no system prompt. */
const shorterSystem = 'Be kind.';
const filler = 'Then name a colour that you like. '.repeat(20);
/** Long enough that what a chat template adds is small beside it. */
const paragraph =
  'On a rainy afternoon the old gardener sat by the window, counted the drops on the glass, and thought about the roses that he would plant when spring came. ' +
  'His cat slept on the table beside a cup of cold tea, a letter from his sister, and three packets of seed that he had bought in town the week before. ';

const user = (content: unknown) => ({ role: 'user', content });
const assistant = (content: unknown) => ({ role: 'assistant', content });
const text = (said: string): Body => ({ type: 'text', text: said });
const says = (...messages: readonly Body[]): Body => ({ messages });

/** A conversation in which a tool was used. */
function toolHistory(result: string): Body {
  const id = 'toolu_01ConformanceA';
  return {
    tools: [lamp, fruit],
    ...says(
      user('Switch the lamp on.'),
      assistant([{ type: 'tool_use', id, name: lamp.name, input: { state: 'on' } }]),
      user([{ type: 'tool_result', tool_use_id: id, content: result }]),
    ),
  };
}

/** Prompts by step. Each check compares two of them. */
const prompts: Readonly<Record<string, Body>> = {
  longer: says(user(`${sentence} ${filler}`)),
  turns: says(user(sentence), assistant('Hello.'), user('Once more, please.')),
  'system-short': { ...says(user(sentence)), system: shorterSystem },
  system: { ...says(user(sentence)), system },
  'system-block': { ...says(user(sentence)), system: [text(system)] },
  'system-blocks': { ...says(user(sentence)), system: [text(system), text(filler)] },
  tool: { ...says(user(sentence)), tools: [lamp] },
  tools: { ...says(user(sentence)), tools: [lamp, fruit] },
  'tool-described': { ...says(user(sentence)), tools: [{ ...lamp, description: `${lamp.description} ${filler}` }] },
  block: says(user([text(sentence)])),
  blocks: says(user([text(sentence), text(filler)])),
  'cache-control': says(user([{ ...text(sentence), cache_control: { type: 'ephemeral' } }])),
  once: says(user(paragraph)),
  tenfold: says(user(paragraph.repeat(10))),
  'tool-history': toolHistory('The lamp is on.'),
  'tool-history-long': toolHistory(`The lamp is on. ${filler}`),
  'no-thinking-prior': says(user(sentence), assistant([text('Hello.')]), user('Once more, please.')),
  'thinking-prior': says(
    user(sentence),
    assistant([{ type: 'thinking', thinking: filler, signature: 'Y29uZm9ybWFuY2U=' }, text('Hello.')]),
    user('Once more, please.'),
  ),
  image: says(user([{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: pictures.red } }, text(sentence)])),
  document: says(user([{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: filler } }, text(sentence)])),
};

export const count: Probe = probe({
  id: 'count',
  title: 'Token counts of one prompt and of its variations; nothing is generated',
  cost: { requests: 4 + Object.keys(prompts).length, outputTokens: 1 },
  steps: ['plain', 'base', 'again', 'beta-query', ...Object.keys(prompts)],
  async run({ model, send }) {
    const base = countTokensRequest({ model, ...says(user(sentence)) });
    await send('plain', messagesRequest(sayHello(model)));
    await send('base', base, { adds: 'count-tokens', control: 'plain' });
    await send('again', base, { fresh: true });
    await send('beta-query', { ...base, path: `${base.path}?beta=true` }, { control: 'base' });
    for (const [step, prompt] of Object.entries(prompts)) await send(step, countTokensRequest({ model, ...prompt }));
  },
});
