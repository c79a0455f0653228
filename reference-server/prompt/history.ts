/** Gives a conversation the shape that a family's template takes: what it refuses or leaves out is said in another way. */
import { createHash } from 'node:crypto';
import { isJsonObject } from '../../spec/json.ts';
import type { Family, HistoryShape } from '../families/family.ts';
import { type AssistantTurn, type Conversation, merge, type ToolCall, type ToolTurn, type Turn } from './conversation.ts';
import type { TemplateTraits } from './template-traits.ts';
import type { ToolDefinition } from './tool-definitions.ts';
import { callText, resultText, toolInstructions } from './tool-instructions.ts';
import { isEmptyText, joinTexts, segmentsOf, type TurnText } from './turn-text.ts';

export interface ShapedPrompt {
  readonly conversation: Conversation;
  /** The tools that the template itself tells the model of. */
  readonly tools: readonly ToolDefinition[];
}

/** `mayCall`: where nothing may be called, a model that the server would have to tell how is told nothing. */
export function shapeHistory(
  { turns, endsWithPrefill }: Conversation,
  tools: readonly ToolDefinition[],
  family: Pick<Family, 'calls' | 'history'>,
  traits: TemplateTraits,
  mayCall = true,
): ShapedPrompt {
  const { calls } = family;
  const { history } = traits;
  const isTold = history.isPlain !== true && traits.showsTools;
  const instructed = isTold || tools.length === 0 || !mayCall ? turns : withInstructions(turns, toolInstructions(tools, calls));
  const hasNativeCalls = history.isPlain !== true && traits.showsCalls;
  const spoken = hasNativeCalls ? shapedCalls(instructed, history) : merge(instructed.map((turn) => asText(turn, family)));
  const asked = traits.takesAnswerFirst ? spoken : questionFirst(spoken);
  return {
    conversation: { turns: traits.takesSystem ? asked : withoutSystem(asked), endsWithPrefill },
    tools: isTold ? (history.needsDescriptions === true ? tools.map(described) : tools) : [],
  };
}

function described(tool: ToolDefinition): ToolDefinition {
  return { ...tool, function: { description: '', ...tool.function } };
}

function withInstructions(turns: readonly Turn[], instructions: TurnText): Turn[] {
  const [first, ...others] = turns;
  if (first?.role !== 'system') return [{ role: 'system', content: instructions }, ...turns];
  return [{ role: 'system', content: joinTexts(first.content, instructions, '\n\n') }, ...others];
}

/** A question that says nothing, in front of an answer to none. */
function questionFirst(turns: readonly Turn[]): readonly Turn[] {
  const start = turns[0]?.role === 'system' ? 1 : 0;
  if (turns[start]?.role !== 'assistant') return turns;
  return [...turns.slice(0, start), { role: 'user', content: '' }, ...turns.slice(start)];
}

/** For templates that refuse a system turn, or pass over it. */
function withoutSystem(turns: readonly Turn[]): readonly Turn[] {
  const [first, second, ...others] = turns;
  if (first?.role !== 'system') return turns;
  if (second?.role !== 'user') return [{ role: 'user', content: first.content }, ...turns.slice(1)];
  return [{ role: 'user', content: joinTexts(first.content, second.content, '\n\n') }, ...others];
}

function asText(turn: Turn, { calls }: Pick<Family, 'calls'>): Turn {
  if (turn.role === 'tool') return { role: 'user', content: resultText(segmentsOf(turn.content)) };
  if (turn.role !== 'assistant' || turn.tool_calls === undefined) return turn;
  const { tool_calls: made, ...said } = turn;
  const written = made.map((call) => callText(call.function.name, call.function.arguments, calls));
  return { ...said, content: written.reduce<TurnText>((before, call) => joinTexts(before, call, '\n'), said.content) };
}

