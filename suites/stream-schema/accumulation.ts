/** What the deltas of a block come to: increments that join to a text or to one JSON object. */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { asText } from '../../spec/as-text.ts';
import { check, type GeneralCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, notApplicable, shown, verdictOf } from '../model/judgement.ts';
import { completeStreams, streams } from '../model/kinds.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { at, eventsOf, isCut, isList, type StreamEvent } from '../reading.ts';

/** A block of a stream with the deltas that name its index. */
interface StreamedBlock {
  readonly start: StreamEvent;
  readonly block: JsonObject;
  readonly deltas: readonly StreamEvent[];
}

function streamedBlocks(evidence: Evidence, type: string): readonly StreamedBlock[] {
  const deltas = eventsOf(evidence, 'content_block_delta');
  return eventsOf(evidence, 'content_block_start').flatMap((start) => {
    const block = start.data['content_block'];
    if (!isJsonObject(block) || block['type'] !== type) return [];
    return [{ start, block, deltas: deltas.filter(({ data }) => data['index'] === start.data['index']) }];
  });
}

/** Fewer pieces may repeat each other by chance. */
const telling = 4;

export const deltasAreIncrements: GeneralCheck = check({
  id: 'stream.schema.deltas-are-increments',
  level: 'must',
  layer: 'schema',
  reads: streams,
  probes: ['text', 'counting', 'long-stream'],
  requirement: 'A text_delta holds what is new, not all the text so far.',
  covers: ['stream.delta.incremental-not-cumulative'],
  source: docs.versioning,
  breaks: [claudeCode('shows every word many times over'), sdkTypescript('joins the deltas, so that the text repeats itself')],
  fix: 'Keep the length already sent and send the rest.',
  judge: (evidence) => {
    const pieces = streamedBlocks(evidence, 'text')
      .map(({ deltas }) => deltas.filter(({ data }) => textOf(data) !== ''))
      .filter(({ length }) => length >= telling);
    if (pieces.length === 0) return notApplicable(`no text block with ${telling} deltas or more`);
    return verdictOf(pieces.flatMap(growing));
  },
});

function textOf(data: JsonObject): string {
  const text = at(data, 'delta', 'text');
  return typeof text === 'string' ? text : '';
}

/** Each piece repeating the one before and adding to it is what an engine's output so far looks like. */
function growing(deltas: readonly StreamEvent[]): readonly Deviation[] {
  const texts = deltas.map(({ data }) => textOf(data));
  const repeats = texts.every((text, n) => n === 0 || text.startsWith(texts[n - 1] ?? ''));
  const grows = (texts.at(-1)?.length ?? 0) >= (texts[0]?.length ?? 0) + telling - 1;
  // A model that has lost its way writes line breaks or dashes in tokens of growing length: it repeats itself, not the server.
  const isText = new Set(texts.at(-1)).size >= telling;
  const last = deltas.at(-1);
  if (!repeats || !grows || !isText || last === undefined) return [];
  return [
    { frame: last.frame, pointer: '/delta/text', expected: 'only what is new', found: `the text so far again: ${shown(texts.at(-1))}` },
  ];
}

export const toolInputParses: GeneralCheck = check({
  id: 'stream.schema.tool-input-parses',
  level: 'must',
  layer: 'schema',
  reads: completeStreams,
  probes: ['tool-forced'],
  needs: ['tools'],
  after: ['stream.schema.block-delta', 'stream.order.index-contiguous'],
  requirement: 'The fragments of a complete tool_use block join to one JSON object, or to nothing where the input is {}.',
  covers: ['stream.delta.json-concat-parses', 'stream.delta.json-strict-syntax', 'stream.equiv.tool-input'],
  source: docs.streaming,
  breaks: [
    sdkTypescript('runs the tool with {} after truncated JSON; throws at anything that is not JSON'),
    claudeCode('tells the model that its tool call was invalid'),
  ],
  bugs: ['vllm#34887', 'vllm#42683', 'sglang#39782', 'litellm#25216'],
  fix: 'Send every fragment exactly once, the first and the last included, each call in a block of its own.',
  judge: (evidence) => {
    const calls = streamedBlocks(evidence, 'tool_use').filter(({ start, block }) => !mayBePartial(start, block, evidence));
    if (calls.length === 0) return notApplicable('no complete tool_use block in the stream');
    return verdictOf(calls.flatMap(unlessObject));
  },
});

function unlessObject({ start, deltas }: StreamedBlock): readonly Deviation[] {
  const json = deltas.map(({ data }) => asText(at(data, 'delta', 'partial_json') ?? '')).join('');
  if (json.trim() === '' || isObjectText(json)) return [];
  const { frame } = deltas.at(-1) ?? start;
  return [{ frame, pointer: '/delta/partial_json', expected: 'fragments of one JSON object', found: shown(json) }];
}

function isObjectText(json: string): boolean {
  try {
    return isJsonObject(JSON.parse(json));
  } catch {
    return false;
  }
}

/** The last block of a cut message, and calls of tools whose arguments were asked for unchecked, need not be valid. */
function mayBePartial(start: StreamEvent, block: JsonObject, evidence: Evidence): boolean {
  const last = eventsOf(evidence, 'content_block_start').at(-1);
  if (isCut(evidence) && start.frame === last?.frame) return true;
  const tools = at(evidence.request.json, 'tools');
  return isList(tools) && tools.some((tool) => at(tool, 'name') === block['name'] && at(tool, 'eager_input_streaming') === true);
}

export const charactersWhole: GeneralCheck = check({
  id: 'stream.schema.characters-whole',
  level: 'should',
  layer: 'schema',
  reads: streams,
  probes: ['text', 'counting', 'long-stream'],
  requirement: 'No text delta holds half a character: a surrogate without its partner.',
  covers: ['sse.utf8-boundaries'],
  source: docs.eventStreams,
  breaks: [sdkTypescript('the half character becomes a replacement character wherever the text is encoded')],
  fix: 'Hold back an incomplete character until the rest of it is there.',
  judge: (evidence) => {
    const deltas = eventsOf(evidence, 'content_block_delta').filter(({ data }) => textOf(data) !== '');
    if (deltas.length === 0) return notApplicable('no text in the stream');
    const broken = deltas.filter(({ data }) => !textOf(data).isWellFormed());
    return verdictOf(
      broken.map(({ frame, data }) => ({ frame, pointer: '/delta/text', expected: 'whole characters', found: shown(textOf(data)) })),
    );
  },
});
