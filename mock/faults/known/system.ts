/** Faults of the system prompt, and of system messages in the conversation. */
import { answers, ignores, refuses } from '../acting.ts';
import type { KnownFault } from '../fault.ts';
import { all, any, has, mentions, not, turns } from '../touching.ts';
import { acted, failed, refused } from './acted.ts';
import { aloneWith } from './stream-targets.ts';

const friendly = all(aloneWith('system'), mentions('You are a friendly assistant that answers in one short sentence.'));
const last = turns('user string / system string');
const toTheAgent = turns('user string / system text', mentions('Be brief.'));
const inLoop = 'user string / assistant tool_use / system string / user tool_result';

const prompts = acted({ layer: 'behaviour', act: ignores('/system') }, [
  {
    id: 'system-dropped',
    sentence: 'A system prompt that is a string is dropped.',
    trips: ['system.prompt.adds-tokens', 'system.prompt.reaches-model'],
    touches: any(all(friendly, not(has('/system/0/type'))), mentions('QUVEX-4417')),
  },
  {
    id: 'system-blocks-dropped',
    sentence: 'A system prompt of blocks is dropped.',
    trips: ['system.prompt.blocks-add-tokens'],
    touches: all(friendly, has('/system/0/type'), not(has('/system/0/cache_control'))),
  },
]);

const refusing = refused([
  {
    id: 'system-message-blocks-refused',
    sentence: 'A system message must be a string.',
    trips: ['system.message.blocks'],
    touches: turns('user string / system text', mentions('From now on')),
  },
  {
    id: 'system-message-before-reply-refused',
    sentence: 'A system message is taken at the end of a conversation only.',
    imitates: ['vllm#44505', 'ollama#17774'],
    trips: ['system.message.before-assistant'],
    touches: turns('user string / system string / assistant string / user string'),
  },
  {
    id: 'system-messages-in-a-row-refused',
    sentence: 'Two system messages in a row are refused.',
    trips: ['system.message.consecutive'],
    touches: turns('user string / system string / system string'),
  },
  {
    id: 'system-message-after-results-refused',
    sentence: 'The chat template takes no system message after results of tools.',
    imitates: ['vllm#44505', 'vllm#48874'],
    trips: ['system.message.after-tool-results'],
    touches: turns('user string / assistant tool_use / user tool_result / system string'),
  },
  {
    id: 'system-role-unnamed',
    sentence: 'The refusal of a system message does not name the role.',
    imitates: ['claude-code#63469', 'lmstudio-bug-tracker#2204'],
    trips: ['system.message.refusal-names-role', 'clients.claude-code.system-role-refusal'],
    touches: any(last, toTheAgent),
    act: refuses('invalid_request_error', 'The chat template failed.'),
  },
]);

const failing = failed([
  {
    id: 'system-role-crash',
    sentence: 'A system message makes the chat template throw, which ends in a 500.',
    imitates: ['ollama#17774', 'llama.cpp#27107', 'vllm#48874'],
    trips: ['system.message.accepted', 'system.message.refused-cleanly'],
    touches: last,
  },
  {
    id: 'system-role-detail',
    sentence: 'A system message is refused with 422 and the detail of a web framework.',
    imitates: ['omlx#1503', 'vllm#44000', 'sglang#28792'],
    trips: ['system.message.refused-cleanly', 'errors.envelope.not-foreign'],
    touches: last,
    act: answers(422, {
      detail: [{ loc: ['body', 'messages', 1, 'role'], msg: "Input should be 'user' or 'assistant'", type: 'literal_error' }],
    }),
  },
  {
    id: 'system-message-after-server-tool-crash',
    sentence: 'A system message after the result of a server tool ends in a 500.',
    trips: ['system.message.after-server-tool'],
    touches: turns('user string / assistant server_tool_use web_search_tool_result / system string'),
  },
]);

const taking = acted({ layer: 'behaviour', act: ignores('/messages/1') }, [
  {
    id: 'system-message-dropped',
    sentence: 'System messages are dropped without a word.',
    trips: ['system.message.not-dropped'],
    touches: last,
  },
  {
    id: 'system-message-in-loop-taken',
    sentence: 'A system message between a call and its result is taken.',
    trips: ['system.message.inside-tool-loop'],
    touches: turns(inLoop),
    act: ignores('/messages/2'),
  },
  {
    id: 'system-message-beta-fields-ignored',
    sentence: 'The beta fields of system messages are ignored without their beta header.',
    trips: ['system.message.beta-fields'],
    touches: has('/messages/3/clear_at'),
    act: ignores('/messages/3/clear_at', '/messages/3/output_config'),
  },
  {
    id: 'system-message-tool-ignored',
    sentence: 'A tool that a system message adds is ignored without the beta header.',
    trips: ['system.message.beta-blocks'],
    touches: turns('user string / assistant string / user string / system tool_addition'),
    act: ignores('/messages/3'),
  },
]);

export const systemFaults: readonly KnownFault[] = [...prompts, ...refusing, ...failing, ...taking];
