/** Faults of a Message: its shape, its content blocks, its id and its model. */
import { assumes } from '../acting.ts';
import { bodyWith, putBody } from '../body-edits.ts';
import { fault, type KnownFault } from '../fault.ts';
import { mapBody } from '../reply-faults.ts';
import { spoiled, type Spoiled } from '../spoiling.ts';
import { all, any, at, plain } from '../touching.ts';
import { callPlain, countPlain, helloPlain, thoughtPlain, twoPlusTwo } from './stream-targets.ts';

const completion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: '1, 2' }, finish_reason: 'length' }],
  usage: { prompt_tokens: 13, completion_tokens: 8 },
};

const sentBack = { 'history.echo.call-accepted': 'The damaged reply is refused when it comes back.' };

const rows: readonly Spoiled[] = [
  {
    id: 'chat-completion-body',
    sentence: 'A request is answered 200 with a chat completion.',
    trips: ['messages.shape.valid'],
    spoils: mapBody(() => completion),
  },
  {
    id: 'error-body-200',
    sentence: 'A request is answered 200 with an error in the body.',
    trips: ['messages.shape.valid'],
    mayTrip: { 'errors.status.not-200': 'It is an error with a status of success, which that check is about.' },
    spoils: mapBody(() => ({ type: 'error', error: { type: 'api_error', message: 'The engine died.' } })),
  },
  {
    id: 'message-no-id',
    sentence: 'A reply has no id.',
    trips: ['messages.shape.valid'],
    spoils: putBody('/id', undefined),
  },
  {
    id: 'message-no-model',
    sentence: 'A reply names no model.',
    trips: ['messages.shape.valid'],
    spoils: putBody('/model', undefined),
  },
  {
    id: 'message-no-type',
    sentence: 'A reply has neither type nor role.',
    trips: ['messages.shape.valid'],
    spoils: bodyWith({ type: undefined, role: undefined }),
  },
  {
    id: 'message-no-stop-sequence',
    sentence: 'A reply leaves out stop_sequence where it is null.',
    imitates: ['vllm#56371'],
    trips: ['messages.shape.stop-keys'],
    spoils: putBody('/stop_sequence', undefined),
  },
  {
    id: 'message-content-null',
    sentence: 'The content of a reply is null.',
    trips: ['messages.shape.valid'],
    spoils: putBody('/content', null),
  },
  {
    id: 'message-content-text',
    sentence: 'The content of a reply is a string.',
    trips: ['messages.shape.valid'],
    spoils: putBody('/content', '1, 2'),
  },
  {
    id: 'tool-use-no-id',
    sentence: 'A tool_use block of a JSON reply has no id.',
    trips: ['messages.content.blocks-valid'],
    mayTrip: { ...sentBack, 'tools.id.prefix': 'There is no id that could have a prefix.' },
    touches: callPlain,
    spoils: putBody('/content/0/id', undefined),
  },
  {
    id: 'tool-input-text',
    sentence: 'The input of a tool_use block is a string with JSON in it.',
    imitates: ['vllm#48273'],
    trips: ['messages.content.blocks-valid'],
    mayTrip: sentBack,
    touches: callPlain,
    spoils: putBody('/content/0/input', '{"fruit":"apple"}'),
  },
  {
    id: 'tool-input-list',
    sentence: 'The input of a tool_use block is an array around the object.',
    trips: ['messages.content.blocks-valid'],
    mayTrip: sentBack,
    touches: callPlain,
    spoils: putBody('/content/0/input', [{ fruit: 'apple' }]),
  },
  {
    id: 'thinking-unsigned',
    sentence: 'A thinking block of a JSON reply has no signature.',
    imitates: ['lmdeploy#4851', 'sglang#29242'],
    trips: ['messages.content.blocks-valid'],
    mayTrip: { 'history.echo.thinking-accepted': 'The thinking is refused when it comes back.' },
    touches: thoughtPlain,
    spoils: putBody('/content/0/signature', undefined),
  },
  {
    id: 'unknown-block',
    sentence: 'The content of a reply ends with a block of a type of its own.',
    trips: ['messages.content.known-types'],
    spoils: mapBody((body) => ({ ...body, content: [...body.content, { type: 'engine_note', note: 'draft accepted' }] })),
  },
  {
    id: 'container-text',
    sentence: 'The container of a reply is a string.',
    trips: ['messages.optional-fields.valid'],
    spoils: putBody('/container', 'container_1'),
  },
  {
    id: 'vendor-fields',
    sentence: 'A reply carries fields of the engine.',
    trips: ['messages.fields.known'],
    spoils: putBody('/kv_transfer_params', { do_remote_prefill: false }),
  },
  {
    id: 'empty-text-block',
    sentence: 'An empty text block comes before a tool call.',
    imitates: ['vllm#34053'],
    trips: ['messages.text.not-empty'],
    mayTrip: { ...sentBack, 'tools.text.not-blank': 'It is a blank text beside a call.' },
    touches: callPlain,
    spoils: mapBody((body) => ({ ...body, content: [{ type: 'text', text: '' }, ...body.content] })),
  },
  {
    id: 'half-character',
    sentence: 'A reply ends inside an emoji, with half a surrogate pair.',
    trips: ['messages.text.well-formed'],
    spoils: putBody('/content/0/text', '1, 2 \uD83D'),
  },
  {
    id: 'thinking-last',
    sentence: 'The thinking of a reply comes behind its text.',
    trips: ['messages.thinking.first'],
    touches: thoughtPlain,
    spoils: mapBody((body) => ({ ...body, content: body.content.toReversed() })),
  },
  {
    id: 'id-constant',
    sentence: 'Every reply has the same id.',
    trips: ['messages.id.unique'],
    touches: any(countPlain, helloPlain),
    spoils: putBody('/id', 'msg_0'),
  },
  {
    id: 'id-of-chat-completion',
    sentence: 'The id of a reply is that of the chat completion behind it.',
    imitates: ['vllm#34053'],
    trips: ['messages.id.prefix'],
    spoils: putBody('/id', 'chatcmpl-4c1f0b'),
  },
  {
    id: 'model-of-engine',
    sentence: 'A reply names the file that the engine has loaded, not the model that was asked for.',
    trips: ['messages.model.as-requested'],
    spoils: putBody('/model', '/models/engine.gguf'),
  },
];

export const messageFaults: readonly KnownFault[] = [
  ...spoiled({ layer: 'json', touches: countPlain }, rows),
  fault({
    id: 'thinking-not-disabled',
    sentence: 'thinking of type disabled is ignored: the model thinks.',
    layer: 'behaviour',
    imitates: ['vllm#35035', 'vllm#53058'],
    trips: ['messages.thinking.disabled'],
    touches: all(
      plain,
      twoPlusTwo,
      at('/thinking/type', (value) => value === 'disabled'),
    ),
    act: assumes({ '/thinking': { type: 'adaptive' } }),
  }),
];
