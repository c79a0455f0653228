/** Faults of the blocks that earlier replies, of other servers too, have left in a history. */
import { ignores } from '../acting.ts';
import type { KnownFault } from '../fault.ts';
import { all, at, has, not, turns } from '../touching.ts';
import { acted, failed } from './acted.ts';
import { is } from './errors-taken.ts';

const replied = (blocks: string): string => `user string / assistant ${blocks} / user string`;
const block = '/messages/1/content/0';
const thought = turns(replied('thinking text'), not(has('/thinking')));
const signature = at(`${block}/signature`, is(''));
const noText = at(`${block}/thinking`, is(''));

const failing = failed([
  {
    id: 'redacted-thinking-crash',
    sentence: 'Redacted thinking in a history ends in a 500.',
    imitates: ['vllm#36992', 'free-claude-code#492', 'sub2api#3677'],
    trips: ['content.redacted-thinking.handled'],
    touches: turns(replied('redacted_thinking text')),
  },
  {
    id: 'foreign-signature-crash',
    sentence: 'The signature of another server ends in a 500.',
    trips: ['content.thinking.foreign-signature'],
    touches: all(thought, not(signature), not(noText)),
  },
  {
    id: 'empty-signature-crash',
    sentence: 'An empty signature in a history ends in a 500.',
    trips: ['content.thinking.empty-signature'],
    touches: all(thought, signature),
  },
  {
    id: 'omitted-thinking-crash',
    sentence: 'Thinking without its text ends in a 500.',
    trips: ['content.thinking.omitted-text'],
    touches: all(thought, noText),
  },
  {
    id: 'server-tool-history-crash',
    sentence: 'A server tool in a history ends in a 500.',
    imitates: ['sub2api#3677', 'free-claude-code#492'],
    trips: ['content.server-tool.handled'],
    touches: turns(replied('server_tool_use web_search_tool_result text')),
  },
]);

const taking = acted({ layer: 'behaviour', act: ignores('/messages/1') }, [
  {
    id: 'server-tool-alone-taken',
    sentence: 'A call of a server tool without its result is taken.',
    trips: ['content.server-tool.without-result'],
    touches: turns(replied('server_tool_use text')),
    act: ignores(block),
  },
  {
    id: 'server-tool-answered-taken',
    sentence: 'A tool_result for a call of a server tool is taken.',
    trips: ['content.server-tool.client-result'],
    touches: turns('user string / assistant server_tool_use web_search_tool_result text / user tool_result text'),
    act: ignores('/messages/2/content/0'),
  },
]);

export const replyFaults: readonly KnownFault[] = [...failing, ...taking];
