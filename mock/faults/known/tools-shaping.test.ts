import { describe, expect, it } from 'vitest';
import { createFetch } from '../../../endpoint/index.ts';
import { createMock } from '../../index.ts';
import { asked } from '../asked.ts';
import { type Fault, withFault } from '../reply-faults.ts';
import type { Touch } from '../touching.ts';
import { bySdk, putInCall, resultWith, rewriteArguments, someBlock, someResult, someTool } from './tools-shaping.ts';

const tool = {
  name: 'set_lamp',
  input_schema: { type: 'object', properties: { state: { type: 'string', enum: ['on'] } }, required: ['state'] },
};
const image = { type: 'image', source: { type: 'url', url: 'https://x.invalid/' } };
const result = { type: 'tool_result', tool_use_id: 'toolu_1', content: [image] };
const body = {
  model: 'mock-model',
  max_tokens: 64,
  tools: [tool],
  tool_choice: { type: 'tool', name: 'set_lamp' },
  messages: [{ role: 'user', content: 'Say hello.' }],
};

describe('A fault about tools looks for', () => {
  const request = {
    tools: [tool],
    messages: [
      { role: 'user', content: [result] },
      { role: 'user', content: 'Hi' },
    ],
  };
  it.each<readonly [string, Touch, boolean]>([
    ['a tool', someTool(({ name }) => name === 'set_lamp'), true],
    ['no tool', someTool(({ name }) => name === 'pick_fruit'), false],
    ['a block', someBlock(({ type }) => type === 'tool_result'), true],
    ['a block inside a result, which is none of the message', someBlock(({ type }) => type === 'image'), false],
    ['a result', someResult(({ tool_use_id: id }) => id === 'toolu_1'), true],
    ['a result with a block', resultWith('image'), true],
    ['a result without one', resultWith('document'), false],
    ['the SDK', bySdk, false],
  ])('%s', (_, touches, expected) => {
    const head = { method: 'POST', url: '/v1/messages', headers: [['user-agent', 'curl/8']] as const };
    expect(touches(asked(head, JSON.stringify(request)))).toBe(expected);
  });
});

describe('A call', () => {
  const ask = async (fault: Fault, stream: boolean): Promise<string> => {
    const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'test' };
    const broken = createFetch(withFault(createMock(), fault));
    return (await broken('http://mock/v1/messages', { method: 'POST', headers, body: JSON.stringify({ ...body, stream }) })).text();
  };

  it('has another value', async () => {
    expect(JSON.parse(await ask(putInCall('/input/state', 'off'), false))).toMatchObject({ content: [{ input: { state: 'off' } }] });
  });

  it('has other arguments in a stream, in one piece', async () => {
    const text = await ask(
      rewriteArguments((json, position) => `${position}${json}`),
      true,
    );
    expect(text.match(/"partial_json":".*?(?<!\\)"/g)).toStrictEqual([String.raw`"partial_json":"0{\"state\":\"on\"}"`]);
  });
});
