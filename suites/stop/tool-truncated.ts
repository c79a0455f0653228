/** A tool call that `max_tokens` cuts: the caller learns that it was cut, and what is left of it is still a block. */
import { isJsonObject } from '../../spec/json.ts';
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, pass, shown } from '../model/judgement.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { at, blocksOf, eventsOf, isAccepted, isList } from '../reading.ts';

const overload: ReadonlySet<number> = new Set([503, 504, 529]);

/** What a stream gave of its tool input: of a call that was cut, the beginning of an object. */
function streamedInput(reply: Evidence): string {
  return eventsOf(reply, 'content_block_delta')
    .map(({ data }) => at(data, 'delta', 'partial_json'))
    .filter((json) => typeof json === 'string')
    .join('')
    .trimStart();
}

function judgeCut(reply: Evidence): Judgement {
  const { status = 0 } = reply;
  // A server that parses the arguments of a call that is not whole, and fails: vllm#48273, LiteLLM 1.106.
  if (status >= 500 && !overload.has(status)) return fail({ of: reply, expected: 'an answer', found: `status ${status}` });
  if (!isAccepted(reply)) return inconclusive('the request was refused');
  const call = blocksOf(reply.message).find(({ type }) => type === 'tool_use');
  const input = call?.['input'];
  if (reply.stopReason === 'max_tokens') {
    if (call === undefined) return pass;
    const begun = reply.isStream ? streamedInput(reply) : undefined;
    if (begun === undefined ? isJsonObject(input) : begun === '' || begun.startsWith('{')) return pass;
    return fail({ of: reply, pointer: '/content', expected: 'an object as input, or no block', found: shown(begun ?? input) });
  }
  if (call === undefined || reply.stopReason !== 'tool_use') return inconclusive('the model made no call');
  const required = at(reply.request.json, 'tools', 0, 'input_schema', 'required');
  const missing = (isList(required) ? required : [])
    .filter((name) => typeof name === 'string')
    .find((name) => at(input, name) === undefined);
  if (missing === undefined) return inconclusive('the call was complete before the limit');
  const found = `"tool_use" for a call without ${missing}`;
  return fail({ of: reply, pointer: '/stop_reason', expected: '"max_tokens"', found });
}

function cut(mode: 'json' | 'stream', requirement: string): Check {
  return scenario({
    id: `stop.tool-truncated.${mode}`,
    level: 'should',
    layer: 'semantics',
    requirement,
    covers: ['stop.tool-truncated'],
    source: docs.stopReasons,
    breaks: [
      claudeCode('runs a tool with half of its arguments: writes half a file'),
      sdkTypescript('the tool runner runs the tool with half of its arguments'),
    ],
    fix: 'The engine’s "length" wins over the call that has begun.',
    needs: ['tools', 'forced-tool-choice'],
    reads: { reply: `tool-truncated/${mode}` },
    judge: ({ reply }) => judgeCut(reply),
  });
}

export const toolTruncatedChecks: readonly Check[] = [
  cut('json', 'A tool call that max_tokens cut ends with max_tokens, and its input is an object, or the block is left out.'),
  cut('stream', 'A streamed tool call that max_tokens cut ends with max_tokens, and what was streamed of it makes an object.'),
];
