/** Asks a mock, and reads what comes back. */
import { foldStream, type Message } from '../spec/index.ts';
import type { Mock } from './index.ts';

export const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'secret-key' };

export const weather = { name: 'get_weather', input_schema: { type: 'object', properties: { city: { type: 'string' } } } };

type Fields = Readonly<Record<string, unknown>>;

/** Posts a request that is valid unless the fields make it otherwise. A string is the last user message. */
export function post(mock: Mock, fields: Fields | string = {}, init: RequestInit = {}): Promise<Response> {
  const changes = typeof fields === 'string' ? { messages: [{ role: 'user', content: fields }] } : fields;
  const body = { model: 'mock-model', max_tokens: 1000, messages: [{ role: 'user', content: 'Hi' }], ...changes };
  return mock.fetch('http://mock/v1/messages', { method: 'POST', headers, body: JSON.stringify(body), ...init });
}

export async function ask(mock: Mock, fields: Fields | string = {}): Promise<Message> {
  const response = await post(mock, fields);
  const body = await response.json();
  if (response.status !== 200) throw new Error(`${response.status} ${JSON.stringify(body)}`);
  return body;
}

/** Status, error type and message. */
export async function refused(mock: Mock, fields: Fields | string = {}): Promise<readonly [status: number, type: string, message: string]> {
  const response = await post(mock, fields);
  const { error } = await response.json();
  return [response.status, error.type, error.message];
}

/** The text of a whole stream; what came of it, where it broke. */
export async function readStream(response: Response): Promise<{ readonly text: string; readonly broken: string | undefined }> {
  let text = '';
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) return { text, broken: undefined };
      text += value ?? '';
    }
  } catch (error) {
    return { text, broken: error instanceof Error ? error.message : String(error) };
  }
}

/** Data of the events of a stream. */
export async function events(mock: Mock, fields: Fields | string = {}): Promise<readonly Fields[]> {
  const changes = typeof fields === 'string' ? { messages: [{ role: 'user', content: fields }] } : fields;
  return eventsIn((await readStream(await post(mock, { ...changes, stream: true }))).text);
}

export function eventsIn(text: string): readonly Fields[] {
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data));
}

/** The message that a stream makes, as a client folds it. */
export async function streamed(mock: Mock, fields: Fields | string = {}): Promise<unknown> {
  return foldStream(await events(mock, fields)).message;
}
