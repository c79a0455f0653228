/** What a test says about the requests that a mock received. https://vitest.dev/guide/extending-matchers, and the same in Jest. */
import type { JournalEntry } from '../journal/entry.ts';
import type { Mock } from '../mock-types.ts';
import { checkMatcher, matchRequest, showMatcher, type RequestMatcher } from '../script/matcher.ts';
import type { Difference } from '../compare.ts';
import { show } from '../show.ts';
import { withoutAsymmetric } from './asymmetric.ts';
import { describeRequest } from './describe.ts';
import { isReadable } from '../readable.ts';

export interface ExpectedAbort {
  /** How many events the client had been sent when it left. Default: any number. */
  readonly afterEvents?: number;
}

export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * For Jest, and whatever else has an `expect.extend`: `expect.extend(matchers)`. In Vitest, importing `messages-conformance/vitest` does it, and
 * brings the types.
 */
export const matchers: {
  readonly toHaveReceivedMessage: typeof toHaveReceivedMessage;
  readonly toHaveBeenAborted: typeof toHaveBeenAborted;
  readonly toHaveNoUnmatchedRequests: typeof toHaveNoUnmatchedRequests;
} = { toHaveReceivedMessage, toHaveBeenAborted, toHaveNoUnmatchedRequests };

function toHaveReceivedMessage({ requests }: Mock, expected: RequestMatcher = {}): MatcherResult {
  const messages = requests.filter(({ endpoint }) => endpoint === 'messages');
  const matcher = withoutAsymmetric(expected);
  // A field that no request has would make every `not.toHaveReceivedMessage` pass.
  checkMatcher('toHaveReceivedMessage()', matcher);
  const compared = messages.map((entry) => ({ entry, differences: differencesOf(entry, matcher) }));
  const matching = compared.flatMap(({ entry, differences }) => (differences.length === 0 ? [entry] : []));
  const wanted = typeof expected === 'function' ? showMatcher(expected) : show(expected);
  if (matching.length > 0) return { pass: true, message: () => listed(`Expected no message ${wanted}, but received:`, matching) };
  // Of two that are equally close the later one: it is more often the one that the test is about.
  const [closest] = compared.toReversed().toSorted((a, b) => a.differences.length - b.differences.length);
  if (closest === undefined) return { pass: false, message: () => `Expected a message ${wanted}, but received ${noneOf(requests)}.` };
  return { pass: false, message: () => closestText(closest.entry, closest.differences, messages.length) };
}

function differencesOf({ body, headers }: JournalEntry, matcher: RequestMatcher): readonly Difference[] {
  if (isReadable(body)) return matchRequest(matcher, body, new Map(Object.entries(headers)));
  return [{ path: 'request', expected: 'a list of messages', found: 'none' }];
}

function closestText(entry: JournalEntry, [first, ...others]: readonly Difference[], received: number): string {
  const head = received === 1 ? 'The one message received' : `None of ${received} messages received is as expected. The closest`;
  const difference = first && `\n  ${first.path}\n    expected: ${first.expected}\n    received: ${first.found}`;
  const rest = others.length === 0 ? '' : `\nand in ${others.map(({ path }) => path).join(', ')}`;
  return `${head}, ${describeRequest(entry)}, differs in${difference}${rest}`;
}

function toHaveBeenAborted(entry: JournalEntry | undefined, { afterEvents }: ExpectedAbort = {}): MatcherResult {
  if (entry === undefined) return { pass: false, message: () => 'Expected an aborted request, but there is no such request.' };
  // Also where the script says to stall, and the client gave up in the end.
  const events = entry.abortedAfter?.events;
  const pass = events !== undefined && (afterEvents === undefined || events === afterEvents);
  const wanted = afterEvents === undefined ? '' : ` after ${countOf(afterEvents, 'event')}`;
  const happened = events === undefined ? `is "${entry.outcome}"` : `was aborted after ${countOf(events, 'event')}`;
  return {
    pass,
    message: () => `Expected ${describeRequest(entry)} ${pass ? 'not ' : ''}to have been aborted${wanted}, but it ${happened}.`,
  };
}

function toHaveNoUnmatchedRequests({ requests }: Mock): MatcherResult {
  const unmatched = requests.filter(({ matched }) => matched === 'unmatched');
  if (unmatched.length > 0)
    return { pass: false, message: () => listed(`No entry of the script answers ${countOf(unmatched.length, 'request')}:`, unmatched) };
  return {
    pass: true,
    message: () => `Expected a request that the script does not answer; there is none among ${countOf(requests.length, 'request')}.`,
  };
}

function listed(head: string, entries: readonly JournalEntry[]): string {
  return [head, ...entries.map((entry) => `  ${describeRequest(entry)}`)].join('\n');
}

function noneOf(requests: readonly JournalEntry[]): string {
  return requests.length === 0 ? 'no request at all' : `only ${countOf(requests.length, 'request')} of another kind`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
