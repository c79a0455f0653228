/** A Backend served as chat completions, as engines serve their models: what the tests put behind the upstream backend, with a real model in it. */
import type { ServerResponse } from 'node:http';
import type { Backend, BackendEvent } from '../../endpoint/backend.ts';
import { ApiError } from '../../endpoint/errors.ts';
import type { MessageParam, MessagesRequest, ToolChoice } from '../../spec/index.ts';
import type { JsonObject } from '../../spec/json.ts';
import type { ChatMessage } from './chat-messages.ts';
import { chunk, done, type Engine, sendJson, startEngine } from './engine.fixture.ts';

/** Serves the backend's first model under its own name. */
export async function startChatServer(backend: Backend, owner: string): Promise<Engine> {
  const [model] = backend.models();
  if (model === undefined) throw new Error('no model');
  return startEngine({
    owner,
    model: { id: model.id, max_model_len: model.max_input_tokens },
    chat: (response, body) => answer(backend, response, body),
    routes: { '/tokenize': async (body) => ({ count: await backend.countTokens(messagesRequest(body)) }) },
  });
}

async function answer(backend: Backend, response: ServerResponse, body: JsonObject): Promise<void> {
  const abort = new AbortController();
  response.on('close', () => abort.abort());
  try {
    if (body['stream'] === true) await stream(backend, response, body, abort.signal);
    else
      sendJson(response, 200, {
        choices: [],
        usage: { prompt_tokens: await backend.countTokens(messagesRequest(body)), completion_tokens: 1 },
      });
  } catch (error) {
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
    sendJson(response, status, { error: { message: String(error), type: 'BadRequestError', code: status } });
  }
}

async function stream(backend: Backend, response: ServerResponse, body: JsonObject, signal: AbortSignal): Promise<void> {
  let calls = -1;
  let prompt = 0;
  let output = 0;
  const send = (delta: JsonObject, finish?: string): void => {
    const usage = { prompt_tokens: prompt, completion_tokens: output, total_tokens: prompt + output };
    response.write(`data: ${JSON.stringify(chunk(delta, { ...(finish === undefined ? {} : { finish }), usage }))}\n\n`);
  };
  const say = (event: BackendEvent): void => {
    if (event.type !== 'stop') output += 1;
    if (event.type === 'text') send({ content: event.text });
    if (event.type === 'thinking') send({ reasoning_content: event.thinking });
    if (event.type === 'tool-start') {
      calls += 1;
      send({
        tool_calls: [{ index: calls, id: `chatcmpl-tool-${calls}`, type: 'function', function: { name: event.name, arguments: '' } }],
      });
    }
    if (event.type === 'tool-input') send({ tool_calls: [{ index: calls, function: { arguments: event.json } }] });
    if (event.type === 'stop') {
      output = event.outputTokens;
      send({}, event.reason === 'max_tokens' ? 'length' : event.reason === 'tool_use' ? 'tool_calls' : 'stop');
    }
  };
  for await (const event of backend.generate(messagesRequest(body), signal)) {
    if (event.type === 'start') {
      prompt = event.prompt.input;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      send({ role: 'assistant', content: '' });
    } else say(event);
  }
  response.end(done);
}

/** Back from a chat completion. Only what this project sends. */
function messagesRequest(body: JsonObject): MessagesRequest {
  const {
    messages,
    tools,
    tool_choice: choice,
    response_format: format,
    chat_template_kwargs: template,
    ...rest
  } = body as unknown as {
    readonly model: string;
    readonly max_tokens?: number;
    readonly messages: readonly ChatMessage[];
    readonly tools?: readonly { readonly function: { readonly name: string; readonly parameters: JsonObject } }[];
    readonly tool_choice?: string | { readonly function: { readonly name: string } };
    readonly response_format?: { readonly json_schema: { readonly schema: JsonObject } };
    readonly chat_template_kwargs?: { readonly enable_thinking?: boolean };
    readonly parallel_tool_calls?: boolean;
    readonly temperature?: number;
  };
  const system = messages.flatMap((message) => (message.role === 'system' ? [message.content] : []));
  return {
    model: rest.model,
    max_tokens: rest.max_tokens ?? 1,
    messages: messages.filter(({ role }) => role !== 'system').map(messageParam),
    ...(system.length === 0 ? {} : { system: system.join('\n\n') }),
    ...(rest.temperature === undefined ? {} : { temperature: rest.temperature }),
    ...(tools === undefined
      ? {}
      : { tools: tools.map(({ function: { parameters, ...shape } }) => ({ ...shape, input_schema: { type: 'object', ...parameters } })) }),
    ...(choice === undefined
      ? {}
      : { tool_choice: { ...toolChoice(choice), disable_parallel_tool_use: rest.parallel_tool_calls === false } as ToolChoice }),
    ...(format === undefined ? {} : { output_config: { format: { type: 'json_schema', schema: format.json_schema.schema } } }),
    thinking: template?.enable_thinking === true ? { type: 'adaptive' } : { type: 'disabled' },
  };
}

function toolChoice(choice: string | { readonly function: { readonly name: string } }): ToolChoice {
  if (typeof choice !== 'string') return { type: 'tool', name: choice.function.name };
  return choice === 'required' ? { type: 'any' } : { type: 'auto' };
}

function messageParam(message: ChatMessage): MessageParam {
  if (message.role === 'tool') {
    return { role: 'user', content: [{ type: 'tool_result', tool_use_id: message.tool_call_id, content: message.content }] };
  }
  if (message.role !== 'assistant') {
    if (typeof message.content === 'string') return { role: 'user', content: message.content };
    throw new ApiError('invalid_request_error', 'm is not a multimodal model');
  }
  const calls = (message.tool_calls ?? []).map(
    ({ id, function: { name, arguments: json } }) => ({ type: 'tool_use', id, name, input: JSON.parse(json) as JsonObject }) as const,
  );
  return {
    role: 'assistant',
    content: [
      ...(message.reasoning_content === undefined
        ? []
        : [{ type: 'thinking', thinking: message.reasoning_content, signature: '' } as const]),
      ...(message.content === null || message.content === '' ? [] : [{ type: 'text', text: message.content } as const]),
      ...calls,
    ],
  };
}
