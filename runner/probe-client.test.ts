import { expect, test } from 'vitest';
import type { Evidence } from '../suites/model/evidence.ts';
import { jsonEvidence } from '../suites/model/evidence.fixture.ts';
import { getRequest } from '../suites/model/probe.ts';
import { probeClient } from './probe-client.ts';
import type { Session } from './session.ts';

const target = { model: 'm', modelsPath: '/v1/models' };

/** A session in which nothing is answered until `answer` is called. */
function waitingSession(): { readonly session: Pick<Session, 'send' | 'sdk'>; readonly answer: () => void } {
  const { promise, resolve } = Promise.withResolvers<Evidence>();
  return { session: { send: () => promise, sdk: () => promise }, answer: () => resolve(jsonEvidence({})) };
}

test.each([undefined, 1, 3])('a probe with parallel: %s has no more requests in flight', async (parallel) => {
  const { session, answer } = waitingSession();
  const { send } = probeClient({ id: 'p', ...(parallel === undefined ? {} : { parallel }) }, session, target);
  const most = parallel ?? 1;
  const sent = Array.from({ length: most }, (_, n) => send(`s${n}`, getRequest('/')));
  await expect(send('more', getRequest('/'))).rejects.toThrow(`probe p declares parallel: ${most}, and more would be one more`);
  answer();
  await Promise.all(sent);
  await expect(send('later', getRequest('/'))).resolves.toBeDefined();
});
