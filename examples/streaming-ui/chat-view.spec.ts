import Anthropic from '@anthropic-ai/sdk';
import type { Mock } from 'messages-conformance/mock';
import { mockFixture } from 'messages-conformance/vitest';
import { expect, test as base } from 'vitest';
import { askAndShow, type ChatState, type ChatView } from './chat-view.ts';

const test = base.extend(mockFixture());

/** Shows the answer, and keeps every state that was ever shown. */
function show(mock: Mock): { readonly view: ChatView; readonly shown: readonly ChatState[] } {
  const shown: ChatState[] = [];
  const client = new Anthropic({ apiKey: 'test', fetch: mock.fetch, maxRetries: 0 });
  return { view: askAndShow(client, 'Hi', (state) => shown.push(state)), shown };
}

test('text is shown as it arrives', async ({ mock }) => {
  const live = mock.live();
  const { view, shown } = show(mock);
  expect(view.state.status).toBe('waiting');
  await live.text('par');
  expect(view.state).toEqual({ status: 'writing', text: 'par' });
  await live.text('tial');
  expect(view.state).toEqual({ status: 'writing', text: 'partial' });
  await live.end();
  await view.ended;
  expect(shown.at(-1)).toEqual({ status: 'done', text: 'partial' });
});

test('what was shown stays when the server fails', async ({ mock }) => {
  const live = mock.live();
  const { view } = show(mock);
  await live.text('Once upon');
  await live.fail('overloaded_error');
  await view.ended;
  expect(view.state).toEqual({ status: 'failed', text: 'Once upon' });
});

test('"Stop" ends the request too, and the server is not left talking to nobody', async ({ mock }) => {
  const live = mock.live();
  const { view } = show(mock);
  await live.text('Once upon');
  expect(view.state.text).toBe('Once upon');
  view.stop();
  await view.ended;
  expect(view.state.status).toBe('stopped');
  expect(mock.requests[0]).toHaveBeenAborted();
});
