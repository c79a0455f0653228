/** Faults of `tool_choice`: choices that are taken for others, or refused. */
import { assumes, ignores, refuses, says } from '../acting.ts';
import type { KnownFault } from '../fault.ts';
import { mapBody } from '../reply-faults.ts';
import { all, any, at, has, messages, not, plain, streams } from '../touching.ts';
import { acted, refused } from './acted.ts';
import { callPlain, callStream } from './stream-targets.ts';
import { is } from './tools-shaping.ts';

const limited = '/tool_choice/disable_parallel_tool_use';
const choosing = (type: string) =>
  all(
    plain,
    at('/max_tokens', is(256)),
    at('/tool_choice/type', is(type)),
    at('/tools/0/name', is('set_lamp')),
    not(has('/tools/0/strict')),
  );
const alone = (type: string) => all(choosing(type), not(has(limited)));
const inStream = (type: string) =>
  all(streams, at('/max_tokens', is(256)), at('/tool_choice/type', is(type)), at('/tools/0/name', is('set_lamp')));
const once = (type: string) => all(choosing(type), at(limited, is(true)));

const heard = acted({ layer: 'behaviour', act: assumes({ '/tool_choice': { type: 'auto' } }) }, [
  {
    id: 'choice-any-as-auto',
    sentence: 'tool_choice any is taken for auto.',
    imitates: ['vllm#24509'],
    trips: ['tool-choice.any.calls-a-tool'],
    touches: alone('any'),
  },
  {
    id: 'choice-tool-as-auto',
    sentence: 'tool_choice tool is taken for auto.',
    imitates: ['vllm#24509'],
    trips: ['tool-choice.tool.calls-the-named', 'tool-choice.forced.no-leading-text'],
    touches: callPlain,
  },
  {
    id: 'choice-tool-as-any',
    sentence: 'tool_choice tool is taken for any: another tool is called.',
    trips: ['tool-choice.tool.calls-the-named'],
    touches: callPlain,
    act: assumes({ '/tool_choice': { type: 'any' } }),
  },
  {
    id: 'choice-tool-as-auto-in-stream',
    sentence: 'tool_choice tool is taken for auto in a stream.',
    imitates: ['vllm#24509'],
    trips: ['tool-choice.tool.calls-the-named-in-stream', 'tool-choice.forced.no-leading-text'],
    touches: callStream,
  },
  {
    id: 'choice-any-as-auto-in-stream',
    sentence: 'tool_choice any is taken for auto in a stream.',
    imitates: ['vllm#24509'],
    trips: ['tool-choice.any.calls-a-tool-in-stream'],
    touches: inStream('any'),
  },
  {
    id: 'choice-none-as-auto-in-stream',
    sentence: 'tool_choice none is taken for auto in a stream.',
    imitates: ['litellm#24443'],
    trips: ['tool-choice.none.no-call-in-stream'],
    touches: inStream('none'),
  },
  {
    id: 'choice-none-as-auto',
    sentence: 'tool_choice none is taken for auto.',
    imitates: ['litellm#24443'],
    trips: ['tool-choice.none.no-call'],
    touches: alone('none'),
  },
  {
    id: 'parallel-in-spite-of-any',
    sentence: 'disable_parallel_tool_use is not looked at with any.',
    trips: ['tool-choice.no-parallel.exactly-one'],
    touches: once('any'),
    act: ignores(limited),
  },
  {
    id: 'parallel-in-spite-of-tool',
    sentence: 'disable_parallel_tool_use is not looked at with tool.',
    trips: ['tool-choice.no-parallel.named-exactly-one'],
    touches: once('tool'),
    act: says(
      mapBody((message) => ({
        ...message,
        content: [...message.content, ...message.content.map((block) => ({ ...block, id: 'toolu_01Again' }))],
      })),
    ),
  },
  {
    id: 'parallel-in-spite-of-auto',
    sentence: 'disable_parallel_tool_use is not looked at with auto.',
    trips: ['tool-choice.no-parallel.at-most-one'],
    touches: once('auto'),
    act: ignores(limited),
  },
  {
    id: 'text-before-forced-call',
    sentence: 'A forced call is announced in text.',
    trips: ['tool-choice.forced.no-leading-text'],
    touches: alone('any'),
    act: says(
      mapBody((message) => ({
        ...message,
        content: [{ type: 'text', text: 'I will help with that.', citations: null }, ...message.content],
      })),
    ),
  },
]);

const refusing = refused([
  {
    id: 'choice-auto-refused',
    sentence: 'tool_choice auto must not be said.',
    trips: ['tool-choice.auto.accepted'],
    touches: alone('auto'),
  },
  {
    id: 'choice-any-refused',
    sentence: 'tool_choice any is refused, while a tool can be named.',
    trips: ['tool-choice.any.calls-a-tool'],
    touches: alone('any'),
  },
  {
    id: 'choice-none-without-tools-refused',
    sentence: 'tool_choice none is refused where there are no tools.',
    trips: ['tool-choice.none.without-tools'],
    touches: all(messages, at('/tool_choice/type', is('none')), not(has('/tools'))),
  },
  {
    id: 'choice-none-with-calls-refused',
    sentence: 'tool_choice none is refused where the history has calls.',
    trips: ['tool-choice.none.with-history'],
    touches: all(messages, at('/tool_choice/type', is('none')), has('/tools/1'), has('/messages/2')),
  },
  {
    id: 'choice-forced-as-403',
    sentence: 'A choice that the server cannot force is refused with 403.',
    trips: ['tool-choice.forced.refused-cleanly', 'tool-choice.any.calls-a-tool', 'tool-choice.tool.calls-the-named'],
    touches: any(alone('any'), callPlain),
    act: refuses('permission_error', 'This model cannot be made to call a tool.'),
  },
]);

export const toolChoiceFaults: readonly KnownFault[] = [...heard, ...refusing];
