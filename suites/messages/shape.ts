/** The shape of a Message: its own fields, its content blocks, and the optional fields. Usage and stop reason have areas of their own. */
import { validate } from '../../spec/index.ts';
import { isJsonObject } from '../../spec/json.ts';
import { check, type GeneralCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { inconclusive, notApplicable, verdictOf } from '../model/judgement.ts';
import { jsonMessages, messages } from '../model/kinds.ts';
import { deviationOf, schemaDeviations } from '../problems.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { at, blocksOf, isCut } from '../reading.ts';

const probes = ['text', 'counting'];

/** A stream with a damaged event is reported there; what it folds to would only repeat it. */
const eventShapes = [
  'stream.schema.message-start',
  'stream.schema.block-start',
  'stream.schema.block-delta',
  'stream.schema.message-delta',
];

/** Places that other checks report. */
const elsewhere = /^\/(content\/|usage|stop_|container|diagnostics)/;

export const shapeValid: GeneralCheck = check({
  id: 'messages.shape.valid',
  level: 'must',
  layer: 'schema',
  reads: messages,
  probes,
  after: eventShapes,
  requirement:
    'An answer is a Message: type message, role assistant, a non-empty id and model, and a content array. A stream folds to one.',
  covers: [
    'resp.id',
    'resp.type',
    'resp.role',
    'resp.model',
    'resp.content-array',
    'resp.no-openai-fields',
    'req.minimal',
    'stream.equiv.key-shape',
  ],
  source: docs.messages,
  breaks: [
    claudeCode('ends with an error where id, role, type and model are all absent'),
    sdkTypescript('returns the body as if it were a Message; the tool runner stops without running the tool'),
  ],
  fix: 'Convert the engine’s answer; do not pass a chat completion or an error through with status 200.',
  judge: (evidence) => {
    const { message, isStream, json } = evidence;
    if (isStream && message === undefined) return inconclusive('the stream tells of no message');
    return verdictOf(schemaDeviations('message', isStream ? message : json, ({ pointer }) => !elsewhere.test(pointer)));
  },
});

export const blocksValid: GeneralCheck = check({
  id: 'messages.content.blocks-valid',
  level: 'must',
  layer: 'schema',
  reads: messages,
  probes: [...probes, 'tool-forced', 'thinking'],
  after: ['messages.shape.valid', ...eventShapes, 'stream.schema.tool-input-parses'],
  requirement:
    'Every content block has the fields of its type: text a text, tool_use an id, a name and an input object, thinking a thinking and a signature.',
  covers: ['resp.text-block', 'resp.tool-use-block', 'resp.thinking-block', 'resp.redacted-block', 'resp.tool-use-caller'],
  source: docs.messages,
  breaks: [
    claudeCode('cannot use such a block, or sends it back as it came: a call has no id or no arguments, thinking comes back unsigned'),
    sdkTypescript('passes the block on as it is: a tool gets a string for its arguments, or thinking is sent back unsigned'),
  ],
  bugs: ['vllm#48273', 'lmdeploy#4851', 'sglang#29242'],
  fix: 'Parse the arguments of a tool call before they go into the block.',
  judge: (evidence) => {
    const blocks = blocksOf(evidence.message);
    if (blocks.length === 0) return notApplicable('the message has no content blocks');
    const place = /^\/content\/(\d+)(\/.*)?$/;
    return verdictOf(
      schemaDeviations('message', evidence.message, ({ pointer }) => {
        const [, position, field] = place.exec(pointer) ?? [];
        return position !== undefined && !(isCutBlock(evidence, Number(position)) && (field === '/signature' || field === '/input'));
      }),
    );
  },
});

/** Generation that was ended from outside leaves its last block without signature or with half its arguments. */
function isCutBlock(evidence: Evidence, position: number): boolean {
  return isCut(evidence) && position === blocksOf(evidence.message).length - 1;
}

export const knownBlockTypes: GeneralCheck = check({
  id: 'messages.content.known-types',
  level: 'should',
  layer: 'schema',
  reads: messages,
  probes: [...probes, 'tool-forced', 'thinking'],
  after: ['messages.shape.valid'],
  requirement: 'Content blocks are of types that the API documents.',
  covers: ['resp.content-known-types'],
  source: docs.messages,
  breaks: [claudeCode('ends the session with an error where the last block is of an unknown type')],
  judge: ({ message }) => {
    if (blocksOf(message).length === 0) return notApplicable('the message has no content blocks');
    const unknown = validate('message', message).filter(
      ({ level, pointer }) => level === 'advice' && /^\/content\/\d+(\/type)?$/.test(pointer),
    );
    return verdictOf(unknown.map((problem) => deviationOf(problem, message)));
  },
});

export const optionalFieldsValid: GeneralCheck = check({
  id: 'messages.optional-fields.valid',
  level: 'may',
  layer: 'schema',
  reads: messages,
  probes,
  after: ['messages.shape.valid'],
  requirement: 'container and diagnostics of a Message are absent, null, or the objects that the API documents.',
  covers: ['resp.container', 'resp.diagnostics'],
  source: docs.messages,
  breaks: [],
  why: 'Typed clients refuse a field that has the name of a known one and another type.',
  judge: ({ message }) => {
    const present = ['container', 'diagnostics'].filter((field) => (at(message, field) ?? null) !== null);
    if (present.length === 0) return notApplicable('neither container nor diagnostics in the message');
    return verdictOf(schemaDeviations('message', message, ({ pointer }) => /^\/(container|diagnostics)/.test(pointer)));
  },
});

export const stopKeys: GeneralCheck = check({
  id: 'messages.shape.stop-keys',
  level: 'may',
  layer: 'schema',
  reads: jsonMessages,
  probes,
  after: ['messages.shape.valid'],
  requirement: 'A Message names stop_reason and stop_sequence, also where one of them is null.',
  covers: ['resp.stop-sequence-null'],
  source: docs.sdkMessages,
  breaks: [],
  why: 'Proxies and clients with strict schemas refuse an answer that leaves out a nullable field.',
  bugs: ['vllm#56371'],
  fix: 'Write null rather than leaving the key out.',
  judge: ({ message }) => {
    if (!isJsonObject(message)) return notApplicable('the answer is no object');
    const absent = ['stop_reason', 'stop_sequence'].filter((field) => message[field] === undefined);
    return verdictOf(absent.map((field) => ({ pointer: `/${field}`, expected: 'a string or null', found: 'no such key' })));
  },
});

export const knownFieldsOnly: GeneralCheck = check({
  id: 'messages.fields.known',
  level: 'may',
  layer: 'schema',
  reads: messages,
  probes,
  after: ['messages.shape.valid'],
  requirement: 'A Message, its blocks and its usage have no fields but those that the API documents.',
  covers: ['version.additive-fields'],
  source: docs.versioning,
  breaks: [],
  why: 'Clients must tolerate additions; strict proxies do not, and a later version of the API may use the name for something else.',
  judge: ({ message }) => {
    if (!isJsonObject(message)) return notApplicable('the answer is no object');
    const unknown = validate('message', message).filter(({ keyword }) => keyword === 'additionalProperties');
    return verdictOf(unknown.map((problem) => deviationOf(problem, message)));
  },
});
