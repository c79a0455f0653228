import { describe, expect, test } from 'vitest';
import { fixtureEvents, fixtureMessage, jsonEvidence, streamEvidence } from './evidence.fixture.ts';
import { completeStreams, jsonMessages, messages, streams } from './kinds.ts';

// Claude Code's requests are unknown: they have context_management, a beta field.
describe.each([
  ['valid', true],
  ['unknown', true],
  ['invalid', false],
] as const)('an answer to a request that is %s', (validity, isJudged) => {
  test(`is ${isJudged ? '' : 'not '}judged as a Message`, () => {
    const stream = streamEvidence(fixtureEvents, { validity });
    const json = jsonEvidence(fixtureMessage, { validity });
    const judged = [streams.matches(stream), completeStreams.matches(stream), messages.matches(stream), jsonMessages.matches(json)];
    expect(judged).toEqual(judged.map(() => isJudged));
  });
});
