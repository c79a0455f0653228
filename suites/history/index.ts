/** Checks of the area `history`: conversations of several turns, the server's own replies among them. */
import { acceptance } from '../acceptance.ts';
import { type Check, scenario, type ScenarioCheck } from '../model/check.ts';
import { fail, inconclusive, pass } from '../model/judgement.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { at, inputTotal, isAccepted } from '../reading.ts';
import { variantChecks } from '../variants.ts';
import { callChecks } from './calls.ts';
import { thinkingHistories } from './thinking.ts';

/** All but the thinking ones differ from one accepted request in their messages alone. */
const accepts = (
  step: string,
  meta: Pick<ScenarioCheck, 'id' | 'requirement' | 'covers' | 'breaks'> & Partial<Pick<ScenarioCheck, 'level' | 'why' | 'bugs' | 'fix'>>,
): ScenarioCheck =>
  acceptance({
    level: 'must',
    layer: 'http',
    source: docs.workingWithMessages,
    control: 'history/plain',
    variant: `history/${step}`,
    ...meta,
  });

const conversationChecks: readonly ScenarioCheck[] = [
  accepts('multi-turn', {
    id: 'history.turns.accepted',
    requirement: 'A conversation of user, assistant and user is accepted.',
    covers: ['req.roles.multi-turn'],
    breaks: [claudeCode('no session gets beyond its first turn'), sdkTypescript('the tool runner fails at its second request')],
  }),
  accepts('consecutive-user', {
    id: 'history.turns.consecutive-user',
    requirement: 'Two user messages in a row are accepted; they count as one turn.',
    covers: ['req.roles.consecutive-merge'],
    breaks: [claudeCode('sends such histories after an interruption')],
    fix: 'Merge neighbours of the same role before the chat template sees them.',
  }),
  accepts('consecutive-assistant', {
    id: 'history.turns.consecutive-assistant',
    requirement: 'Two assistant messages in a row are accepted; they count as one turn.',
    covers: ['req.roles.consecutive-merge'],
    breaks: [],
    why: 'Agents that record a reply and then a note of their own send such histories.',
  }),
  accepts('assistant-first', {
    id: 'history.turns.assistant-first',
    level: 'should',
    requirement: 'A conversation may begin with an assistant message.',
    covers: ['req.roles.first-assistant'],
    breaks: [],
    why: 'Chat frontends begin with a greeting of the assistant, and truncated histories begin anywhere.',
    bugs: ['anthropic-sdk-typescript#622'],
  }),
  accepts('block', {
    id: 'history.content.block',
    requirement: 'The content of a message is accepted as an array with one text block.',
    covers: ['req.content.string-equals-block', 'block.in.text'],
    breaks: [claudeCode('no request works, it always sends blocks')],
  }),
  accepts('several-blocks', {
    id: 'history.content.several-blocks',
    requirement: 'Several text blocks in one message are accepted.',
    covers: ['req.content.multi-text-blocks'],
    breaks: [claudeCode('no request works, it puts reminders before the question')],
  }),
  accepts('echo', {
    id: 'history.echo.accepted',
    requirement: 'The content of a reply is accepted as it came, as an assistant message of the next request.',
    covers: ['block.in.echo-response-content', 'block.in.text-citations-assistant'],
    breaks: [claudeCode('the second turn fails'), sdkTypescript('the tool runner fails at its second request')],
    why: 'Clients send back what they got, nulls and additions included.',
    fix: 'Accept in requests what you write into replies, such as citations: null.',
  }),
  accepts('echo-streamed', {
    id: 'history.echo.streamed-accepted',
    requirement: 'The content that a stream folds to is accepted as an assistant message of the next request.',
    covers: ['block.in.echo-response-content'],
    breaks: [claudeCode('the second turn fails')],
  }),
];

const thinkingEcho: ScenarioCheck = acceptance({
  id: 'history.echo.thinking-accepted',
  level: 'should',
  layer: 'http',
  needs: ['thinking'],
  control: 'thinking/on',
  variant: 'thinking/echo',
  requirement: 'Thinking of an earlier reply is accepted back with its signature, unchanged.',
  covers: ['block.in.thinking-roundtrip'],
  source: docs.thinking,
  breaks: [claudeCode('a session with thinking fails at its second turn')],
  fix: 'Accept the signatures that you send, the empty one included.',
});

const blockEqualsString: ScenarioCheck = scenario({
  id: 'history.content.block-equals-string',
  level: 'should',
  layer: 'semantics',
  reads: { string: 'history/plain', block: 'history/block' },
  after: ['usage.shape.valid'],
  requirement: 'A string and one text block with the same text have the same input tokens.',
  covers: ['req.content.string-equals-block'],
  source: docs.messages,
  breaks: [],
  why: 'The block is another spelling of the string: where the counts differ, the model sees something else.',
  fix: 'Turn strings into blocks, or blocks into strings, before the chat template sees them.',
  judge: ({ string, block }) => {
    if (!isAccepted(string) || !isAccepted(block)) return inconclusive('a request was refused');
    const [expected, found] = [string, block].map(({ message }) => inputTotal(at(message, 'usage')));
    if (expected === undefined || found === undefined) return inconclusive('the usage has no input_tokens');
    if (expected === found) return pass;
    return fail({ of: block, pointer: '/usage/input_tokens', expected: `${expected} as for the string`, found: String(found) });
  },
});

export const checks: readonly Check[] = [
  ...conversationChecks,
  thinkingEcho,
  blockEqualsString,
  ...callChecks,
  ...variantChecks(thinkingHistories),
];
