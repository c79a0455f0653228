import { describe, expect, it, vi } from 'vitest';
import { ask, events, headers as validHeaders, post, refused, weather } from '../ask.fixture.ts';
import { createMock, MockVerificationError, refuse, say, useTool, type Mock } from '../index.ts';

const textOf = async (mock: Mock, fields: Parameters<typeof ask>[1] = {}): Promise<string> =>
  (await ask(mock, fields)).content.map((block) => (block.type === 'text' ? block.text : '')).join('');

/** What `verify` says, line by line; nothing where it does not throw. */
function verdict(mock: Mock): readonly string[] {
  try {
    mock.verify();
    return [];
  } catch (error) {
    if (!(error instanceof MockVerificationError)) throw error;
    return error.message.replaceAll(/req_\w+/g, 'req_X').split('\n');
  }
}

describe('The script answers', () => {
  it('first from the queue, then by rules, the newest first, then by default', async () => {
    const mock = createMock().otherwise(say('default'));
    mock.when({ lastUser: 'a' }).reply(say('older'));
    mock.when({ lastUser: /^a+$/ }).reply(say('newer'));
    mock.once(say('queued'));
    expect([await textOf(mock, 'aa'), await textOf(mock, 'aa'), await textOf(mock, 'ab'), await textOf(mock, 'x')]).toStrictEqual([
      'queued',
      'newer',
      'older',
      'default',
    ]);
    expect(mock.requests.map(({ matched }) => matched)).toStrictEqual([
      'once() #1',
      'when({ lastUser: /^a+$/ })',
      'when({ lastUser: "a" })',
      'otherwise()',
    ]);
  });

  it('only as often as a rule says', async () => {
    const mock = createMock().otherwise(say('default'));
    mock.when({ stream: undefined }).times(2).reply(say('twice'));
    mock.when({}).once(say('once'));
    expect([await textOf(mock), await textOf(mock), await textOf(mock), await textOf(mock)]).toStrictEqual([
      'once',
      'twice',
      'twice',
      'default',
    ]);
  });

  it('by functions, plain and async, that see the request and the number of the call', async () => {
    const mock = createMock();
    mock.when({ lastUser: 'plain' }).reply(({ model }, { number, headers }) => say(`${model} ${number} ${headers.get('x-api-key')}`));
    mock.when({ lastUser: 'async' }).reply(async ({ max_tokens }) => {
      await Promise.resolve();
      return max_tokens > 5 ? say('enough') : refuse('billing_error');
    });
    expect([await textOf(mock, 'plain'), await textOf(mock, 'plain')]).toStrictEqual([
      'mock-model 1 secret-key',
      'mock-model 2 secret-key',
    ]);
    expect(await textOf(mock, 'async')).toBe('enough');
    expect((await refused(mock, { max_tokens: 5, messages: [{ role: 'user', content: 'async' }] })).slice(0, 2)).toStrictEqual([
      402,
      'billing_error',
    ]);
  });

  it('by generators, of text and of other parts', async () => {
    const mock = createMock().otherwise(async function* () {
      yield 'Let me ';
      await Promise.resolve();
      yield 'look.';
      yield useTool('get_weather', { city: 'Oslo' }).usage({ input_tokens: 3 });
    });
    expect(await ask(mock, { tools: [weather] })).toMatchObject({
      content: [
        { type: 'text', text: 'Let me look.' },
        { type: 'tool_use', input: { city: 'Oslo' } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 3, output_tokens: 10 },
    });
  });

  it('a tool loop', async () => {
    const mock = createMock();
    mock.when({ lastUser: /weather/ }).reply(useTool('get_weather', { city: 'Paris' }, { id: 'toolu_7' }));
    mock.when({ toolResult: 'get_weather' }).reply(say('It is sunny.'));
    const { content } = await ask(mock, { tools: [weather], messages: [{ role: 'user', content: 'the weather?' }] });
    const messages = [
      { role: 'user', content: 'the weather?' },
      { role: 'assistant', content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_7', content: 'sunny' }] },
    ];
    expect(await textOf(mock, { tools: [weather], messages })).toBe('It is sunny.');
    expect(verdict(mock)).toStrictEqual([]);
  });
});

describe('A request that nothing answers', () => {
  it('is a 400 that names the closest rule and the first difference, and must not be retried', async () => {
    const mock = createMock();
    mock.when({ lastUser: /weather/ }).reply(say('far'));
    mock.when({ model: 'mock-model', tools: [{ name: 'get_weather' }] }).reply(say('close'));
    const response = await post(mock, { tools: [{ ...weather, name: 'get_time' }] });
    const { error } = await response.json();
    expect([response.status, response.headers.get('x-should-retry'), error.type]).toStrictEqual([400, 'false', 'invalid_request_error']);
    expect(error.message).toBe(
      'No entry of the mock script answers this request. Closest: when({ model: "mock-model", tools: [{ name: "get_weather" }] }); ' +
        'tools.0.name: expected "get_weather", found "get_time".',
    );
    expect(mock.requests[0]).toMatchObject({ matched: 'unmatched', outcome: 'error', status: 400 });
  });

  it.each([
    [createMock().once(say('a')), 'The once() reply is used up.'],
    [
      createMock().when({ stream: undefined }).once(say('a')),
      'Closest: when({ stream: nothing }); it fits, but has answered once already.',
    ],
  ])('says that the script is used up (%#)', async (mock, expected) => {
    await ask(mock);
    expect((await refused(mock))[2]).toBe(`No entry of the mock script answers this request. ${expected}`);
  });
});

describe('Verification', () => {
  it('passes where everything was used and nothing else was asked', async () => {
    const mock = createMock().once(say('a'));
    mock.when({ model: 'mock-model' }).reply(say('b'));
    mock.otherwise(say('c'));
    await ask(mock);
    await ask(mock);
    expect(verdict(mock)).toStrictEqual([]);
  });

  it('lists unmatched requests and what was not used', async () => {
    const mock = createMock();
    mock.when({ lastUser: 'Bye' }).reply(say('b'));
    mock.when({ lastUser: 'Hello' }).times(3).reply(say('c'));
    await ask(mock, 'Hello');
    await refused(mock, 'Hi');
    expect(verdict(mock)).toStrictEqual([
      'The mock was not used as its script says.',
      '- Unmatched: POST http://mock/v1/messages, req_X',
      '    No entry of the mock script answers this request.',
      '    Closest: when({ lastUser: "Hello" }); lastUser: expected a text with "Hello", found "Hi".',
      '- Unused: when({ lastUser: "Bye" })',
      '    expected: at least once',
      '    found:    never',
      '- Unused: when({ lastUser: "Hello" })',
      '    expected: 3 times',
      '    found:    once',
    ]);
    mock.reset();
    expect(verdict(mock)).toStrictEqual([]);
    expect(mock.requests).toStrictEqual([]);
  });

  it('reports matchers that throw', async () => {
    const mock = createMock();
    mock
      .when(() => {
        throw new TypeError('not a matcher');
      })
      .reply(say('a'));
    expect((await refused(mock))[2]).toBe('The mock script failed: when(a function): the matcher threw TypeError: not a matcher');
    expect(verdict(mock)[1]).toBe('- Failed: POST http://mock/v1/messages, req_X');
  });

  it('reports matchers that are async, which would fit every request', async () => {
    const mock = createMock();
    mock.when((() => Promise.resolve(false)) as never).reply(say('a'));
    expect((await refused(mock))[2]).toContain('when(): the function must not be async: it has to answer at once.');
  });

  it('reports functions that throw, whose error the client is told', async () => {
    const mock = createMock().otherwise(() => {
      throw new TypeError('no such city');
    });
    const response = await post(mock);
    expect([response.status, response.headers.get('x-should-retry')]).toStrictEqual([500, 'false']);
    expect((await response.json()).error.message).toBe('The mock script failed: otherwise(): TypeError: no such city');
    expect(verdict(mock)[1]).toBe('- Failed: POST http://mock/v1/messages, req_X');
  });

  it('names the rule of a reply that failed', async () => {
    const mock = createMock();
    mock.when({ lastUser: 'a' }).reply(() => 5 as never);
    mock.when({ lastUser: 'b' }).reply(function* () {
      yield 'half';
      throw new RangeError('too far');
    });
    expect((await refused(mock, 'a'))[2]).toBe(
      'The mock script failed: when({ lastUser: "a" }): MockScriptError: the function: returned a number, and not a reply such as say(\'Hello\').',
    );
    expect((await events(mock, 'b')).at(-1)).toMatchObject({
      error: { message: 'The mock script failed: when({ lastUser: "b" }): RangeError: too far' },
    });
    expect(() => mock.verify()).toThrow(
      expect.objectContaining({
        troubles: [
          expect.objectContaining({ rule: 'when({ lastUser: "a" })' }),
          expect.objectContaining({ rule: 'when({ lastUser: "b" })' }),
        ],
      }),
    );
  });

  it('names a matcher that was given no reply, and answers nothing in its place', async () => {
    const mock = createMock();
    mock.when({ lastUser: 'Hi' });
    mock.when({ lastUser: 'Bye' }).times(2);
    expect((await refused(mock))[2]).toBe(
      'No entry of the mock script answers this request. when({ lastUser: "Hi" }) has no reply. when({ lastUser: "Bye" }) has no reply.',
    );
    expect(verdict(mock).slice(5)).toStrictEqual([
      '- Unfinished: when({ lastUser: "Hi" })',
      '    expected: a reply',
      '    found:    none',
      '- Unfinished: when({ lastUser: "Bye" })',
      '    expected: a reply',
      '    found:    none',
    ]);
    mock.reset();
    const rule = mock.when({ lastUser: 'Hi' });
    rule.once(say('a')).when({ lastUser: 'Hi' }).once(say('b'));
    expect([await textOf(mock), await textOf(mock), verdict(mock)]).toStrictEqual(['b', 'a', []]);
  });
});

describe('An honest script', () => {
  const forced = { type: 'tool', name: 'get_weather' };
  it.each<[name: string, script: Parameters<Mock['once']>[0], fields: Record<string, unknown>, problem: string]>([
    ['calls no undeclared tool', useTool('rm'), { tools: [weather] }, 'it calls rm, but the request declares only get_weather'],
    ['calls no tool where there is none', useTool('rm'), {}, 'it calls rm, but the request declares no tools'],
    [
      'calls no tool against none',
      useTool('get_weather'),
      { tools: [weather], tool_choice: { type: 'none' } },
      'it calls get_weather, but tool_choice is "none"',
    ],
    [
      'calls a tool where it must',
      say('no'),
      { tools: [weather], tool_choice: { type: 'any' } },
      'it calls no tool, but tool_choice is "any"',
    ],
    [
      'calls the right tool',
      useTool('b'),
      { tools: [weather, { ...weather, name: 'b' }], tool_choice: forced },
      'it calls b, but tool_choice is "tool" get_weather',
    ],
    [
      'calls one tool where only one is allowed',
      useTool('get_weather').useTool('get_weather'),
      { tools: [weather], tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
      'it calls several tools, but disable_parallel_tool_use is true',
    ],
    [
      'stops for a tool that it does not call',
      say('x').stop('tool_use'),
      { tools: [weather] },
      'it stops with "tool_use", but calls no tool',
    ],
    [
      'ends its turn with a call',
      useTool('get_weather').stop('end_turn'),
      { tools: [weather] },
      'it calls get_weather, but stops with "end_turn"',
    ],
    [
      'does so also where a generator makes it',
      function* () {
        yield useTool('rm');
      },
      {},
      'it calls rm, but the request declares no tools',
    ],
  ])('%s', async (_, script, fields, problem) => {
    const mock = createMock().once(script);
    expect(await refused(mock, fields)).toStrictEqual([
      400,
      'invalid_request_error',
      `The mock script contradicts the request: once() #1: ${problem}.`,
    ]);
    expect(verdict(mock)[1]).toBe('- Contradicted: POST http://mock/v1/messages, req_X');
  });

  it.each<[name: string, script: Parameters<Mock['once']>[0], fields: Record<string, unknown>, problem: string]>([
    [
      'ends without the call that it must make',
      function* () {
        yield 'I will not.';
      },
      { tools: [weather], tool_choice: forced },
      'it calls no tool, but tool_choice is "tool" get_weather',
    ],
    [
      'stops for a tool that it never called',
      async function* () {
        yield say('x').stop('tool_use');
      },
      { tools: [weather] },
      'it stops with "tool_use", but calls no tool',
    ],
    [
      'calls a second tool where only one is allowed',
      function* () {
        yield useTool('get_weather');
        yield useTool('get_weather');
      },
      { tools: [weather], tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
      'it calls several tools, but disable_parallel_tool_use is true',
    ],
  ])('is told of a generator that %s, in a body and at the end of a stream', async (_, script, fields, problem) => {
    const mock = createMock().otherwise(script);
    const message = `The mock script contradicts the request: otherwise(): ${problem}.`;
    expect(await refused(mock, fields)).toStrictEqual([400, 'invalid_request_error', message]);
    expect((await events(mock, fields)).at(-1)).toMatchObject({ type: 'error', error: { message } });
    expect(verdict(mock).filter((line) => line.startsWith('- Contradicted'))).toHaveLength(2);
  });

  it('may be a generator that breaks off, is cut, or calls in the end', async () => {
    const mock = createMock();
    const fields = { tools: [weather], tool_choice: forced };
    mock.once(function* () {
      yield 'I';
      yield say('will').fail('overloaded_error');
    });
    expect((await refused(mock, fields))[0]).toBe(529);
    mock.once(function* () {
      yield 'one two three';
    });
    expect(await ask(mock, { ...fields, max_tokens: 1 })).toMatchObject({ stop_reason: 'max_tokens' });
    mock.once(function* () {
      yield 'Well,';
      yield useTool('get_weather');
    });
    expect(await ask(mock, fields)).toMatchObject({ stop_reason: 'tool_use' });
    expect(verdict(mock)).toStrictEqual([]);
  });

  it('may break off before the call', async () => {
    const mock = createMock().once(say('I').fail('api_error'));
    expect((await refused(mock, { tools: [weather], tool_choice: { type: 'any' } }))[0]).toBe(500);
  });

  it('is cut by max_tokens and stop sequences', async () => {
    const mock = createMock().otherwise(say(['one two ', 'three four']));
    expect(await ask(mock, { max_tokens: 4 })).toMatchObject({
      content: [{ text: 'one two thre' }],
      stop_reason: 'max_tokens',
      usage: { output_tokens: 4 },
    });
    expect(await ask(mock, { stop_sequences: ['o th'] })).toMatchObject({
      content: [{ text: 'one tw' }],
      stop_reason: 'stop_sequence',
      stop_sequence: 'o th',
    });
  });

  it('is not held to anything where honesty is off', async () => {
    const mock = createMock({ honest: false }).otherwise(say('one two three').useTool('rm'));
    expect(await ask(mock, { max_tokens: 1 })).toMatchObject({
      content: [{ text: 'one two three' }, { name: 'rm' }],
      stop_reason: 'tool_use',
    });
    const cut = createMock({ honest: { tools: false } }).otherwise(say('one two three').useTool('rm'));
    expect(await ask(cut, { max_tokens: 1 })).toMatchObject({ content: [{ text: 'one' }], stop_reason: 'max_tokens' });
  });
});

describe('Validation', () => {
  it('refuses an invalid request before the script is asked', async () => {
    const mock = createMock().once(say('a'));
    expect((await refused(mock, { max_tokens: -1 }))[0]).toBe(400);
    expect(mock.requests[0]?.matched).toBeUndefined();
    expect(await textOf(mock)).toBe('a');
  });

  it('can warn instead, or be off', async () => {
    const warnings: string[] = [];
    const warned = createMock({ validate: 'warn', onWarning: (problem) => warnings.push(problem) }).otherwise(say('a'));
    expect(await textOf(warned, { temperature: 'hot' })).toBe('a');
    expect(warnings).toStrictEqual(['temperature: must be a number']);
    expect(warned.requests[0]?.warning).toBe('temperature: must be a number');
    const off = createMock({ validate: 'off' }).otherwise(say('a'));
    expect(await textOf(off, { model: undefined, max_tokens: undefined, messages: 'Hi' })).toBe('a');
  });

  it.each([
    { messages: [null] },
    { messages: [null, { role: 'user', content: 'weather' }, 5, { role: 'user' }] },
    { messages: [{ role: 'user', content: [null, { type: 'text' }] }] },
    { messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 5, content: [null] }] }] },
    { messages: [{ role: 'user', content: [{ type: 'tool_result', content: 5 }] }] },
    { messages: { role: 'user' } },
    { tools: [null, 5, { name: 7 }] },
    { tools: 'x', tool_choice: null },
    { tool_choice: 'any', stop_sequences: 'x' },
    { stop_sequences: [null, ''], output_config: 5 },
    { system: [null], output_config: { format: 'x' } },
    { max_tokens: 'many', stop_sequences: [], stream: 'yes' },
  ])('that is off lets anything through, to rules and without any: %j', async (fields) => {
    const complain = vi.spyOn(console, 'error').mockReturnValue();
    const off = createMock({ validate: 'off' });
    expect((await post(off, fields)).status).toBe(200);
    off.when({ lastUser: 'nobody says this' }).reply(say('rule'));
    off.when({ toolResult: 'none' }).reply(say('rule'));
    off.when({ system: /nothing/ }).reply(say('rule'));
    off.otherwise(say('default'));
    expect(await textOf(off, fields)).toBe('default');
    expect(complain).not.toHaveBeenCalled();
    complain.mockRestore();
  });

  it('takes any model of Claude, unless told which there are', async () => {
    expect(await ask(createMock(), { model: 'claude-opus-9' })).toMatchObject({ model: 'claude-opus-9' });
    expect((await refused(createMock(), { model: 'gpt-1' }))[0]).toBe(404);
    const one = { type: 'model' as const, id: 'one', display_name: 'One', created_at: '2026-01-01T00:00:00Z' };
    expect((await refused(createMock({ models: [one] }), { model: 'claude-opus-9' }))[0]).toBe(404);
  });

  it('counts tokens as it is told', async () => {
    const mock = createMock({ countTokens: () => 42 }).once(say('a'));
    expect(await ask(mock)).toMatchObject({ usage: { input_tokens: 42 } });
  });
});

