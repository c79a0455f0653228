/** Faults of replies of which the request gives the schema. */
import { ignores, refuses, says, withAt } from '../acting.ts';
import { putStop } from '../body-edits.ts';
import { fault, type KnownFault } from '../fault.ts';
import { allFaults, type Fault, mapBody } from '../reply-faults.ts';
import { behind, drop } from '../stream-edits.ts';
import { all, any, at, has, messages, not, plain, streams, type Touch } from '../touching.ts';
import { acted, failed, refused } from './acted.ts';
import { is } from './errors-taken.ts';

const format = '/output_config/format';
const named = has(`${format}/name`);
const asked = all(messages, at('/messages/0/content', is('Is it warm outside?')), has(format));
const cut = all(asked, at('/max_tokens', is(1)), not(named));
const whole: Touch = all(asked, at('/max_tokens', is(128)));
const alone = all(plain, whole, not(has('/tools')), not(has('/thinking')));

/** Another text in the text blocks of a body. */
function textAs(change: (text: string) => string): Fault {
  return mapBody((message) => ({
    ...message,
    content: message.content.map((block) => (block.type === 'text' ? { ...block, text: change(block.text) } : block)),
  }));
}

/** Another text in the first block of a stream. */
function streamedAs(text: string): Fault {
  const delta = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } };
  return allFaults(drop({ type: 'content_block_delta' }), behind({ type: 'content_block_start', nth: 0 }, delta));
}

const parsing = { 'sdk.parse.output': 'The SDK parses the same reply, where it is installed.' };
const reordered = JSON.stringify({ warm: true, sky: 'clear', wind: { from: 'north', strong: true } });

const replies = acted({ layer: 'behaviour', act: refuses() }, [
  {
    id: 'format-fenced',
    sentence: 'JSON comes in code fences.',
    trips: ['structured-output.reply.bare'],
    mayTrip: parsing,
    touches: alone,
    act: says(textAs((text) => `\`\`\`json\n${text}\n\`\`\``)),
  },
  {
    id: 'format-announced-in-stream',
    sentence: 'A stream says what it will say before its JSON.',
    trips: ['structured-output.reply.bare'],
    touches: all(streams, whole),
    act: says(streamedAs('Here you are: {}')),
  },
  {
    id: 'format-any-json',
    sentence: 'A format gives any JSON object.',
    trips: ['structured-output.reply.fits-schema'],
    touches: alone,
    act: says(textAs(() => '{"sky":"green"}')),
  },
  {
    id: 'format-any-json-in-stream',
    sentence: 'A format gives any JSON object in a stream.',
    trips: ['structured-output.stream.fits-schema'],
    touches: all(streams, whole),
    act: says(streamedAs('{"sky":"green"}')),
  },
  {
    id: 'format-with-farewell',
    sentence: 'A second text block follows the JSON.',
    trips: ['structured-output.reply.every-block-parses'],
    mayTrip: parsing,
    touches: alone,
    act: says(
      mapBody((message) => ({ ...message, content: [...message.content, { type: 'text', text: 'Enjoy the day.', citations: null }] })),
    ),
  },
  {
    id: 'format-properties-shuffled',
    sentence: 'Properties come in another order than in the schema.',
    trips: ['structured-output.reply.property-order'],
    touches: alone,
    act: says(textAs(() => reordered)),
  },
  {
    id: 'format-with-tools-refused',
    sentence: 'A format together with tools is refused.',
    trips: ['structured-output.tools.call-or-json'],
    touches: all(whole, has('/tools')),
  },
  {
    id: 'format-off-with-thinking',
    sentence: 'With thinking the format is not kept to.',
    trips: ['structured-output.thinking.text-fits'],
    touches: all(whole, has('/thinking')),
    act: ignores('/output_config/format'),
  },
]);

const formats: readonly KnownFault[] = [
  ...failed([
    {
      id: 'format-crash',
      sentence: 'A format ends in a 500.',
      trips: ['structured-output.format.accepted', 'structured-output.format.as-stated', 'structured-output.cut.answered'],
      touches: cut,
    },
    {
      id: 'output-format-crash',
      sentence: 'The beta field output_format ends in a 500.',
      trips: ['structured-output.legacy.handled'],
      touches: all(messages, has('/output_format')),
    },
  ]),
  ...refused([
    {
      id: 'format-refused',
      sentence: 'A format is refused, although the model is said to support it.',
      trips: ['structured-output.format.as-stated'],
      touches: cut,
    },
  ]),
  fault({
    id: 'format-needs-name',
    sentence: 'A format needs a name, as in another API.',
    layer: 'behaviour',
    trips: ['structured-output.format.name-not-needed', 'structured-output.format.as-stated'],
    touches: any(cut, all(asked, named)),
    act: () => {
      const refuse = refuses('invalid_request_error', 'output_config.format.name: Field required')().instead;
      return {
        instead: (request) => (named(request) ? undefined : refuse?.(request)),
        hears: (body) => withAt(body, `${format}/name`, undefined),
      };
    },
  }),
  fault({
    id: 'format-unknown-field-ignored',
    sentence: 'A field of a format that does not exist is ignored.',
    layer: 'behaviour',
    trips: ['structured-output.format.unknown-key-refused'],
    touches: all(asked, named),
    act: ignores(`${format}/name`),
  }),
  fault({
    id: 'format-cut-as-end-turn',
    sentence: 'JSON that max_tokens cut ends with end_turn.',
    layer: 'json',
    trips: ['structured-output.cut.answered'],
    touches: cut,
    act: says(putStop('end_turn')),
  }),
];

export const structuredOutputFaults: readonly KnownFault[] = [...formats, ...replies];
