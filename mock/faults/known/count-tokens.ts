/** Faults of count_tokens: counts that leave something out, or are no counts. What it refuses, or takes, wrongly: `count-tokens-requests.ts`. */
import type { JsonObject } from '../../../spec/json.ts';
import { asText } from '../../../spec/as-text.ts';
import { answers, crashes, hears, ignores, refuses, says } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { setHeader } from '../reply-faults.ts';
import { all, at, counts, has, mentions, not, type Touch, valueAt } from '../touching.ts';
import { countRequestFaults } from './count-tokens-requests.ts';
import { answersLate, isList, mapJson, withEach } from './shaping.ts';

/** The prompt that only the measurement of time counts. */
const lighthouse = all(counts, mentions('lighthouse'));
const onlyQuestion = at('/messages', (list) => isList(list) && list.length === 1);
const isText = (value: unknown): boolean => valueAt(value, '/type') === 'text';
/** A conversation of plain texts, on its own. */
const plainTalk = all(
  counts,
  at('/messages', (list) => isList(list) && list.length === 3 && list.every((message) => typeof valueAt(message, '/content') === 'string')),
  not(has('/system')),
);
const withSystem = all(
  counts,
  at('/system', (system) => typeof system === 'string' || isList(system)),
  not(mentions('cache_control')),
);
const withToolsOnly = all(counts, has('/tools'), onlyQuestion, not(has('/tool_choice')), not(has('/cache_control')), not(has('/system')));
const withBlocks = all(counts, onlyQuestion, at('/messages/0/content', isList));
const textBlocks = all(
  withBlocks,
  at('/messages/0/content', (list) => isList(list) && list.every(isText)),
);

/** The request with another content of its first message. */
function firstContent(change: (blocks: readonly unknown[]) => unknown): (body: JsonObject) => unknown {
  return (body) =>
    withEach(body, '/messages', (message, index) => {
      const content = valueAt(message, '/content');
      return index === 0 && isList(content) ? { ...Object(message), content: change(content) } : message;
    });
}

/** The answer with another count. */
function countsAs(change: (tokens: number) => number): ReturnType<typeof says> {
  return says(mapJson((body) => ({ input_tokens: change(Number(valueAt(body, '/input_tokens'))) })));
}

const forgets = (type: string): ReturnType<typeof hears> =>
  hears(firstContent((blocks) => blocks.filter((block) => valueAt(block, '/type') !== type)));

const counted = (rule: string): string => `count-tokens.value.${rule}`;

/** What is counted wrong: one row, one fault. */
interface Row extends Pick<KnownFault, 'id' | 'sentence' | 'imitates' | 'mayTrip' | 'act'> {
  readonly rules: readonly string[];
  readonly touches: Touch;
}