describe('A scope', () => {
  const asked = async (mock: Mock, key: string, prompt = 'Hi'): Promise<string> => {
    const response = await post(mock, prompt, { headers: { ...validHeaders, 'X-Mock-Scope': key } });
    const { content, error } = await response.json();
    return content?.[0]?.text ?? error.type;
  };

  it('has a script and a journal of its own', async () => {
    const mock = createMock();
    const child = mock.scope('a').once(say('child'));
    mock.once(say('parent'));
    expect(await asked(mock, 'a')).toBe('child');
    expect([child.requests.length, mock.requests.length]).toStrictEqual([1, 0]);
    expect(await textOf(mock)).toBe('parent');
    expect(mock.scope('a')).toBe(child);
  });

  it('begins with the script as it is written, whoever opens it, and whatever the others have used', async () => {
    const mock = createMock().once(say('one')).otherwise(say('rest'));
    mock.scope('b').once(say('two'));
    expect([await textOf(mock), await asked(mock, 'a'), await asked(mock, 'a')]).toStrictEqual(['one', 'one', 'rest']);
    expect([await asked(mock, 'b'), await asked(mock, 'b'), await asked(mock, 'b')]).toStrictEqual(['one', 'two', 'rest']);
  });

  it('has limits and ids of its own', async () => {
    const mock = createMock({ rateLimit: { requests: 1, perMs: 60_000 } });
    const statuses = [await asked(mock, 'a'), await asked(mock, 'a'), await asked(mock, 'b')];
    expect(statuses.map((text) => text.slice(0, 8))).toStrictEqual(['You said', 'rate_lim', 'You said']);
    expect(mock.scope('a').requests[0]?.id).toBe(mock.scope('b').requests[0]?.id);
  });

  it('is verified with its mock, which counts what is used in any of them', async () => {
    const mock = createMock();
    mock.when({ lastUser: 'a' }).reply(say('A'));
    mock.when({ lastUser: 'b' }).times(2).reply(say('B'));
    mock.when({ lastUser: 'c' }).reply(say('C'));
    mock.scope('x').when({ lastUser: 'd' }).reply(say('D'));
    await asked(mock, 'x', 'a');
    await asked(mock, 'y', 'b');
    await asked(mock, 'y', 'b');
    await asked(mock, 'y', 'z');
    expect(verdict(mock)).toStrictEqual([
      'The mock was not used as its script says.',
      '- Unused: when({ lastUser: "c" })',
      '    expected: at least once',
      '    found:    never',
      '- Unused: when({ lastUser: "d" }), scope "x"',
      '    expected: at least once',
      '    found:    never',
      '- Unmatched: POST http://mock/v1/messages, req_X, scope "y"',
      '    No entry of the mock script answers this request.',
      '    Closest: when({ lastUser: "c" }); lastUser: expected a text with "c", found "z".',
    ]);
    expect(() => mock.verify({ scopes: false })).toThrow(/Unused: when\(\{ lastUser: "a" \}\)\n/);
    expect(() => mock.verify({ scopes: false })).not.toThrow(/scope/);
    expect(() => mock.scope('y').verify()).toThrow(/Unused: when\(\{ lastUser: "a" \}\)\n/);
    mock.reset();
    expect(verdict(mock)).toStrictEqual([]);
    expect(mock.scope('x').requests).toStrictEqual([]);
  });

  it('is named by a text', () => {
    expect(() => createMock().scope('')).toThrow('scope(): must not be empty.');
    expect(() => createMock().verify({ scope: false } as never)).toThrow(
      'verify().scope: is unknown; known are scopes. Did you mean "scopes"?',
    );
  });
});

