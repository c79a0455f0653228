/** What faults of refusals share: the mistakes whose refusals they spoil, and ways to spoil them. */
import type { ErrorResponse } from '../../../spec/index.ts';
import { says } from '../acting.ts';
import type { Act } from '../fault.ts';
import { replaceError } from '../reply-faults.ts';
import { all, at, has, messages, not, type Touch } from '../touching.ts';
import { is } from './errors-taken.ts';

/** What no server knows, so that it is refused. */
export const unknownField: Touch = all(messages, has('/no_such_field'));
/** What the types of a web framework refuse before any handler runs. */
export const wrongKind: Touch = all(messages, at('/max_tokens', is('one')), not(has('/system')));
export const wrongRole: Touch = all(messages, at('/messages/0/role', is('function')), not(has('/system')));
export const several: Touch = all(messages, at('/max_tokens', is('one')), has('/system'));
export const otherRoutes: Touch = ({ path, method }) => path === '/v1/no-such-path' || (path === '/v1/messages' && method === 'GET');
export const wrongMethod: Touch = ({ path, method }) => path === '/v1/messages' && method === 'GET';
export const sends = (isSo: (text: string) => boolean): Touch => all(messages, ({ text, body }) => body === undefined && isSo(text));

type ApiErrorBody = ErrorResponse['error'];
/** An error with another body, status or both; its request id stays the one of the header. */
export const envelope = (change: (error: ApiErrorBody) => unknown, status?: number): (() => Act) =>
  says(
    replaceError(({ error, request_id }) => ({
      ...(status === undefined ? {} : { status }),
      body: { type: 'error', error: change(error), request_id },
    })),
  );
export const typed = (type: string, status?: number): (() => Act) => envelope(({ message }) => ({ type, message }), status);
export const worded = (message: string): (() => Act) => envelope(({ type }) => ({ type, message }));
