/** How content blocks stand in a stream: started, filled with deltas of their kind, stopped, one after the other. */
import type { Violation } from '../../spec/index.ts';
import type { GeneralCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { at, eventsOf, isCut } from '../reading.ts';
import { ruleCheck } from './rule-check.ts';

const blockEvents = { called: 'content block', events: ['content_block_start', 'content_block_delta', 'content_block_stop'] } as const;

export const blockEventsNameOpenBlock: GeneralCheck = ruleCheck({
  id: 'stream.order.block-events-name-open-block',
  level: 'must',
  rules: ['block-start-before-delta'],
  about: { called: 'delta or stop of a block', events: ['content_block_delta', 'content_block_stop'] },
  requirement: 'Every content_block_delta and content_block_stop names a block that was started and not yet stopped.',
  covers: ['stream.order.block-start-before-delta'],
  source: docs.sdkMessageStream,
  breaks: [
    sdkTypescript('the stream helper throws, or loses the delta without a word'),
    claudeCode('generates the turn again without stream; a delta after its block has stopped ends the session with an error'),
  ],
  bugs: ['ollama#14816'],
  fix: 'Number the blocks where they are started and take the number of a delta from the block that is open.',
});

export const blocksAreStopped: GeneralCheck = ruleCheck({
  id: 'stream.order.blocks-are-stopped',
  level: 'must',
  rules: ['block-stop-each'],
  about: blockEvents,
  requirement: 'Every content block is stopped exactly once, before the first message_delta.',
  covers: ['stream.order.block-stop-each', 'stream.max-tokens'],
  source: docs.streaming,
  breaks: [claudeCode('ends with an error: the tool call could not be parsed')],
  fix: 'Close the open block on every path that ends generation, the token limit included.',
});

export const oneBlockAtATime: GeneralCheck = ruleCheck({
  id: 'stream.order.one-block-at-a-time',
  level: 'must',
  rules: ['no-interleave'],
  about: blockEvents,
  requirement: 'A content block is stopped before the next one starts.',
  covers: ['stream.order.no-interleave', 'stream.parallel-tools'],
  source: docs.streaming,
  breaks: [sdkTypescript('helper events name the wrong block')],
  fix: 'Buffer the arguments of parallel tool calls, or send one call after the other.',
});

export const indexInteger: GeneralCheck = ruleCheck({
  id: 'stream.order.index-integer',
  level: 'must',
  rules: ['index-integer'],
  about: blockEvents,
  requirement: 'Every event of a content block carries an integer index, 0 or more.',
  covers: ['stream.index.integer'],
  source: docs.sdkMessages,
  breaks: [sdkTypescript('text and tool arguments vanish, and a tool runs with empty arguments')],
});

export const indexContiguous: GeneralCheck = ruleCheck({
  id: 'stream.order.index-contiguous',
  level: 'must',
  rules: ['index-zero-based', 'index-contiguous'],
  about: { called: 'content_block_start', events: ['content_block_start'] },
  requirement: 'Content blocks are numbered 0, 1, 2 and so on, in the order in which they start.',
  covers: ['stream.index.zero-based', 'stream.index.contiguous', 'stream.index.matches-content'],
  source: docs.streaming,
  breaks: [sdkTypescript('the index addresses the content array: text and tool arguments vanish, and a tool runs with empty arguments')],
  fix: 'Count a block when it is started; do not take over the number that an engine gives its tool calls.',
});

export const deltaMatchesBlock: GeneralCheck = ruleCheck({
  id: 'stream.order.delta-matches-block',
  level: 'must',
  rules: ['delta-kind-matches-block'],
  about: { called: 'content_block_delta', events: ['content_block_delta'] },
  requirement: 'A delta is of a kind that belongs to the type of its block; blocks that arrive whole have none.',
  covers: ['stream.delta.kind-matches-block', 'stream.block.no-delta-kinds'],
  source: docs.streaming,
  breaks: [
    sdkTypescript('the stream helper drops the delta without a word'),
    claudeCode('drops the stream and generates the same turn again without stream'),
  ],
  bugs: ['sglang#24293', 'litellm#33224', 'litellm#25212'],
  fix: 'When the parser changes from thinking to text or to a tool call, stop the block and start the next before the delta.',
});

export const signatureOnceAndLast: GeneralCheck = ruleCheck({
  id: 'stream.order.signature-once-and-last',
  level: 'must',
  rules: ['signature-once'],
  about: { called: 'thinking block', events: ['content_block_start'], block: 'thinking' },
  probes: ['thinking'],
  excuses: isMissingInCutBlock,
  requirement: 'A thinking block that is complete has exactly one signature_delta, as its last delta.',
  covers: ['stream.delta.signature-once', 'stream.delta.signature-replaces'],
  source: docs.thinking,
  breaks: [
    claudeCode('sends the thinking back with an empty signature, or with half of one, which a server may refuse'),
    sdkTypescript('keeps the thinking with an empty signature, or with half of one, and sends it back so'),
  ],
  bugs: ['lmdeploy#4851', 'sglang#29242'],
  fix: 'Sign the block when it ends; a server without signatures may send any opaque, non-empty string.',
});

/** The last block of a message that was cut never got to its signature; two signatures have no such excuse. */
function isMissingInCutBlock({ at: place }: Violation, evidence: Evidence): boolean {
  const last = eventsOf(evidence, 'content_block_start').at(-1);
  const event = evidence.frames[place]?.json;
  return isCut(evidence) && at(event, 'type') === 'content_block_stop' && at(event, 'index') === last?.data['index'];
}
