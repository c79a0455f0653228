/** Faults with beta names, fields of betas, and message threads. */
import { ApiError } from '../../../endpoint/index.ts';
import { errorReply } from '../../../endpoint/json-reply.ts';
import { answers, ignores } from '../acting.ts';
import type { KnownFault } from '../fault.ts';
import { all, at, has, header, messages, not, plain, type Touch } from '../touching.ts';
import { acted, type Acted, failed, refused } from './acted.ts';
import { aloneWith } from './stream-targets.ts';
import { bySdk, is } from './tools-shaping.ts';

const named = (name: string): Touch => header('anthropic-beta', (value) => value?.includes(name) === true);
const one = at('/max_tokens', is(1));
const agent = all(messages, one, ({ query }) => query.has('beta'), named('claude-code-20250219'));

const refusing = refused([
  {
    id: 'beta-empty-refused',
    sentence: 'An empty anthropic-beta header is refused.',
    trips: ['beta.header.empty'],
    touches: all(messages, header('anthropic-beta', is(''))),
  },
  {
    id: 'beta-twice-refused',
    sentence: 'A second anthropic-beta header is refused.',
    trips: ['beta.header.repeated'],
    touches: all(messages, ({ headers }) => headers.filter(([name]) => name.toLowerCase() === 'anthropic-beta').length > 1),
  },
  {
    id: 'beta-retired-refused',
    sentence: 'Names of betas that have ended are refused.',
    trips: ['beta.header.retired-names'],
    touches: all(messages, one, named('token-efficient-tools-2025-02-19')),
  },
  {
    id: 'beta-agent-refused',
    sentence: 'Names of betas that the server does not know are refused, one by one others are taken.',
    trips: ['beta.header.agent-names'],
    touches: all(agent, not(has('/stream'))),
  },
  {
    id: 'beta-agent-refused-in-stream',
    sentence: 'Names of betas that the server does not know are refused in a stream.',
    trips: ['beta.header.agent-names-stream'],
    mayTrip: { 'clients.claude-code.real-size': 'It sends the same names.' },
    touches: all(agent, has('/stream')),
  },
]);

const replied = () => errorReply(new ApiError('invalid_request_error', 'anthropic-beta: is required'), 'req_of_a_fault');
const createsThread = at('/thread/type', is('create'));
const continuesThread = at('/thread/type', is('continue'));

const others = acted({ layer: 'behaviour', act: ignores() }, [
  {
    id: 'beta-needed',
    sentence: 'A valid request without anthropic-beta is refused.',
    trips: ['beta.header.absent', 'http.route.messages', 'models.usable.messages'],
    touches: all(aloneWith(), one, ({ query }) => query.size === 0, header('anthropic-beta', is(undefined)), not(bySdk)),
    act: () => ({ says: (reply) => (reply.status === 200 ? replied() : reply) }),
  },
  {
    id: 'beta-field-without-name-taken',
    sentence: 'A field of a beta is taken, or not looked at, without the name of the beta.',
    trips: ['beta.field.without-name'],
    mayTrip: { 'messages.beta-field.context-management': 'It sends the same request.' },
    touches: all(plain, one, has('/context_management'), header('anthropic-beta', is(undefined))),
    act: ignores('/context_management'),
  },
  {
    id: 'beta-unknown-404',
    sentence: 'A beta name that the server does not know is answered 404.',
    trips: ['beta.header.unknown-answered'],
    mayTrip: { 'http.request.unknown-beta': 'It sends the same name.' },
    touches: all(messages, named('no-such-beta')),
    act: answers(404, {
      type: 'error',
      error: { type: 'not_found_error', message: 'There is no such beta.' },
      request_id: 'req_of_a_fault',
    }),
  },
  {
    id: 'thread-unknown-taken',
    sentence: 'A thread to continue is not looked at, and the lone messages are answered.',
    trips: ['beta.thread.unknown-refused'],
    touches: all(messages, continuesThread, not(bySdk)),
    act: ignores('/thread'),
  },
  {
    id: 'thread-refused-untold',
    sentence: 'Threads are refused without the code that tells the tool runner to go on without one.',
    trips: ['beta.thread.refusal-recoverable', 'sdk.tool-runner.thread-works'],
    touches: all(messages, createsThread),
    act: answers(400, {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'thread: Extra inputs are not permitted' },
      request_id: 'req_of_a_fault',
    }),
  },
]);

/** Fields of betas, and what in a request shows them. */
const fields: Readonly<Record<string, Touch>> = {
  'file-source': named('files-api-2025-04-14'),
  'container-skills': has('/container/skills'),
  'mcp-servers': all(has('/mcp_servers'), named('mcp-client')),
  'context-management': all(has('/context_management'), named('context-management-2025-06-27'), aloneWith('context_management')),
  compaction: all(has('/compaction'), named('compact-')),
  fallbacks: all(has('/fallbacks'), named('server-side-fallback')),
  advisor: at('/tools/0/type', is('advisor_20260301')),
  'task-budget': has('/output_config/task_budget'),
  'fast-mode': at('/speed', is('fast')),
  'inline-tools': at('/messages/1/content/0/type', is('tool_addition')),
  'billing-policy': has('/billing_policy'),
};

const changesTools = {
  'errors.status.no-5xx-on-bad-input': 'Where the server takes no such blocks, they are a mistake.',
  'system.message.beta-blocks': 'It sends such a block, too.',
};

const failing = failed([
  {
    id: 'thread-crash',
    sentence: 'A request for a thread ends in a 500.',
    trips: ['beta.thread.create-answered'],
    mayTrip: {
      'errors.status.no-5xx-on-bad-input': 'The field is not known.',
      'messages.beta-field.thread': 'It is sent without the name as well.',
    },
    touches: all(messages, createsThread, not(bySdk)),
  },
  ...Object.entries(fields).map(([rule, touches]): Acted => ({
    id: `beta-${rule}-crash`,
    sentence: `A field of a beta that the server does not know (${rule}) ends in a 500.`,
    trips: [`beta.optional-field.${rule}`],
    mayTrip: rule === 'inline-tools' ? changesTools : {},
    touches: all(messages, one, touches),
  })),
]);

export const betaFaults: readonly KnownFault[] = [...refusing, ...others, ...failing];
