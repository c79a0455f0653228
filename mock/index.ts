/** A mock of the Messages API for tests: `createMock().fetch` in process, `messages-conformance/mock/node` on a port. */
export { createMock } from './create-mock.ts';
export type { JournalEntry, JournalOutcome, SentFrame } from './journal/entry.ts';
export { minimalInput } from './minimal-input.ts';
export type { ChaosFault, ChaosOptions } from './physics/chaos.ts';
export type { RateLimit, RateLimits } from './physics/limit-headers.ts';
export type { Pace } from './physics/pace.ts';
export type { RateLimitOptions } from './physics/rate-limiter.ts';
export { say, stream, think, useTool } from './script/begin.ts';
export type { ScriptedBlock } from './script/block-part.ts';
export type { Live } from './script/live.ts';
export { matchRequest, type MatchFields, type RequestMatcher, type RequestPredicate } from './script/matcher.ts';
export { findDifference, type Difference, type Pattern } from './compare.ts';
export { overloaded, rateLimited, refuse, type RateLimitedOptions, type Refusal, type RefuseOptions } from './script/refusal.ts';
export type { Honesty, Mock, MockOptions, Rule, VerifyOptions } from './mock-types.ts';
export {
  sendPlan,
  type Call,
  type Improvisation,
  type PlannedReply,
  type AnyRequest,
  type ReplyFunction,
  type ReplyScript,
  type ScriptedReply,
} from './script/reply.ts';
export { MockScriptError } from './script/script-error.ts';
export { ScriptedMessage, type ThinkOptions } from './script/scripted-message.ts';
export type { Stop, StopOptions } from './script/stop.ts';
export type { ToolOptions } from './script/tool-part.ts';
export { MockVerificationError, type Trouble } from './script/verification.ts';
export { matchers, type ExpectedAbort, type MatcherResult } from './vitest/matchers.ts';
