/** Faults with calls and results in a history: valid ones that are refused, that crash, or that do not reach the model. */
import type { JsonObject } from '../../../spec/json.ts';
import { asText } from '../../../spec/as-text.ts';
import { hears, says, withAt } from '../acting.ts';
import { putBody } from '../body-edits.ts';
import type { KnownFault } from '../fault.ts';
import { all, any, at, body, counts, has, messages, not, plain, streams, turns, type Touch, valueAt } from '../touching.ts';
import { type Acted, acted, failed, refused } from './acted.ts';
import { isList, withEach } from './shaping.ts';
import { is, resultWith, someBlock, someResult } from './tools-shaping.ts';

const result = '/messages/2/content/0';
const oneCall = (...more: readonly Touch[]): Touch =>
  turns(
    'user string / assistant tool_use / user tool_result',
    plain,
    at('/max_tokens', is(1)),
    has('/tools/1'),
    not(has('/tool_choice')),
    ...more,
  );

const refusing = refused([
  {
    id: 'result-string-refused',
    sentence: 'A result must be a list of blocks.',
    trips: ['tools.result.string'],
    touches: oneCall(at(`${result}/content`, is('The lamp is on.')), not(has(`${result}/is_error`))),
  },
  {
    id: 'result-blocks-refused',
    sentence: 'A result must be a string.',
    trips: ['tools.result.blocks'],
    touches: oneCall(at(`${result}/content/0/type`, is('text')), not(has(`${result}/content/2`))),
  },
  {
    id: 'result-error-refused',
    sentence: 'is_error is an unknown field.',
    trips: ['tools.result.error'],
    touches: oneCall(at(`${result}/is_error`, is(true))),
  },
  {
    id: 'result-content-needed',
    sentence: 'A result without content is refused.',
    trips: ['tools.result.absent'],
    touches: oneCall(not(has(`${result}/content`))),
  },
  {
    id: 'result-empty-refused',
    sentence: 'A result must not be empty.',
    trips: ['tools.result.empty-string'],
    touches: oneCall(at(`${result}/content`, is(''))),
  },
  {
    id: 'results-in-order-only',
    sentence: 'Results must come in the order of their calls.',
    trips: ['tools.result.two-results'],
    touches: turns(
      'user string / assistant tool_use tool_use / user tool_result tool_result',
      at(`${result}/tool_use_id`, is('call_conformance-2')),
    ),
  },
  {
    id: 'call-ids-toolu-only',
    sentence: 'Ids of calls that other servers gave are refused.',
    trips: ['tools.result.two-results', 'tools.result.two-rounds'],
    touches: someBlock(({ id }) => id === 'call_conformance-2'),
  },
  {
    id: 'rounds-one-only',
    sentence: 'A history may have one round of call and result.',
    trips: ['tools.result.two-rounds'],
    touches: turns('user string / assistant tool_use / user tool_result / assistant tool_use / user tool_result', at('/max_tokens', is(1))),
  },
  {
    id: 'result-with-text-refused',
    sentence: 'Text behind a result is refused.',
    trips: ['tools.result.text-around'],
    touches: turns('user string / assistant text tool_use / user tool_result text', at('/max_tokens', is(1))),
  },
]);

const anywhere = any(messages, counts);
const offered = (value: JsonObject): ReadonlySet<unknown> =>
  new Set(isList(value['tools']) ? value['tools'].map((tool) => valueAt(tool, '/name')) : []);

/** Forms that are refused wherever they are: together with others, and counted alone. */
const forms = refused([
  form(
    'result-list-empty-refused',
    'A result must not be an empty list.',
    'empty-list',
    someResult(({ content }) => isList(content) && content.length === 0),
  ),
  form(
    'result-cache-control-refused',
    'cache_control on a result is an unknown field.',
    'cache-control',
    someResult((block) => 'cache_control' in block),
  ),
  form(
    'call-name-128',
    'Calls in a history have names of at most 128 characters.',
    'unknown-name',
    someBlock(({ name }) => asText(name).length > 128),
  ),
  form(
    'call-of-lost-tool-refused',
    'Calls in a history are held against the tools of the request.',
    'tools-may-change',
    body((value) => offered(value).size === 1 && offered(value).has('pick_fruit') && JSON.stringify(value).includes('"toolu_01FormsE"')),
  ),
]);

