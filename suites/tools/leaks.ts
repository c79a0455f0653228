/** Traces of a chat template beside or in place of calls. */
import { type Check, check } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, inconclusive, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { messages } from '../model/kinds.ts';
import { at, blocksOf, isCut, isList } from '../reading.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { callsOf } from './calls.ts';

const probes = ['tool-forced', 'tool-empty-schema', 'tool-strict', 'tool-arguments'] as const;

/** How chat templates and converters mark calls: Hermes and Qwen, Llama, Mistral, DeepSeek, GLM, Kimi, Harmony, Command R, and those that print them. */
const marks = [
  /<\/?(?:tool_calls?|tool_use|function_calls?|invoke|arg_key|arg_value)\b[^>]{0,80}>/,
  /<function=[\w.-]*>/,
  /<\|(?:python_tag|tool_calls?(?:_\w+)?|action_start|channel|START_ACTION)\|?>/,
  /\[TOOL_CALLS\]|\[TOOL_REQUEST\]/,
  /<[｜|]tool▁\w+/,
  /\[Tool call:/i,
] as const;

const noMarkup = check({
  id: 'tools.text.no-markup',
  level: 'should',
  layer: 'semantics',
  requirement: 'The text of a forced or cut reply has no markup of calls in it.',
  covers: ['tools.forced.no-leading-text', 'tools.any.at-least-one'],
  source: docs.toolUse,
  breaks: [claudeCode('shows <tool_call> to the user, and runs no tool'), sdkTypescript('the tool runner stops without running the tool')],
  bugs: ['omlx#159'],
  fix: 'Parse calls in every way that a reply can end, also where max_tokens cuts one: what is incomplete is left out or is a block, never text.',
  reads: messages,
  probes,
  judge: (evidence) => {
    const { json } = evidence.request;
    const tools = at(json, 'tools');
    if (!isList(tools) || tools.length === 0) return notApplicable('the request offers no tools');
    const choice = at(json, 'tool_choice', 'type');
    // Calls that nobody wants are text like any other.
    if (choice === 'none') return notApplicable('the request forbids calls');
    const found = markupIn(evidence);
    if (found.length === 0) return pass;
    const isForced = choice === 'any' || choice === 'tool';
    const leaked = isForced || isCut(evidence) ? found.filter(({ isStray }) => !isStray) : [];
    return leaked.length === 0
      ? inconclusive('the model wrote markup that may not have been a call')
      : verdictOf(leaked.map(({ deviation }) => deviation));
  },
});

interface Markup {
  readonly deviation: Deviation;
  /** Whether it closes what the text never opened, amid words: weak models write such things themselves. Alone, it is left over from a call. */
  readonly isStray: boolean;
}

function markupIn({ message, request }: Evidence): readonly Markup[] {
  const asked = JSON.stringify(request.json ?? null);
  return blocksOf(message).flatMap(({ type, text }, position) => {
    if (type !== 'text' || typeof text !== 'string') return [];
    const mark = marks.map((each) => each.exec(text)?.[0]).find((each) => each !== undefined && !asked.includes(each));
    if (mark === undefined) return [];
    const deviation = { pointer: `/content/${position}/text`, expected: 'no markup of a call', found: shown(mark) };
    // The first mark is the one found, so what it closes was not opened before it.
    return [{ deviation, isStray: mark.startsWith('</') && text.trim() !== mark }];
  });
}

const noBlankText = check({
  id: 'tools.text.not-blank',
  level: 'may',
  layer: 'semantics',
  requirement: 'A reply with calls has no text block that is empty or only white space.',
  covers: ['resp.text-nonempty'],
  source: docs.messages,
  breaks: [],
  why: 'Sent back as history, such a block is refused by strict servers, and it is what chat templates leave between two calls.',
  bugs: ['vllm#34053', 'litellm#34692'],
  fix: 'Drop white space around calls, in both modes.',
  reads: messages,
  probes,
  judge: (evidence) => {
    if (callsOf(evidence).length === 0) return notApplicable('the message has no tool_use block');
    const texts = blocksOf(evidence.message).flatMap(({ type, text }, position) => (type === 'text' ? [{ text, position }] : []));
    return verdictOf(
      texts
        .filter(({ text }) => typeof text === 'string' && text.trim() === '')
        .map(({ text, position }) => ({ pointer: `/content/${position}/text`, expected: 'a text, or no block', found: shown(text) })),
    );
  },
});

export const leakChecks: readonly Check[] = [noMarkup, noBlankText];
