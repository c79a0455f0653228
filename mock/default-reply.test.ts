import { describe, expect, test } from 'vitest';
import { ask, refused, streamed } from './ask.fixture.ts';
import { createMock } from './index.ts';

const user = (content: string) => ({ role: 'user', content });
const thinking = { type: 'adaptive' };

describe('thinking that is sent back', () => {
  const mock = createMock();
  const after = (...content: readonly unknown[]) => ({
    thinking,
    messages: [user('Hi'), { role: 'assistant', content }, user('Go on.')],
  });

  test('is taken as it came, also where it was cut', async () => {
    const whole = await ask(mock, { thinking });
    expect((await ask(mock, after(...whole.content))).stop_reason).toBe('end_turn');
    const cut = await ask(mock, { thinking, max_tokens: 3 });
    expect(cut).toMatchObject({ stop_reason: 'max_tokens', content: [{ type: 'thinking', thinking: 'The user want' }] });
    expect((await ask(mock, after(...cut.content, { type: 'text', text: 'Yes.' }))).stop_reason).toBe('end_turn');
    expect((await ask(mock, { ...after(...whole.content), thinking: { type: 'adaptive', display: 'omitted' } })).stop_reason).toBe(
      'end_turn',
    );
  });

  test('is refused where it was edited, unless another server signed it', async () => {
    const [thought, ...rest] = (await ask(mock, { thinking })).content;
    const edited = { ...thought, thinking: 'I want something else.' };
    expect(await refused(mock, after(edited, ...rest))).toEqual([
      400,
      'invalid_request_error',
      'messages.1.content.0: thinking blocks cannot be modified.',
    ]);
    expect((await ask(mock, after({ ...edited, signature: 'EqQBCgIYAhIM' }, ...rest))).stop_reason).toBe('end_turn');
  });
});

describe('a reply with a format', () => {
  const schema = {
    type: 'object',
    properties: { note: { type: 'string' }, sky: { enum: ['grey', 'blue'] }, warm: { type: 'boolean' } },
    required: ['warm', 'sky'],
    additionalProperties: false,
  };
  const format = { output_config: { format: { type: 'json_schema', schema } } };

  test('is the smallest JSON of the schema, in the order of the schema', async () => {
    const content = [{ type: 'text', text: '{"sky":"grey","warm":true}' }];
    expect(await ask(createMock(), format)).toMatchObject({ content, stop_reason: 'end_turn' });
    expect(await streamed(createMock(), format)).toMatchObject({ content, stop_reason: 'end_turn' });
  });

  test('comes after thinking, and is cut by max_tokens', async () => {
    const { content } = await ask(createMock(), { ...format, thinking });
    expect(content.map(({ type }) => type)).toEqual(['thinking', 'text']);
    expect(content[1]).toMatchObject({ text: '{"sky":"grey","warm":true}' });
    expect(await ask(createMock(), { ...format, max_tokens: 2 })).toMatchObject({
      content: [{ text: '{"sky":"' }],
      stop_reason: 'max_tokens',
    });
  });
});