describe('What cannot be a matcher', () => {
  it.each([
    [{ lastUsr: /x/ }, 'when().lastUsr: is no field of a request; known are lastUser,'],
    [{ lastUsr: /x/ }, ' Did you mean "lastUser"?'],
    [{ lastUser: 5 }, 'when().lastUser: must be a string, a regular expression or a function, not a number.'],
    [{ toolResult: 5 }, 'when().toolResult: must be the name or the id of a call, true or false, not a number.'],
    [{ header: 'x' }, 'when().header: must be an object of header names and values, not a string.'],
    [/x/, 'when(): must be an object such as { lastUser: /weather/ }, or a function, not a regular expression.'],
    [Promise.resolve({}), 'when(): must be an object such as { lastUser: /weather/ }, or a function, not a Promise.'],
    [{ header: { 'x-count': 5 } }, 'when().header["x-count"]: must be a string or a regular expression, not a number.'],
    [undefined, 'when(): must be an object such as { lastUser: /weather/ }, or a function, not undefined.'],
  ])('is refused where it is written: %o', (matcher, message) => {
    expect(() => createMock().when(matcher as never)).toThrow(message);
  });

  it('is no unknown way to validate either', () => {
    expect(() => createMock({ validate: 'nope' as never })).toThrow(
      'createMock().validate: must be "strict" or "warn" or "off", not "nope".',
    );
  });

  it('is no usage that is not a number', () => {
    expect(() => say('x').usage({ input_tokens: '4' as never })).toThrow('usage().input_tokens: must be a number of at least 0, not "4".');
  });
});
