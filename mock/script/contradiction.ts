/** Where a script says what no server could have said to this request: a tool that was not declared, or against `tool_choice`, or a stop reason that the answer belies. */
import type { MessagesRequest, Tool } from '../../spec/index.ts';
import { isBreak, type Part } from './part.ts';
import type { Stop } from './stop.ts';

/** An answer, or what is known of it. */
interface Said {
  readonly parts: readonly Part[];
  readonly stopped: Stop | undefined;
}

/** The contradiction in words; undefined where there is none. What is not the whole answer need not have all that the answer must have. */
export function findContradiction(request: MessagesRequest, { parts, stopped }: Said, isWhole: boolean): string | undefined {
  const calls = callsIn(parts);
  const { tools = [], tool_choice: choice = { type: 'auto' } } = request;
  const undeclared = calls.find((name) => !declares(tools, name));
  if (undeclared !== undefined) return undeclaredTool(undeclared, tools);
  const [firstCall] = calls;
  if (stopped?.reason === 'end_turn' && firstCall !== undefined) return `it calls ${firstCall}, but stops with "end_turn"`;
  if (stopped?.reason === 'tool_use' && firstCall === undefined && !parts.some(isBreak))
    return 'it stops with "tool_use", but calls no tool';
  if (choice.type === 'none') return calls.length > 0 ? `it calls ${calls[0]}, but tool_choice is "none"` : undefined;
  if (choice.disable_parallel_tool_use === true && calls.length > 1) return 'it calls several tools, but disable_parallel_tool_use is true';
  const mustCall = isWhole && (choice.type === 'any' || choice.type === 'tool');
  if (mustCall && calls.length === 0 && isComplete(parts, stopped)) return `it calls no tool, but tool_choice is ${choiceText(choice)}`;
  const other = choice.type === 'tool' ? calls.find((name) => name !== choice.name) : undefined;
  return other === undefined ? undefined : `it calls ${other}, but tool_choice is ${choiceText(choice)}`;
}

function callsIn(parts: readonly Part[]): readonly string[] {
  return parts.flatMap((part) => (part.type === 'tool' && part.block.type === 'tool_use' ? [part.block.name] : []));
}

/** Tools of a toolset have names of their own, which the request does not tell. */
function declares(tools: readonly Tool[], name: string): boolean {
  return tools.some((tool) => ('name' in tool ? tool.name === name : true));
}

function undeclaredTool(name: string, tools: readonly Tool[]): string {
  const names = tools.flatMap((tool) => ('name' in tool ? [tool.name] : []));
  return `it calls ${name}, but the request declares ${names.length === 0 ? 'no tools' : `only ${names.join(', ')}`}`;
}

/** An answer that breaks off, is refused or is cut may leave out its tool call. */
function isComplete(parts: readonly Part[], stopped: Stop | undefined): boolean {
  return !parts.some(isBreak) && (stopped === undefined || stopped.reason === 'end_turn' || stopped.reason === 'tool_use');
}

function choiceText(choice: { readonly type: string; readonly name?: string }): string {
  return choice.name === undefined ? `"${choice.type}"` : `"${choice.type}" ${choice.name}`;
}