function form(id: string, sentence: string, rule: string, touches: Touch): Acted {
  const trips = [`tools.result.${rule}`, 'tools.result.forms-together'];
  return {
    id,
    sentence,
    trips,
    touches: all(
      anywhere,
      body((value) => JSON.stringify(value).includes('toolu_01Forms')),
      touches,
    ),
  };
}

const failing = failed([
  {
    id: 'result-image-crash',
    sentence: 'An image in a result ends in a 500.',
    imitates: ['omlx#393', 'vllm-mlx#776'],
    trips: ['tools.result.image'],
    touches: oneCall(resultWith('image')),
  },
  {
    id: 'result-image-crash-in-stream',
    sentence: 'An image in a result ends a stream before it begins, with a 500.',
    imitates: ['omlx#393', 'vllm-mlx#776'],
    trips: ['tools.result.image-in-stream'],
    touches: turns('user string / assistant tool_use / user tool_result', streams, resultWith('image')),
  },
  {
    id: 'result-document-crash',
    sentence: 'A document in a result ends in a 500.',
    trips: ['tools.result.document'],
    touches: oneCall(resultWith('document')),
  },
  {
    id: 'result-search-result-crash',
    sentence: 'A search result in a result ends in a 500.',
    trips: ['tools.result.search-result'],
    touches: oneCall(resultWith('search_result')),
  },
  {
    id: 'result-tool-reference-crash',
    sentence: 'A reference to a tool in a result ends in a 500.',
    imitates: ['vllm#40190', 'claude-code#30912', 'claude-code#77928'],
    trips: ['tools.result.tool-reference'],
    touches: oneCall(resultWith('tool_reference'), at('/tools/1/defer_loading', is(true))),
  },
  {
    id: 'results-split-crash',
    sentence: 'Two messages of the user, each with a result, end in a 500.',
    trips: ['tools.result.split-messages'],
    touches: turns('user string / assistant tool_use tool_use / user tool_result / user tool_result', at('/max_tokens', is(1))),
  },
  {
    id: 'history-without-tools-crash',
    sentence: 'Calls in a history without tools break the chat template, which ends in a 500.',
    trips: ['tools.result.without-tools'],
    touches: turns('user string / assistant tool_use / user tool_result', plain, at('/max_tokens', is(1)), not(has('/tools'))),
  },
]);

const letter = all(plain, at('/max_tokens', is(48)), at('/tools/0/name', is('open_box')));

const understood = acted({ layer: 'behaviour', act: says() }, [
  {
    id: 'results-dropped',
    sentence: 'Results of tools do not reach the prompt.',
    trips: ['tools.result.counted'],
    touches: letter,
    act: hears((value) =>
      withEach(value, '/messages/2/content', (block) =>
        valueAt(block, '/type') === 'tool_result' ? withAt(block, '/content', '') : block,
      ),
    ),
  },
  {
    id: 'results-printed',
    sentence: 'The list of blocks in a result is printed into the prompt, and so comes back.',
    imitates: ['vllm#34053'],
    trips: ['tools.result.reaches-model'],
    touches: letter,
    act: says(putBody('/content/0/text', "[{'type': 'text', 'text': 'The code word is QUARTZ-4817.'}]")),
  },
  {
    id: 'result-image-dropped',
    sentence: 'An image in a result is left out without a word.',
    imitates: ['omlx#393', 'vllm-mlx#776'],
    trips: ['tools.result.image-counted'],
    touches: oneCall(resultWith('image')),
    act: hears((value) => withEach(value, `${result}/content`, (block) => (valueAt(block, '/type') === 'image' ? undefined : block))),
  },
  {
    id: 'result-reference-unchecked',
    sentence: 'A reference to a tool that is not there is taken.',
    trips: ['tools.result.reference-known'],
    touches: turns('user string / assistant tool_use / user tool_result', at(`${result}/content/0/tool_name`, is('ring_bell'))),
    act: hears((value) => withEach(value, `${result}/content`, () => ({ type: 'text', text: 'ring_bell' }))),
  },
  {
    id: 'result-late-taken',
    sentence: 'A result may come later than in the message after its call.',
    trips: ['tools.result.next-message-only'],
    touches: turns('user string / assistant tool_use / user string / assistant string / user tool_result', at('/max_tokens', is(1))),
    act: hears((value) => ({ ...value, messages: [{ role: 'user', content: 'Wait.' }] })),
  },
]);

export const toolResultFaults: readonly KnownFault[] = [...refusing, ...forms, ...failing, ...understood];
