// What is wrong with a request body, seen together with its version and beta headers.
// https://platform.claude.com/docs/en/api/messages
import { isJsonObject } from '../json.ts';
import { hasLiveBeta, isApiVersion } from '../versions.ts';
import type { Problem } from './problem.ts';
import type { RequestContext } from './request-context.ts';
import { requestRules } from './request-rules.ts';
import type { CheckedRequest } from './rules/request-rule.ts';
import { conversationOf } from './rules/turns.ts';
import { isUnknown, validateAll, type BetaField } from './validate.ts';

/** The two endpoints that take a conversation. */
export type RequestEndpoint = 'messages' | 'count-tokens';

const schemaOf = { messages: 'messages-request', 'count-tokens': 'count-tokens-request' } as const;

/**
 * What is wrong with a request body, the most telling problem first: structure, then what its version forbids and what no schema can
 * say, then unknown fields. A server answers 400 if there is an `error` among them; one that wants to be lenient about unknown fields
 * skips those with the keyword `additionalProperties`. With a live beta header what is merely unknown is advice, because the beta may
 * have added it. Without a known version the rules of 2023-06-01 hold. Takes time linear in the body, and never throws.
 */
export function requestProblems(endpoint: RequestEndpoint, body: unknown, context: RequestContext): readonly Problem[] {
  return judge(endpoint, body, context).problems;
}

function judge(endpoint: RequestEndpoint, body: unknown, context: RequestContext): { problems: readonly Problem[]; usesBeta: boolean } {
  const beta = hasLiveBeta(context.betas);
  const { problems, betaFields, isComplete } = validateAll(schemaOf[endpoint], body);
  const structure = problems.filter(({ keyword }) => !isUnknown(keyword));
  const unknown = problems.filter(({ keyword }) => isUnknown(keyword)).map((problem) => (beta ? asAdvice(problem) : problem));
  // The rules take for granted what the schema guarantees, and it says nothing about the content of a message whose role it does not know.
  const isSound = isComplete && structure.length === 0 && !unknown.some(isUnread);
  const read = withoutFields(body, unknown);
  const broken = isSound && isCheckedRequest(read) ? brokenRules(read, context) : [];
  const told = new Set(broken.map(({ pointer }) => pointer));
  const others = unknown.filter(({ pointer }) => !told.has(pointer));
  const headerless = beta ? [] : betaFields.map(withoutHeader);
  return { problems: [...structure, ...broken, ...others, ...headerless], usesBeta: betaFields.length > 0 };
}

function brokenRules(request: CheckedRequest, context: RequestContext): readonly Problem[] {
  const conversation = conversationOf(request.messages);
  const problems: Problem[] = [];
  for (const { id, since, certainty = 'refused', find } of requestRules) {
    // Versions are dates, so their order is that of their names.
    if (since !== undefined && !(isApiVersion(context.version) && context.version >= since)) continue;
    const breach = find(request, context, conversation);
    if (!breach) continue;
    const level = certainty === 'advice' ? 'advice' : 'error';
    problems.push({ ...breach, keyword: id, level, ...(certainty === 'doubtful' ? { isDoubtful: true } : {}) });
  }
  return problems;
}

/** The body without what its schema does not know: count_tokens has no stop_sequences, so nothing has looked whether they are a list. */
function withoutFields(body: unknown, unknown: readonly Problem[]): unknown {
  const names = new Set(unknown.filter(({ keyword }) => keyword === 'additionalProperties').map(({ pointer }) => pointer.slice(1)));
  if (names.size === 0 || !isJsonObject(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.has(name)));
}

/** The schema has already said so; this only tells the compiler. */
function isCheckedRequest(body: unknown): body is CheckedRequest {
  return isJsonObject(body);
}

/** Whether the schema leaves what is there unread. */
function isUnread(problem: Problem): boolean {
  return (problem.keyword === 'enum' && problem.level === 'error') || isUnknownRole(problem);
}

/** Whether it is a role that the schema does not know, so that nobody has looked at the content of the message. */
export function isUnknownRole({ keyword, pointer }: Problem): boolean {
  return keyword === 'enum' && /^\/messages\/\d+\/role$/.test(pointer);
}

function asAdvice(problem: Problem): Problem {
  return { ...problem, level: 'advice' };
}

/**
 * Whether a request is valid as far as the specification can tell. Unknown where an unknown version or a beta header may have changed
 * the rules for what we do not know, and where all that is wrong with it is doubtful.
 */
export function requestValidity(endpoint: RequestEndpoint, body: unknown, context: RequestContext): 'valid' | 'invalid' | 'unknown' {
  const { problems, usesBeta } = judge(endpoint, body, context);
  const known = isApiVersion(context.version);
  const isSure = ({ level, keyword, isDoubtful }: Problem): boolean => level === 'error' && !isDoubtful && (known || !isUnknown(keyword));
  if (problems.some(isSure)) return 'invalid';
  return known && problems.length === 0 && !usesBeta ? 'valid' : 'unknown';
}

function withoutHeader({ pointer, family }: BetaField): Problem {
  return {
    pointer,
    keyword: 'additionalProperties',
    message: `is a beta field and needs the anthropic-beta header ${family}-...`,
    expected: 'no such field',
    level: 'error',
  };
}
