/** What a client makes of a server's answers, as data for the record: a check reads it there, and needs no client. */
import type Anthropic from '@anthropic-ai/sdk';
import type { Observed, ObservedError } from '../../spec/index.ts';
import { isJsonObject } from '../../spec/json.ts';
import { asText } from '../../spec/as-text.ts';
import { parseJson } from '../wire/index.ts';
import type { SdkUse } from '../../suites/model/probe.ts';

/** Longest text of what a client made of the answers that is recorded. */
const LONGEST = 64 * 1024;
const LONGEST_MESSAGE = 300;

type Redact = (text: string) => string;

/** Lets `use` work with the client. Never throws for what the client throws. */
export async function observe(client: Anthropic, use: SdkUse, redact: Redact): Promise<Pick<Observed, 'seen' | 'error'>> {
  const seen: Record<string, unknown> = {};
  let text = '{}';
  let error: ObservedError | undefined;
  try {
    await use(client, seen);
  } catch (thrown) {
    error = errorOf(thrown, redact);
  }
  // A client may parse arguments only when they are read, and throw then.
  try {
    text = redact(JSON.stringify(seen));
  } catch (thrown) {
    error ??= errorOf(thrown, redact);
  }
  if (text.length > LONGEST)
    return { error: error ?? { classes: [], message: `more than ${LONGEST} characters, too many to be recorded` } };
  // What nobody can walk through later is not recorded.
  const copy = parseJson(text);
  return {
    ...('json' in copy && isJsonObject(copy.json) ? { seen: copy.json } : {}),
    ...(error === undefined ? {} : { error }),
    ...('jsonProblem' in copy && error === undefined ? { error: { classes: [], message: `the answer is ${copy.jsonProblem}` } } : {}),
  };
}

function errorOf(thrown: unknown, redact: Redact): ObservedError {
  const cut = (text: string): string => redact(text).slice(0, LONGEST_MESSAGE);
  if (!(thrown instanceof Error)) return { classes: [], message: cut(asText(thrown)) };
  return {
    classes: classesOf(thrown),
    message: cut(thrown.message),
    ...('status' in thrown && typeof thrown.status === 'number' ? { status: thrown.status } : {}),
    ...('type' in thrown && typeof thrown.type === 'string' ? { type: cut(thrown.type) } : {}),
  };
}

/** `['BadRequestError', 'APIError', 'AnthropicError', 'Error']`: programs catch by any of them. */
function classesOf(error: Error): readonly string[] {
  const names: string[] = [];
  for (let kind: unknown = error.constructor; typeof kind === 'function' && kind.name !== ''; kind = Object.getPrototypeOf(kind)) {
    names.push(kind.name);
  }
  return names;
}
