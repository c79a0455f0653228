/** Checks of the area `parity`: a request means the same with and without stream. */
import messageSchema from '../../spec/schemas/message.json' with { type: 'json' };
import type { Check, ScenarioCheck } from '../model/check.ts';
import { fail, inconclusive, pass, shown, verdictOf } from '../model/judgement.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { at, blocksOf, inputTotal, tokens, wholeText } from '../reading.ts';
import { type Twins, twinCheck } from './twins.ts';

/** What is null in one mode may be absent in the other; what depends on how the reply ended may differ. */
const comparable = Object.keys(messageSchema.properties).filter((field) => !['stop_sequence', 'stop_details'].includes(field));

function isThere(message: unknown, field: string): boolean {
  return (at(message, field) ?? null) !== null;
}

const sameFields: ScenarioCheck = twinCheck({
  id: 'parity.message.same-fields',
  level: 'must',
  after: ['stop.reason.present', 'usage.shape.valid'],
  requirement: 'A stream folds to a Message with the same fields as the answer without stream, null and absent being the same.',
  covers: ['stream.equiv.key-shape'],
  source: docs.streaming,
  breaks: [sdkTypescript('finalMessage() and create() return objects of different shapes')],
  fix: 'Build both modes from one message object.',
  judge: ({ whole, folded, stream }) => {
    const different = comparable.filter((field) => isThere(whole, field) !== isThere(folded, field));
    return verdictOf(
      different.map((field) => ({
        of: stream,
        expected: `${field}: ${shown(whole[field])} as without stream`,
        found: shown(folded[field]),
      })),
    );
  },
});

const sameModel: ScenarioCheck = twinCheck({
  id: 'parity.model.same',
  level: 'must',
  requirement: 'Both modes name the same model.',
  covers: ['stream.equiv.key-shape'],
  source: docs.streaming,
  breaks: [],
  why: 'Accounts by model split one model in two.',
  judge: ({ whole, folded, stream }) => {
    if (whole['model'] === folded['model']) return pass;
    return fail({ of: stream, pointer: '/message/model', expected: shown(whole['model']), found: shown(folded['model']) });
  },
});

const sameBlocks: ScenarioCheck = twinCheck({
  id: 'parity.content.same-block-types',
  level: 'should',
  requirement: 'Both modes answer a plain question with content blocks of the same types in the same order.',
  covers: ['stream.equiv.key-shape'],
  source: docs.streaming,
  breaks: [claudeCode('shows markup or thinking as text in one of the modes')],
  fix: 'Run the same parser for thinking and tool calls over both.',
  judge: ({ whole, folded, stream }) => {
    const [types, streamed] = [whole, folded].map((message) => blocksOf(message).map(({ type }) => type));
    if (types?.length === 0 || streamed?.length === 0) return inconclusive('one of the replies is empty');
    if (shown(types) === shown(streamed)) return pass;
    return fail({ of: stream, pointer: '/content', expected: `${shown(types)} as without stream`, found: shown(streamed) });
  },
});

const sameInput: ScenarioCheck = twinCheck({
  id: 'parity.usage.same-input',
  level: 'should',
  after: ['usage.shape.valid'],
  requirement: 'Both modes count the same input tokens, cached ones included.',
  covers: ['stream.equiv.usage'],
  source: docs.streaming,
  breaks: [claudeCode('the context meter jumps')],
  fix: 'Count the rendered prompt, in one place.',
  judge: ({ whole, folded, stream }) => {
    const [input, streamed] = [whole, folded].map((message) => inputTotal(at(message, 'usage')));
    if (input === undefined || streamed === undefined) return inconclusive('one of the replies has no input_tokens');
    if (input === streamed) return pass;
    return fail({ of: stream, pointer: '/usage/input_tokens', expected: `${input} as without stream`, found: String(streamed) });
  },
});

const cacheCounters = ['cache_creation_input_tokens', 'cache_read_input_tokens'];

function lacks(message: unknown, name: string): boolean {
  return tokens(at(message, 'usage'), name) === undefined;
}

const sameUsageFields: ScenarioCheck = twinCheck({
  id: 'parity.usage.same-fields',
  level: 'should',
  after: ['usage.shape.valid'],
  requirement: 'A counter that usage has in one mode it has in the other.',
  covers: ['stream.equiv.usage'],
  source: docs.streaming,
  breaks: [],
  why: 'Cache savings that only one mode reports make the other look expensive.',
  judge: ({ whole, folded, json, stream }) => {
    const different = cacheCounters.filter((name) => lacks(whole, name) !== lacks(folded, name));
    return verdictOf(
      different.map((name) => ({
        of: lacks(folded, name) ? stream : json,
        pointer: `/usage/${name}`,
        expected: `${name} as in the other mode`,
        found: 'nothing',
      })),
    );
  },
});

