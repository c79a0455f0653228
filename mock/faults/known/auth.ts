/** Faults of authentication: headers that are not looked at, keys that are not checked, refusals that say something else. */
import { answers, refuses, says } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { replaceError } from '../reply-faults.ts';
import { all, at, counts, header, messages, models, not, type Touch } from '../touching.ts';
import { isList } from './shaping.ts';

const isSent = (value: string | undefined): boolean => value !== undefined;
const withKey: Touch = header('x-api-key', isSent);
const withBearer: Touch = header('authorization', isSent);
const keyless: Touch = all(not(withKey), not(withBearer));
/** The key that nobody gave out. */
const withWrongKey: Touch = header('x-api-key', (value) => value?.startsWith('sk-wrong') === true);
const smallest: Touch = all(
  messages,
  at('/max_tokens', (most) => most === 1),
  ({ body }) => Object.keys(body ?? {}).length === 3,
);
const noMessages: Touch = at('/messages', (list) => isList(list) && list.length === 0);

/** Takes a request to come without those headers. */
function overlooks(...names: readonly string[]): KnownFault['act'] {
  return () => ({ hearsHeaders: (headers) => headers.filter(([name]) => !names.includes(name.toLowerCase())) });
}

const says403 = says(
  replaceError((envelope) => ({ status: 403, body: { ...envelope, error: { type: 'permission_error', message: 'This key may not.' } } })),
);

/** What the smallest request is answered. */
const hello = {
  id: 'msg_01OfAFault',
  type: 'message',
  role: 'assistant',
  content: [{ type: 'text', text: 'Hello' }],
  stop_reason: 'max_tokens',
  stop_sequence: null,
  usage: { input_tokens: 10, output_tokens: 1 },
};

export const authFaults: readonly KnownFault[] = [
  fault({
    id: 'auth-bearer-only',
    sentence: 'A key in x-api-key is not looked at.',
    layer: 'headers',
    imitates: ['vllm#51572', 'vllm#51675', 'sglang#35720', 'new-api#5491'],
    trips: ['auth.key.x-api-key'],
    touches: smallest,
    act: overlooks('x-api-key'),
  }),
  fault({
    id: 'auth-x-api-key-only',
    sentence: 'A key as Authorization: Bearer is not looked at.',
    layer: 'headers',
    trips: ['auth.key.bearer'],
    mayTrip: Object.fromEntries(
      ['sdk.error.bad-request-class', 'sdk.error.not-found-class', 'sdk.error.type', 'sdk.break.next-answered'].map((check) => [
        check,
        'The SDK sends its key only there.',
      ]),
    ),
    touches: all(smallest, withBearer, not(withKey)),
    act: overlooks('authorization'),
  }),
  fault({
    id: 'auth-scheme-case',
    sentence: 'The scheme of the Authorization header has to be written Bearer.',
    layer: 'headers',
    trips: ['auth.key.bearer-scheme-case'],
    touches: header('authorization', (value) => value?.startsWith('bearer ') === true),
    act: overlooks('authorization'),
  }),
  fault({
    id: 'auth-not-both',
    sentence: 'A request with a key in both headers is refused.',
    layer: 'headers',
    trips: ['auth.key.both-headers', 'auth.key.either-header'],
    touches: all(withKey, withBearer),
    act: refuses('authentication_error', 'Two keys.'),
  }),
  fault({
    id: 'auth-x-api-key-first',
    sentence: 'Where x-api-key is sent, no other header is looked at.',
    layer: 'headers',
    trips: ['auth.key.either-header'],
    touches: all(withKey, withBearer),
    act: overlooks('authorization'),
  }),
  fault({
    id: 'auth-missing-403',
    sentence: 'A request without a key is answered 403.',
    layer: 'status',
    trips: ['auth.refusal.missing-key'],
    touches: all(keyless, smallest, not(noMessages)),
    act: says403,
  }),
  fault({
    id: 'auth-wrong-403',
    sentence: 'A wrong key is answered 403.',
    layer: 'status',
    trips: ['auth.refusal.wrong-key'],
    touches: all(withWrongKey, not(withBearer)),
    act: says403,
  }),
  fault({
    id: 'auth-any-key',
    sentence: 'Any key is taken, but one there has to be.',
    layer: 'behaviour',
    trips: ['auth.refusal.wrong-key'],
    touches: all(smallest, withWrongKey, not(withBearer)),
    act: () => ({ instead: (asked) => answers(200, { ...hello, model: asked.body?.['model'] })().instead?.(asked) }),
  }),
  fault({
    id: 'auth-401-text',
    sentence: 'A refused key is answered in plain text.',
    layer: 'json',
    trips: ['http.json.parses'],
    touches: all(withWrongKey, not(withBearer)),
    act: answers(401, 'Unauthorized', 'text/plain'),
  }),
  fault({
    id: 'auth-401-foreign',
    sentence: 'A refused key is answered with {"error": "Unauthorized"}.',
    layer: 'json',
    trips: ['errors.envelope.not-foreign'],
    touches: all(withWrongKey, not(withBearer)),
    act: answers(401, { error: 'Unauthorized' }),
  }),
  fault({
    id: 'auth-after-validation',
    sentence: 'The key is checked after the body.',
    layer: 'behaviour',
    trips: ['auth.refusal.before-validation'],
    touches: all(keyless, messages, noMessages),
    act: refuses(),
  }),
  fault({
    id: 'auth-open-counts',
    sentence: 'count_tokens needs no key.',
    layer: 'behaviour',
    trips: ['auth.refusal.all-routes'],
    touches: all(keyless, counts),
    act: answers(200, { input_tokens: 12 }),
  }),
  fault({
    id: 'auth-open-models',
    sentence: 'The models list needs no key.',
    layer: 'behaviour',
    trips: ['auth.refusal.all-routes'],
    touches: all(keyless, models),
    act: answers(200, {
      data: [{ type: 'model', id: 'open-model', display_name: 'Open', created_at: '2026-01-01T00:00:00Z' }],
      has_more: false,
      first_id: 'open-model',
      last_id: 'open-model',
    }),
  }),
];
