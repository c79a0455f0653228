/** Faults of servers that say nothing for minutes. The kill matrix runs its clock a thousand times as fast. */
import { says } from '../acting.ts';
import type { KnownFault } from '../fault.ts';
import { dropEvent, type Fault, mapFrames } from '../reply-faults.ts';
import { acted } from './acted.ts';
import { late } from './gates.ts';
import { helloPlain, storyStream } from './stream-targets.ts';

/** Silent for so many milliseconds in the middle. */
function quiet(ms: number): Fault {
  return mapFrames((frame, index) => [{ ...frame, due: index < 4 ? 0 : ms }]);
}

export const silenceFaults: readonly KnownFault[] = acted({ layer: 'timing', act: says(quiet(50)) }, [
  {
    id: 'silent-prefill',
    sentence: 'The head of a stream comes when the prompt has been read.',
    imitates: ['anthropics/claude-code#39906', 'anthropics/claude-code#35327'],
    trips: ['silence.stream.head-in-time'],
    mayTrip: { 'stream.framing.arrives-incrementally': 'By then the short answer is complete.' },
    touches: storyStream,
    act: () => ({ says: late(380) }),
  },
  {
    id: 'silent-thought',
    sentence: 'A stream is silent for more than five minutes while the model thinks.',
    imitates: ['anthropics/claude-code#41785', 'anthropics/claude-code#4968', 'Router-Maestro#61', 'litellm#36024', '9router#3409'],
    trips: ['silence.stream.no-long-pause'],
    mayTrip: { 'silence.stream.pinged': 'Nothing is said meanwhile.' },
    touches: storyStream,
    act: says(quiet(320)),
  },
  {
    id: 'no-pings',
    sentence: 'A stream has no pings while nothing else is said.',
    trips: ['silence.stream.pinged'],
    mayTrip: {
      'silence.stream.head-in-time': 'On a busy machine, as its clock runs a thousand times as fast.',
      'silence.stream.no-long-pause': 'On a busy machine, as its clock runs a thousand times as fast.',
    },
    touches: storyStream,
    act: says(dropEvent('ping'), quiet(60)),
  },
  {
    id: 'slow-without-stream',
    sentence: 'A short answer takes more than five minutes.',
    trips: ['silence.json.in-time'],
    touches: helloPlain,
    act: () => ({ says: late(340) }),
  },
]);
