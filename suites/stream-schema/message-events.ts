/** The events that carry the message: message_start and message_delta. */
import { isJsonObject } from '../../spec/json.ts';
import type { GeneralCheck } from '../model/check.ts';
import { type Deviation, shown } from '../model/judgement.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';
import { at, isList, type StreamEvent } from '../reading.ts';
import { againstSchema, eventCheck } from './event-check.ts';

export const messageStart: GeneralCheck = eventCheck({
  id: 'stream.schema.message-start',
  level: 'must',
  event: 'message_start',
  requirement: 'message_start carries a message with id, type, role, model, content and a usage with integer token counts.',
  covers: ['stream.start.message-object', 'stream.start.usage'],
  source: docs.sdkMessages,
  breaks: [
    claudeCode('tries again for ever without type or role; shows 0 input tokens without usage'),
    sdkTypescript('the stream helper throws without usage or content'),
    sdkPython('the stream helper raises without usage'),
  ],
  bugs: ['vllm#45367'],
  fix: 'Serialize constant fields such as type and role too; "exclude unset" options drop them.',
  // Content and stop reason of a message that has only begun are rules of their own.
  deviations: againstSchema(({ pointer }) => !/^\/message\/(content\/|stop_)/.test(pointer)),
});

export const messageStartContentEmpty: GeneralCheck = eventCheck({
  id: 'stream.schema.message-start-content-empty',
  level: 'must',
  event: 'message_start',
  where: ({ data }) => isList(at(data, 'message', 'content')),
  requirement: 'The message in message_start has no content yet: an empty array.',
  covers: ['stream.start.content-empty'],
  source: docs.streaming,
  breaks: [sdkTypescript('blocks are appended behind what is already there, and every index points at the wrong block')],
  deviations: ({ frame, data }) => {
    const content = at(data, 'message', 'content');
    return isList(content) && content.length === 0 ? [] : [{ frame, pointer: '/message/content', expected: '[]', found: shown(content) }];
  },
});

export const messageStartNotStopped: GeneralCheck = eventCheck({
  id: 'stream.schema.message-start-not-stopped',
  level: 'must',
  event: 'message_start',
  requirement: 'The message in message_start has no stop reason and no stop sequence yet.',
  covers: ['stream.start.stop-reason-null', 'stream.start.stop-sequence-null', 'stream.msgdelta.stop-reason-only-here'],
  source: docs.stopReasons,
  breaks: [],
  why: 'A client that looks at the stop reason as soon as there is one takes an answer for finished that has only begun.',
  deviations: (event) => ['stop_reason', 'stop_sequence'].flatMap((field) => unlessNull(event, field)),
});

function unlessNull({ frame, data }: StreamEvent, field: string): readonly Deviation[] {
  const value = at(data, 'message', field) ?? null;
  return value === null ? [] : [{ frame, pointer: `/message/${field}`, expected: 'null', found: shown(value) }];
}

export const messageStartKeys: GeneralCheck = eventCheck({
  id: 'stream.schema.message-start-keys',
  level: 'may',
  event: 'message_start',
  where: ({ data }) => isJsonObject(data['message']),
  requirement: 'The message in message_start names stop_reason and stop_sequence, which are null.',
  covers: ['stream.start.stop-reason-null', 'stream.start.stop-sequence-null'],
  source: docs.sdkMessages,
  breaks: [],
  why: 'Proxies and clients with strict schemas refuse an event that leaves out a nullable field.',
  fix: 'Write null rather than leaving the key out; "exclude none" options drop them.',
  deviations: ({ frame, data }) =>
    ['stop_reason', 'stop_sequence']
      .filter((field) => at(data, 'message', field) === undefined)
      .map((field) => ({ frame, pointer: `/message/${field}`, expected: 'null', found: 'no such key' })),
});

/** Counters of message_delta that it may leave out. */
const isOptionalUsage = (pointer: string): boolean => pointer.startsWith('/usage/') && pointer !== '/usage/output_tokens';

export const messageDelta: GeneralCheck = eventCheck({
  id: 'stream.schema.message-delta',
  level: 'must',
  event: 'message_delta',
  requirement: 'message_delta carries a delta object and a usage with an integer output_tokens.',
  covers: ['stream.msgdelta.delta-object', 'stream.msgdelta.usage-object'],
  source: docs.sdkMessageStream,
  breaks: [
    sdkTypescript('the stream helper throws without usage'),
    sdkPython('the stream helper raises without usage'),
    claudeCode('counts the wrong number of output tokens'),
  ],
  fix: 'usage stands beside delta, not inside it.',
  deviations: againstSchema(({ pointer }) => !isOptionalUsage(pointer)),
});

export const messageDeltaUsageFields: GeneralCheck = eventCheck({
  id: 'stream.schema.message-delta-usage-fields',
  level: 'should',
  event: 'message_delta',
  where: ({ data }) => isJsonObject(data['usage']),
  requirement: 'The other counters of message_delta are absent, null, or of the type that they have in a message.',
  covers: ['stream.msgdelta.usage-optional-fields'],
  source: docs.sdkMessages,
  breaks: [sdkTypescript('what is there replaces the counts of message_start')],
  deviations: againstSchema(({ pointer }) => isOptionalUsage(pointer)),
});

export const messageDeltaKeys: GeneralCheck = eventCheck({
  id: 'stream.schema.message-delta-keys',
  level: 'should',
  event: 'message_delta',
  where: ({ data }) => isJsonObject(data['delta']),
  requirement: 'The delta of message_delta names stop_reason and stop_sequence, also where one of them is null.',
  covers: ['stream.msgdelta.delta-object'],
  source: docs.sdkMessages,
  breaks: [],
  why: 'Proxies and clients with strict schemas refuse an event that leaves out a nullable field.',
  bugs: ['vllm#55324'],
  fix: 'Write null rather than leaving the key out.',
  deviations: ({ frame, data }) =>
    ['stop_reason', 'stop_sequence']
      .filter((field) => at(data, 'delta', field) === undefined)
      .map((field) => ({ frame, pointer: `/delta/${field}`, expected: 'a string or null', found: 'no such key' })),
});