const rows: readonly Row[] = [
  {
    id: 'counts-first-message-only',
    sentence: 'Only the first message of a conversation is counted.',
    rules: ['more-turns'],
    touches: plainTalk,
    act: hears((body) => withEach(body, '/messages', (message, index) => (index === 0 ? message : undefined))),
  },
  {
    id: 'counts-short-texts-only',
    sentence: 'Of a message in plain text only the first ten characters are counted.',
    rules: ['longer-text'],
    touches: all(
      counts,
      onlyQuestion,
      mentions('Say hello. Then'),
      at('/messages/0/content', (content) => typeof content === 'string'),
      not(has('/tools')),
    ),
    act: hears((body) =>
      withEach(body, '/messages', (message) => ({ ...Object(message), content: asText(valueAt(message, '/content')).slice(0, 10) })),
    ),
  },
  {
    id: 'counts-no-system',
    sentence: 'The system prompt is not counted.',
    imitates: ['CLIProxyAPI#679'],
    rules: ['system', 'every-system-block', 'close-to-usage'],
    touches: withSystem,
    mayTrip: { [counted('close-to-usage-with-tools')]: 'Its prompt has a system prompt, too.' },
    act: ignores('/system'),
  },
  {
    id: 'counts-no-system-blocks',
    sentence: 'A system prompt in blocks is not counted.',
    rules: ['system-string-equals-block', 'every-system-block'],
    touches: all(withSystem, at('/system', isList)),
    act: ignores('/system'),
  },
  {
    id: 'counts-first-system-block',
    sentence: 'Of the blocks of a system prompt only the first is counted.',
    rules: ['every-system-block'],
    touches: all(withSystem, at('/system', isList)),
    act: hears((body) => withEach(body, '/system', (block, index) => (index === 0 ? block : undefined))),
  },
  {
    id: 'counts-no-tools',
    sentence: 'Tool definitions are not counted.',
    rules: ['tools', 'every-tool', 'tool-descriptions'],
    touches: withToolsOnly,
    act: ignores('/tools'),
  },
  {
    id: 'counts-first-tool-only',
    sentence: 'Of the tools only the first is counted.',
    rules: ['every-tool'],
    touches: withToolsOnly,
    act: hears((body) => withEach(body, '/tools', (tool, index) => (index === 0 ? tool : undefined))),
  },
  {
    id: 'counts-no-descriptions',
    sentence: 'The descriptions of tools are not counted.',
    rules: ['tool-descriptions'],
    touches: all(
      withToolsOnly,
      at('/tools', (tools) => isList(tools) && tools.length === 1),
    ),
    act: hears((body) => withEach(body, '/tools', (tool) => ({ ...Object(tool), description: '' }))),
  },
  {
    id: 'counts-no-tool-results',
    sentence: 'What tools answered is not counted.',
    rules: ['tool-results'],
    touches: all(counts, has('/messages/2/content/0/tool_use_id')),
    act: hears((body) =>
      withEach(body, '/messages', (message, index) =>
        index === 2 ? withEach(message, '/content', (block) => ({ ...Object(block), content: '' })) : message,
      ),
    ),
  },
  {
    id: 'counts-first-block-only',
    sentence: 'Of the text blocks of a message only the first is counted.',
    rules: ['every-block'],
    mayTrip: { 'content.blocks.none-dropped': 'It looks at counts to see whether blocks are read.' },
    touches: textBlocks,
    act: hears(firstContent((blocks) => blocks.slice(0, 1))),
  },
  {
    id: 'counts-blocks-dearer',
    sentence: 'A text costs more tokens in a block than as a string.',
    rules: ['string-equals-block'],
    touches: textBlocks,
    act: countsAs((tokens) => tokens + 2),
  },
  {
    id: 'counts-cache-markers',
    sentence: 'A marker for the cache is counted as if it were text.',
    rules: ['cache-control'],
    touches: all(textBlocks, mentions('cache_control')),
    act: countsAs((tokens) => tokens + 9),
  },
  {
    id: 'counts-differently-each-time',
    sentence: 'The same prompt has one token more each time that it is counted.',
    rules: ['repeatable'],
    mayTrip: { [counted('string-equals-block')]: 'The prompt may have been counted before by another probe.' },
    touches: all(
      counts,
      onlyQuestion,
      at('/messages/0/content', (content) => content === 'Say hello.'),
      not(has('/tools')),
      not(has('/system')),
    ),
    act: () => {
      let before = 0;
      return { says: mapJson((body) => ({ input_tokens: Number(valueAt(body, '/input_tokens')) + before++ })) };
    },
  },
  {
    id: 'counts-up-to-200',
    sentence: 'No prompt has more than 200 tokens.',
    rules: ['proportional'],
    touches: all(counts, ({ text }) => text.length > 2000),
    act: countsAs((tokens) => Math.min(tokens, 200)),
  },
  {
    id: 'counts-no-images',
    sentence: 'An image is counted as nothing.',
    rules: ['image'],
    touches: all(
      withBlocks,
      at('/messages/0/content/0/type', (type) => type === 'image'),
    ),
    act: forgets('image'),
  },
  {
    id: 'counts-no-documents',
    sentence: 'A document is counted as nothing.',
    rules: ['document'],
    touches: all(
      withBlocks,
      at('/messages/0/content/0/type', (type) => type === 'document'),
    ),
    act: forgets('document'),
  },
  {
    id: 'counts-no-thinking-turns',
    sentence: 'A turn in which the model thought is left out of the count, with its text.',
    rules: ['thinking-prior'],
    touches: all(
      counts,
      at('/messages/1/content/0/type', (type) => type === 'thinking'),
    ),
    act: hears((body) => withEach(body, '/messages', (message, index) => (index === 1 ? undefined : message))),
  },
  {
    id: 'counts-too-few',
    sentence: 'Half of the tokens that the prompt will use are counted.',
    imitates: ['litellm#37102'],
    rules: ['close-to-usage'],
    touches: all(counts, mentions('rainy afternoon at home'), not(has('/tools'))),
    act: countsAs((tokens) => Math.floor(tokens / 2)),
  },
  {
    id: 'counts-too-few-with-tools',
    sentence: 'A prompt with tools is counted without what its chat template makes of them.',
    imitates: ['litellm#37102'],
    rules: ['close-to-usage-with-tools'],
    touches: all(counts, mentions('rainy afternoon at home'), has('/tools')),
    act: ignores('/tools'),
  },
  {
    id: 'counts-zero',
    sentence: 'Every count is 0.',
    imitates: ['CLIProxyAPI#679'],
    rules: ['positive'],
    touches: lighthouse,
    act: countsAs(() => 0),
  },
];

