import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { isAccepted } from '../reading.ts';
import { sayHello } from './say-hello.ts';

export const thread: Probe = probe({
  id: 'thread',
  title: 'A message thread created, and one continued that never was',
  cost: { requests: 3, outputTokens: 3 },
  steps: ['control', 'create', 'continue-unknown'],
  async run({ model, send }) {
    const within = (value: Readonly<Record<string, unknown>>) => ({
      ...messagesRequest({ ...sayHello(model), thread: value }),
      headers: { 'anthropic-beta': 'message-threads-2026-08-12' },
    });
    if (!isAccepted(await send('control', messagesRequest(sayHello(model))))) return;
    await send('create', within({ type: 'create' }), { control: 'control' });
    await send('continue-unknown', within({ type: 'continue', previous_message_id: 'msg_01ConformanceNeverSent' }), { control: 'control' });
  },
});
