import { expect, test } from 'vitest';
import { record } from '../../reports/record.fixture.ts';
import type { Exchange } from '../../spec/record/index.ts';
import { proxyLine } from './proxy-line.ts';

const answered = record.exchanges.find(({ response, ended }) => response !== undefined && ended === 'complete') ?? expect.fail('none');
const { response: _response, ...rest } = answered;
const timing = { ...answered.timing, sent: 0, end: 3 };
const unanswered: Exchange = { ...rest, timing, ended: 'refused', problem: 'Connection to 127.0.0.1:9 refused: nothing listens there.' };
const base = new URL(answered.request.url).origin;

test('what passed with an answer is said to have nothing wrong', () => {
  expect(proxyLine({ ...answered, timing }, [], base)).toMatch(/ 3 ms: nothing wrong$/);
});

test('what nobody answered is not: the reason is all there is to say', () => {
  expect(proxyLine(unanswered, [], base)).toMatch(/ no answer, 3 ms, Connection to 127\.0\.0\.1:9 refused: nothing listens there$/);
});
