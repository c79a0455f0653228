/** Tool calls wherever they occur. Their fields are checked in `messages`, the stop reason that goes with them in `stop`. */
import { type Check, check } from '../model/check.ts';
import { fail, inconclusive, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { messages } from '../model/kinds.ts';
import { at, blocksOf } from '../reading.ts';
import { claudeCode, docs } from '../references.ts';
import { callsOf, offeredNames } from './calls.ts';

const probes = ['tool-forced', 'tool-empty-schema', 'tool-arguments', 'tool-parallel'] as const;

const idUnique = check({
  id: 'tools.id.unique',
  level: 'must',
  layer: 'schema',
  requirement: 'The tool_use blocks of one message have different ids.',
  covers: ['tools.ids.unique-in-message'],
  source: docs.toolUse,
  breaks: [claudeCode('runs only one of the calls')],
  bugs: ['vllm#34053'],
  fix: 'Draw ids at random; a clock in seconds repeats within one message.',
  reads: messages,
  probes,
  judge: (evidence) => {
    const ids = callsOf(evidence).map(({ block }) => block['id']);
    if (ids.length < 2) return notApplicable('fewer than two tool_use blocks');
    return new Set(ids).size === ids.length
      ? pass
      : fail({ pointer: '/content', expected: 'different ids', found: ids.map(shown).join(', ') });
  },
});

const nameOffered = check({
  id: 'tools.name.offered',
  level: 'must',
  layer: 'semantics',
  requirement: 'A tool_use block names a tool that the request offered.',
  covers: ['tools.names-valid', 'tools.auto.zero-or-more'],
  source: docs.toolUse,
  breaks: [],
  why: 'A client has no function for it; the best it can do is to tell the model so.',
  fix: 'Text that only looks like a call stays text.',
  reads: messages,
  probes,
  judge: (evidence) => {
    const calls = callsOf(evidence);
    if (calls.length === 0) return notApplicable('the message has no tool_use block');
    const names = offeredNames(evidence);
    if (names === undefined) return notApplicable('the request offers a toolset, which has no names');
    const wrong = calls.flatMap(({ block: { name }, position }) => {
      if (typeof name === 'string' && names.includes(name)) return [];
      const expected = names.length === 0 ? 'no call, since no tool was offered' : `one of ${names.join(', ')}`;
      return [{ pointer: `/content/${position}/name`, expected, found: shown(name) }];
    });
    // Left to itself a weak model makes names up, and a client can tell it so. A server that was told to make it call holds it to the names.
    const isFree = names.length > 0 && [undefined, 'auto'].some((choice) => choice === at(evidence.request.json, 'tool_choice', 'type'));
    const [first] = wrong;
    return first !== undefined && isFree ? inconclusive(`the model may have made the name up: ${first.found}`) : verdictOf(wrong);
  },
});

const idPrefix = check({
  id: 'tools.id.prefix',
  level: 'may',
  layer: 'schema',
  requirement: 'The id of a tool_use block begins with toolu_, and that of a server_tool_use block with srvtoolu_.',
  covers: ['tools.ids.prefix'],
  source: docs.toolUse,
  breaks: [],
  why: 'People tell the ids in their logs apart by the prefix.',
  reads: messages,
  probes,
  judge: ({ message }) => {
    const calls = blocksOf(message).filter(({ type }) => typeof type === 'string' && Object.hasOwn(prefixes, type));
    if (calls.length === 0) return notApplicable('the message has no call');
    return verdictOf(
      calls.flatMap(({ type, id }) => {
        const prefix = type === 'server_tool_use' ? prefixes.server_tool_use : prefixes.tool_use;
        const isRight = typeof id === 'string' && id.startsWith(prefix);
        return isRight ? [] : [{ pointer: '/content', expected: `an id that begins with ${prefix}`, found: shown(id) }];
      }),
    );
  },
});

const prefixes = { tool_use: 'toolu_', server_tool_use: 'srvtoolu_' } as const;

export const blockChecks: readonly Check[] = [idUnique, nameOffered, idPrefix];
