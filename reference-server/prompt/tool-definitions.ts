/** The tools of a request as chat templates show them to the model. Only custom tools: the others need a model that was trained on them. */
import type { CustomTool, Tool } from '../../spec/index.ts';
import { refusal } from './refusal.ts';

/** A tool as chat templates read it. */
export interface ToolDefinition {
  readonly type: 'function';
  readonly function: { readonly name: string; readonly description?: string; readonly parameters: Readonly<Record<string, unknown>> };
}

/** The custom tools among `tools`. @throws ApiError 400 for a typed tool, such as web search or bash. */
export function customTools(tools: readonly Tool[] = []): CustomTool[] {
  return tools.map((tool, index) => {
    if (!isCustom(tool)) throw refusal(`tools.${index}`, `this server does not support tools of type ${tool.type}, only custom ones`);
    return tool;
  });
}

/** What the template is given for a tool. */
export function toolDefinition(tool: CustomTool): ToolDefinition {
  return {
    type: 'function',
    function: {
      name: tool.name,
      ...(tool.description === undefined ? {} : { description: tool.description }),
      parameters: tool.input_schema,
    },
  };
}

function isCustom(tool: Tool): tool is CustomTool {
  return tool.type === undefined || tool.type === null || tool.type === 'custom';
}