const tables: readonly KnownFault[] = rows.map(({ rules, ...row }) => fault({ layer: 'behaviour', ...row, trips: rules.map(counted) }));

const answersWrong: readonly KnownFault[] = [
  fault({
    id: 'count-unexpected-endpoint',
    sentence: 'A request to count is answered 200 with an object that says that the endpoint is not expected.',
    layer: 'json',
    imitates: ['lmstudio-bug-tracker#2055', 'litellm#13252'],
    touches: lighthouse,
    trips: ['errors.status.not-200'],
    act: answers(200, { error: 'Unexpected endpoint or method. (POST /v1/messages/count_tokens)' }),
  }),
  fault({
    id: 'count-missing',
    sentence: 'There is no route to count tokens.',
    layer: 'status',
    // Allowed.
    trips: [],
    touches: counts,
    act: refuses('not_found_error', 'There is nothing here.'),
  }),
  fault({
    id: 'count-not-implemented',
    sentence: 'A request to count is answered 501.',
    layer: 'status',
    // Allowed, too.
    trips: [],
    touches: counts,
    act: answers(501, { type: 'error', error: { type: 'api_error', message: 'Not implemented.' }, request_id: 'req_of_a_fault' }),
  }),
  fault({
    id: 'count-crashes',
    sentence: 'Every request to count ends in a 500.',
    layer: 'status',
    trips: ['http.json.parses', 'errors.status.no-5xx-on-bad-input'],
    mayTrip: { 'clients.claude-code.counts-tools': 'It counts its tools.' },
    touches: counts,
    act: crashes,
  }),
  fault({
    id: 'count-empty-object',
    sentence: 'A request to count is answered 200 with {}.',
    layer: 'json',
    touches: lighthouse,
    trips: ['count-tokens.shape.valid'],
    act: answers(200, {}),
  }),
  fault({
    id: 'count-route-absent',
    sentence: 'There is no route that counts: the router says so in plain text.',
    layer: 'status',
    touches: counts,
    trips: ['http.json.parses'],
    act: answers(404, '404 page not found', 'text/plain'),
  }),
  fault({
    id: 'count-empty-body',
    sentence: 'A request to count is answered 200 without a body.',
    layer: 'bytes',
    touches: lighthouse,
    trips: ['http.json.parses'],
    act: answers(200, ''),
  }),
  fault({
    id: 'count-as-text',
    sentence: 'A count is sent as text/plain.',
    layer: 'headers',
    touches: lighthouse,
    trips: ['http.json.content-type'],
    act: says(setHeader('content-type', 'text/plain')),
  }),
  fault({
    id: 'count-by-generating',
    sentence: 'To count the tokens of a prompt, it is answered.',
    layer: 'timing',
    touches: lighthouse,
    trips: ['count-tokens.time.no-generation'],
    act: says(answersLate(40)),
  }),
];

export const countTokensFaults: readonly KnownFault[] = [...tables, ...answersWrong, ...countRequestFaults];
