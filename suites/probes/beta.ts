import { retiredBetas } from '../../spec/index.ts';
import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { isAccepted } from '../reading.ts';
import { sayHello } from './say-hello.ts';

/** What a coding agent sends with every request, features of the official service that no other server has among them. */
const agentBetas = [
  'claude-code-20250219',
  'interleaved-thinking-2025-05-14',
  'context-management-2025-06-27',
  'mid-conversation-tool-changes-2026-07-01',
  'thinking-token-count-2026-05-13',
  'advanced-tool-use-2025-11-20',
  'effort-2025-11-24',
  'thinking-display-updates-2026-08-18',
  'dangerous-tool-use-2026-09-03',
  'afk-mode-2026-01-31',
  'fallback-credit-2026-06-01',
  'per-turn-control-2026-07-01',
] as const;

export const beta: Probe = probe({
  id: 'beta',
  title: 'The anthropic-beta header: none, empty, repeated, names of old and of new, one that never was; a beta field without its name',
  cost: { requests: 10, outputTokens: 10 },
  steps: [
    'base',
    'empty',
    'repeated',
    'retired',
    'unknown',
    'agent',
    'agent-stream',
    'field-without-name',
    'base-stream',
    'field-without-name-stream',
  ],
  async run({ model, send }) {
    const body = sayHello(model);
    const base = messagesRequest(body);
    const control = { control: 'base' } as const;
    const plain = await send('base', base);
    await send('empty', { ...base, headers: { 'anthropic-beta': '' } }, control);
    // Two spellings of one name are two lines on the wire.
    const repeated = { 'anthropic-beta': 'prompt-caching-2024-07-31', 'Anthropic-Beta': 'token-counting-2024-11-01' };
    await send('repeated', { ...base, headers: repeated }, control);
    await send('retired', { ...base, headers: { 'anthropic-beta': retiredBetas.join(',') } }, control);
    // What is refused without any name, or only then, tells nothing about names that are unknown.
    if (!isAccepted(plain)) return;
    await send('unknown', { ...base, headers: { 'anthropic-beta': 'no-such-beta-2026-01-01' } }, { ...control, adds: 'unknown-betas' });
    const agent = { 'anthropic-beta': agentBetas.join(',') };
    await send('agent', { ...messagesRequest(body, '?beta=true'), headers: agent }, control);
    await send('agent-stream', { ...messagesRequest({ ...body, stream: true }, '?beta=true'), headers: agent }, control);
    const edits = { context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] } };
    await send('field-without-name', messagesRequest({ ...body, ...edits }), control);
    await send('base-stream', messagesRequest({ ...body, stream: true }));
    await send('field-without-name-stream', messagesRequest({ ...body, ...edits, stream: true }), { control: 'base-stream' });
  },
});
