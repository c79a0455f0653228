/** What the text of an error should do for its reader. The wording itself is never matched. */
import { type Check, check, scenario } from '../model/check.ts';
import { fail, inconclusive, pass, shown, verdictOf } from '../model/judgement.ts';
import { at } from '../reading.ts';
import { docs } from '../references.ts';
import { envelopes } from './kinds.ts';

const namesField = scenario({
  id: 'errors.message.names-field',
  level: 'should',
  layer: 'semantics',
  requirement: 'The message of a 400 names the field that is wrong.',
  covers: ['err.message-locates-field'],
  source: docs.errors,
  why: 'Claude Code repairs its request by the field that a 400 names; people do the same.',
  breaks: [],
  reads: { maxTokens: 'bad-input/max-tokens-string', messages: 'bad-input/messages-missing', role: 'bad-input/role-unknown' },
  judge: ({ maxTokens, messages, role }) => {
    const mistakes = [
      { of: maxTokens, field: 'max_tokens' },
      { of: messages, field: 'messages' },
      { of: role, field: 'role' },
    ].filter(({ of }) => of.status === 400);
    if (mistakes.length === 0) return inconclusive('none of the mistakes was answered 400');
    return verdictOf(
      mistakes.flatMap(({ of, field }) => {
        const message = at(of.json, 'error', 'message');
        if (typeof message === 'string' && message.includes(field)) return [];
        return [{ of, pointer: '/error/message', expected: `a message that names ${field}`, found: shown(message) }];
      }),
    );
  },
});

/** Python, Node, Java and Rust, in that order. */
const traces = [/Traceback \(most recent call last\)/, /\n\s+at .+:\d+:\d+\)?/, /\n\s+at [\w.$]+\([\w.]+:\d+\)/, /stack backtrace:/];

const isClean = check({
  id: 'errors.message.no-stack-trace',
  level: 'should',
  layer: 'semantics',
  requirement: 'The message of an error holds no stack trace.',
  covers: ['err.envelope.error-object'],
  source: docs.errors,
  why: 'A trace tells strangers how the server is built, and the user nothing.',
  breaks: [],
  reads: envelopes,
  probes: ['bad-input', 'bad-tools', 'bad-json'],
  judge: ({ json }) => {
    const message = at(json, 'error', 'message');
    if (typeof message !== 'string') return inconclusive('no message');
    return traces.some((trace) => trace.test(message))
      ? fail({ pointer: '/error/message', expected: 'one sentence', found: shown(message) })
      : pass;
  },
});

/** Of Python: a dict, a class, an object by its address. */
const dumps = [/\{'\w+': /, /<class '[\w.]+'>/, / object at 0x[0-9a-f]+>/];

const isProse = check({
  id: 'errors.message.no-dump',
  level: 'should',
  layer: 'semantics',
  requirement: 'The message of an error is a sentence for people, not an object of the program printed.',
  covers: ['err.envelope.error-object'],
  source: docs.errors,
  why: 'Clients show the message to their user as it is.',
  breaks: [],
  bugs: ['vllm#57997'],
  fix: 'Make the message of a validation error from its place and its text, not by printing the list of errors.',
  reads: envelopes,
  probes: ['bad-input', 'bad-tools', 'bad-json'],
  judge: ({ json }) => {
    const message = at(json, 'error', 'message');
    if (typeof message !== 'string') return inconclusive('no message');
    return dumps.some((dump) => dump.test(message))
      ? fail({ pointer: '/error/message', expected: 'one sentence', found: shown(message) })
      : pass;
  },
});

export const messageChecks: readonly Check[] = [namesField, isClean, isProse];
