/** The official SDK with tools: its stream helper, and its tool runner with and without message threads. */
import { type Probe, probe, type SdkUse } from '../model/probe.ts';
import { fruit } from './lamp-and-fruit.ts';
import { streaming } from './sdk.ts';

/** Room for a model that thinks a little before its call; the call itself needs some twenty tokens. */
const roomForACall = 128;

const needs = ['tools', 'forced-tool-choice'] as const;
const forced = { type: 'tool', name: fruit.name } as const;
const asking = [{ role: 'user' as const, content: 'Take a fruit from the bowl.' }];
const tool = { ...fruit, input_schema: { ...fruit.input_schema, required: ['fruit'] } };

export const sdkTools: Probe = probe({
  id: 'sdk-tools',
  title: 'The tool runner of the official SDK, told to send the whole history',
  needs,
  cost: { requests: 3, outputTokens: 2 * roomForACall + 1 },
  steps: ['stream', 'runner', 'runner-2'],
  async run({ model, sdk }) {
    await sdk(['stream'], streaming({ model, max_tokens: roomForACall, messages: asking, tools: [tool], tool_choice: forced }));
    await sdk(['runner', 'runner-2'], runnerLoop(model, false));
  },
});

export const sdkThreads: Probe = probe({
  id: 'sdk-threads',
  title: 'The tool runner of the official SDK as it is by itself: it asks for a message thread',
  needs,
  // A server without threads is asked again for the first turn.
  cost: { requests: 4, outputTokens: 2 * roomForACall + 2 },
  steps: ['runner', 'runner-2', 'runner-3', 'runner-4'],
  async run({ model, sdk }) {
    await sdk(['runner', 'runner-2', 'runner-3', 'runner-4'], runnerLoop(model, undefined));
  },
});

/** A call that the server is made to make, and a turn in which it may make none: two requests with any model. */
function runnerLoop(model: string, thread: false | undefined): SdkUse {
  return async (client, seen) => {
    const inputs: unknown[] = [];
    const replies: unknown[] = [];
    Object.assign(seen, { inputs, replies });
    const runner = client.beta.messages.toolRunner({
      model,
      max_tokens: roomForACall,
      max_iterations: 2,
      messages: asking,
      tool_choice: forced,
      ...(thread === undefined ? {} : { thread }),
      tools: [
        {
          ...tool,
          parse: (input) => input,
          run: (input: unknown) => {
            inputs.push(input);
            runner.setMessagesParams((params) => ({ ...params, max_tokens: 1, tool_choice: { type: 'none' } }));
            return 'Here it is.';
          },
        },
      ],
    });
    for await (const reply of runner) replies.push(reply);
  };
}