/** The same text from the same number of tokens was produced alike, whatever the sampling. */
function isSameReply({ whole, folded }: Twins): boolean {
  const [output, streamed] = [whole, folded].map((message) => tokens(at(message, 'usage'), 'output_tokens'));
  return output !== undefined && output === streamed && wholeText(whole) !== '' && wholeText(whole) === wholeText(folded);
}

const sameStopReason: ScenarioCheck = twinCheck({
  id: 'parity.stop-reason.same',
  level: 'must',
  probe: 'counting',
  requirement: 'The same reply has the same stop reason in both modes.',
  covers: ['stream.equiv.stop-rules'],
  source: docs.stopReasons,
  breaks: [claudeCode('takes half an answer for the whole')],
  judge: (twins) => {
    if (!isSameReply(twins)) return inconclusive('the two replies differ, as sampling allows');
    const { json, stream } = twins;
    if (json.stopReason === stream.stopReason) return pass;
    return fail({
      of: stream,
      pointer: '/delta/stop_reason',
      expected: `${shown(json.stopReason)} as without stream`,
      found: shown(stream.stopReason),
    });
  },
});

const textNotLost: ScenarioCheck = twinCheck({
  id: 'parity.text.nothing-lost',
  level: 'should',
  requirement: 'A stream of as many tokens says as much as the answer without stream: its beginning and its end are there.',
  covers: ['stream.equiv.key-shape', 'stream.delta.text-progress'],
  source: docs.streaming,
  breaks: [claudeCode('shows replies without their first or last words')],
  bugs: ['litellm#30014', 'sglang#34214'],
  fix: 'Send the text that comes with the first and with the finishing chunk of the engine, too.',
  judge: ({ whole, folded, stream }) => {
    const [output, streamed] = [whole, folded].map((message) => tokens(at(message, 'usage'), 'output_tokens'));
    const [text, said] = [whole, folded].map(wholeText);
    if (text === undefined || said === undefined || text === '') return inconclusive('the reply without stream has no text');
    if (text === said) return pass;
    const isPart = said.length < text.length && (text.startsWith(said) || text.endsWith(said));
    if (output === undefined || output !== streamed || !isPart) return inconclusive('the two replies differ, as sampling allows');
    return fail({ of: stream, expected: shown(text), found: shown(said) });
  },
});

const sameOutput: ScenarioCheck = twinCheck({
  id: 'parity.usage.same-output',
  level: 'should',
  after: ['usage.shape.valid'],
  requirement: 'The same text has as many output tokens in a stream as without, give or take one.',
  covers: ['stream.equiv.usage'],
  source: docs.streaming,
  breaks: [claudeCode('counts the pieces of the stream as tokens; costs are wrong')],
  fix: 'Take the engine’s count, not the number of events.',
  judge: ({ whole, folded, json, stream }) => {
    const text = wholeText(whole);
    if (text === '' || text !== wholeText(folded) || json.stopReason !== stream.stopReason) {
      return inconclusive('the two replies differ, as sampling allows');
    }
    const [output, streamed] = [whole, folded].map((message) => tokens(at(message, 'usage'), 'output_tokens'));
    if (output === undefined || streamed === undefined) return inconclusive('one of the replies has no output_tokens');
    if (Math.abs(output - streamed) <= 1) return pass;
    return fail({ of: stream, pointer: '/usage/output_tokens', expected: `${output} as without stream`, found: String(streamed) });
  },
});

/** Names of the fields of each block that say something. */
function fieldsOf(message: unknown): readonly (readonly string[])[] {
  return blocksOf(message).map((block) =>
    Object.keys(block)
      .filter((field) => (block[field] ?? null) !== null)
      .toSorted(),
  );
}

const sameBlockFields: ScenarioCheck = twinCheck({
  id: 'parity.content.same-block-fields',
  level: 'should',
  after: ['parity.content.same-block-types'],
  requirement: 'Content blocks have the same fields in both modes, null and absent being the same.',
  covers: ['stream.equiv.key-shape'],
  source: docs.streaming,
  breaks: [sdkTypescript('code written against one mode reads undefined in the other')],
  fix: 'Where a block has a signature, citations or a caller in one mode, send them in the other.',
  judge: ({ whole, folded, stream }) => {
    const [fields, streamed] = [fieldsOf(whole), fieldsOf(folded)];
    if (fields.length === 0 || fields.length !== streamed.length) return inconclusive('the replies have different blocks');
    const different = fields.findIndex((names, position) => shown(names) !== shown(streamed[position]));
    if (different === -1) return pass;
    const expected = `${shown(fields[different])} as without stream`;
    return fail({ of: stream, pointer: `/content/${different}`, expected, found: shown(streamed[different]) });
  },
});

export const checks: readonly Check[] = [
  sameFields,
  sameModel,
  sameBlocks,
  sameBlockFields,
  sameInput,
  sameOutput,
  sameUsageFields,
  sameStopReason,
  textNotLost,
];