function shapedCalls(turns: readonly Turn[], history: HistoryShape): readonly Turn[] {
  const steps: readonly (readonly [isWanted: boolean | undefined, step: (turns: readonly Turn[]) => readonly Turn[]])[] = [
    [history.isTextThought === true || history.isTextReasoning === true, (all) => all.map(textAsThought)],
    [history.isTextApart, (all) => all.flatMap(textApart)],
    [history.isOneCallPerTurn, oneCallPerTurn],
    [history.isTextPartOfResult, textIntoResults],
    [history.hasShortIds, (all) => all.map(withShortIds)],
    [history.nulls === 'text', (all) => all.map((turn) => withInputs(turn, nullsAsText))],
    [history.nulls === 'absent', (all) => all.map((turn) => withInputs(turn, withoutNulls))],
  ];
  return steps.reduce((all, [isWanted, step]) => (isWanted === true ? step(all) : all), turns);
}

function textAsThought(turn: Turn): Turn {
  if (turn.role !== 'assistant' || turn.tool_calls === undefined) return turn;
  return { ...turn, content: '', reasoning_content: joinTexts(turn.reasoning_content ?? '', turn.content, '\n') };
}

function textApart(turn: Turn): Turn[] {
  if (turn.role !== 'assistant' || turn.tool_calls === undefined || isEmptyText(turn.content)) return [turn];
  return [
    { role: 'assistant', content: turn.content },
    { ...turn, content: '' },
  ];
}

/** Call, result, call, result: the text and the thinking stay with the first call. */
function oneCallPerTurn(turns: readonly Turn[]): Turn[] {
  const split: Turn[] = [];
  let waiting: readonly AssistantTurn[] = [];
  for (const turn of turns) {
    if (turn.role === 'tool') {
      const answered = waiting.find(({ tool_calls: [call] = [] }) => call?.id === turn.tool_call_id);
      if (answered !== undefined) split.push(answered);
      split.push(turn);
      waiting = waiting.filter((call) => call !== answered);
      continue;
    }
    split.push(...waiting);
    waiting = [];
    if (turn.role !== 'assistant' || (turn.tool_calls?.length ?? 0) < 2) split.push(turn);
    else waiting = singleCalls(turn, turn.tool_calls ?? []);
  }
  return [...split, ...waiting];
}

function singleCalls(turn: AssistantTurn, calls: readonly ToolCall[]): AssistantTurn[] {
  return calls.map((call, index) =>
    index === 0 ? { ...turn, tool_calls: [call] } : { role: 'assistant', content: '', tool_calls: [call] },
  );
}

function textIntoResults(turns: readonly Turn[]): Turn[] {
  const shaped: Turn[] = [];
  for (const turn of turns) {
    const last = shaped.at(-1);
    if (turn.role !== 'user' || last?.role !== 'tool') shaped.push(turn);
    else shaped[shaped.length - 1] = { ...last, content: joinTexts(last.content, turn.content, '\n\n') } satisfies ToolTurn;
  }
  return shaped;
}

type Input = ToolCall['function']['arguments'];

function withInputs(turn: Turn, change: (input: Input) => Input): Turn {
  if (turn.role !== 'assistant' || turn.tool_calls === undefined) return turn;
  const changed = turn.tool_calls.map((call) => ({ ...call, function: { ...call.function, arguments: change(call.function.arguments) } }));
  return { ...turn, tool_calls: changed };
}

function nullsAsText(input: Input): Input {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, value ?? 'null']));
}

function withoutNulls(input: Input): Input {
  const inner = (value: unknown): unknown =>
    Array.isArray(value) ? value.filter((item) => item !== null).map(inner) : isJsonObject(value) ? withoutNulls(value) : value;
  const entries = Object.entries(input).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([name, value]) => [name, inner(value)]));
}

function withShortIds(turn: Turn): Turn {
  if (turn.role === 'tool') return { ...turn, tool_call_id: shortId(turn.tool_call_id) };
  if (turn.role !== 'assistant' || turn.tool_calls === undefined) return turn;
  return { ...turn, tool_calls: turn.tool_calls.map((call) => ({ ...call, id: shortId(call.id) })) };
}

function shortId(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 9);
}
