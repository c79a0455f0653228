/** Input tokens: counted, known when a stream begins, and more for a longer prompt. */
import { check, type GeneralCheck, scenario, type ScenarioCheck } from '../model/check.ts';
import { fail, inconclusive, notApplicable, pass, shown } from '../model/judgement.ts';
import { completeStreams, messages } from '../model/kinds.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { at, blocksOf, eventsOf, inputTotal, isAccepted } from '../reading.ts';

const probes = ['text', 'counting'];
const after = ['usage.shape.valid'];

export const inputPositive: GeneralCheck = check({
  id: 'usage.input.positive',
  level: 'should',
  layer: 'semantics',
  reads: messages,
  probes,
  after,
  requirement: 'The input tokens of a reply, cached ones included, are more than 0.',
  covers: ['usage.input-positive'],
  source: docs.messages,
  breaks: [claudeCode('shows an empty context and compacts too late')],
  bugs: ['vercel/ai#17326', 'litellm#24176', 'mlx-node#45'],
  judge: ({ message }) => {
    const total = inputTotal(at(message, 'usage'));
    if (total === undefined) return notApplicable('the usage has no input_tokens');
    return total > 0 ? pass : fail({ pointer: '/usage/input_tokens', expected: 'more than 0', found: '0' });
  },
});

export const inputKnownAtStart: GeneralCheck = check({
  id: 'usage.input.known-at-start',
  level: 'should',
  layer: 'semantics',
  reads: completeStreams,
  probes,
  after,
  requirement: 'Without server tools, message_start already tells the input tokens of the whole reply.',
  covers: ['stream.start.input-tokens-final'],
  source: docs.streaming,
  breaks: [
    claudeCode('keeps what message_start says where message_delta says 0, so its context meter stands still'),
    sdkTypescript('takes over what message_delta says, also a 0'),
  ],
  bugs: ['vllm#29971', 'vllm#49456', 'sglang#20678'],
  fix: 'Count the prompt before the stream begins, and repeat the same number at its end.',
  judge: (evidence) => {
    const { message } = evidence;
    if (blocksOf(message).some(({ type }) => type === 'server_tool_use')) return notApplicable('the reply uses server tools');
    const start = eventsOf(evidence, 'message_start')[0];
    const atStart = inputTotal(at(start?.data, 'message', 'usage'));
    const final = inputTotal(at(message, 'usage'));
    if (start === undefined || atStart === undefined || final === undefined) return notApplicable('the usage has no input_tokens');
    if (atStart === final) return pass;
    return fail({ frame: start.frame, pointer: '/message/usage/input_tokens', expected: `${final} as at the end`, found: shown(atStart) });
  },
});

export const inputGrows: ScenarioCheck = scenario({
  id: 'usage.input.grows-with-prompt',
  level: 'should',
  layer: 'semantics',
  reads: { short: 'prompt-size/short', long: 'prompt-size/long' },
  after,
  requirement: 'A longer prompt has more input tokens.',
  covers: ['usage.grows-with-input'],
  source: docs.tokenCounting,
  breaks: [claudeCode('compacts too late, and the context overflows')],
  bugs: ['CLIProxyAPI#679', 'litellm#37102'],
  judge: ({ short, long }) => {
    if (!isAccepted(short) || !isAccepted(long)) return inconclusive('a request was refused');
    const [few, many] = [short, long].map(({ message }) => inputTotal(at(message, 'usage')));
    if (few === undefined || many === undefined) return inconclusive('the usage has no input_tokens');
    if (many > few) return pass;
    return fail({ of: long, pointer: '/usage/input_tokens', expected: `more than ${few}, as the prompt is longer`, found: String(many) });
  },
});

export const toolsCounted: ScenarioCheck = scenario({
  id: 'usage.input.tools-counted',
  level: 'should',
  layer: 'semantics',
  reads: { without: 'count-vs-usage/message', with: 'count-vs-usage/message-tools' },
  after,
  needs: ['tools'],
  requirement: 'Tool definitions are part of the input tokens of a reply.',
  covers: ['usage.tools-counted'],
  source: docs.tokenCounting,
  breaks: [claudeCode('its tools, 30 to 60 KB, are missing from the context meter, and the context overflows')],
  judge: (steps) => {
    const [without, withTools] = [steps.without, steps.with];
    if (!isAccepted(without) || !isAccepted(withTools)) return inconclusive('a request was refused');
    const [few, many] = [without, withTools].map(({ message }) => inputTotal(at(message, 'usage')));
    if (few === undefined || many === undefined) return inconclusive('the usage has no input_tokens');
    if (many > few) return pass;
    return fail({ of: withTools, pointer: '/usage/input_tokens', expected: `more than ${few}, as without tools`, found: String(many) });
  },
});
