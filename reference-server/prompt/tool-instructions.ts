/** Tells a model of its tools in plain words, where its template does not: what there is, and how the server recognises a call. */
import { behindName, type CallSyntax } from '../families/family.ts';
import { spacedJson } from '../grammar/literal.ts';
import { argumentText } from './argument-text.ts';
import type { Segment } from './placeholders.ts';
import type { ToolDefinition } from './tool-definitions.ts';
import { content, markup } from './turn-text.ts';

/** For the system text. */
export function toolInstructions(tools: readonly ToolDefinition[], syntax: CallSyntax): Segment[] {
  const { prefix, suffix } = syntax;
  const example = argumentText({ ARGUMENT: 'VALUE' }, syntax).map(({ text }) => text);
  return [
    markup('# Tools\n\nYou can call the tools below, one per line: name, description, and the JSON Schema of the arguments.'),
    ...tools.flatMap((tool) => [markup('\n'), content(spacedJson(tool.function))]),
    markup(
      `\n\nTo call a tool, write its name and its arguments${syntax.notation === undefined ? ' as one JSON object' : ''} in exactly this form:\n`,
    ),
    markup(`${prefix}NAME${behindName(syntax)}${example.join('')}${suffix}`),
    markup(syntax.areSeveral ? '\nSeveral calls may follow one another. ' : '\nMake one call at a time, and write nothing else with it. '),
    markup('Write nothing after a call: its result is the next thing that you read. Without a need for a tool, simply answer.'),
  ];
}

/** A call as the model wrote it, for the history. */
export function callText(name: string, input: Readonly<Record<string, unknown>>, syntax: CallSyntax): Segment[] {
  return [markup(syntax.prefix), content(name), markup(behindName(syntax)), ...argumentText(input, syntax), markup(syntax.suffix)];
}

/** A result that comes back as text of the user. */
export function resultText(text: readonly Segment[]): Segment[] {
  return [markup('<tool_response>\n'), ...text, markup('\n</tool_response>')];
}
