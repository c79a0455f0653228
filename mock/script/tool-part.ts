/** A tool call as a part of a script: a name, an input that is a JSON object, and how its JSON is cut. */
import { isJsonObject } from '../../spec/json.ts';
import { deltasOf, textOf } from './deltas.ts';
import type { ToolPart } from './part.ts';
import { requireJson } from './require-json.ts';
import { kindOf, MockScriptError, requireKeys, requireText } from './script-error.ts';
import { clipped, show } from '../show.ts';

export interface ToolOptions {
  /** Default: a new `toolu_` id for every reply. */
  readonly id?: string;
  /** The `partial_json` of each `input_json_delta`; together they must be the input. Default: token by token. */
  readonly fragments?: readonly string[];
}

/** https://platform.claude.com/docs/en/agents-and-tools/tool-use/implement-tool-use */
const toolName = /^[a-zA-Z0-9_-]{1,128}$/;

/** Throws a `MockScriptError` where it cannot be a tool call. `place` is what the author wrote. */
export function toolPart(place: string, block: ToolPart['block'], options: ToolOptions): ToolPart {
  requireText(`${place}.name`, block.name);
  if (!toolName.test(block.name)) {
    const problem = `must be at most 128 letters, digits, "_" and "-", as the API wants it, not ${show(block.name)}.`;
    throw new MockScriptError(`${place}.name`, problem);
  }
  requireKeys(place, options, { id: true, fragments: true });
  const { id, fragments } = options;
  if (id !== undefined && !(typeof id === 'string' && /^[\w-]+$/.test(id))) {
    throw new MockScriptError(`${place}.id`, `must be letters, digits, "_" and "-", not ${show(id)}.`);
  }
  const json = jsonOf(`${place}.input`, block.input);
  const deltas = deltasOf(`${place}.fragments`, fragments ?? json);
  if (fragments !== undefined && !isSameJson(textOf(deltas), json)) {
    throw new MockScriptError(`${place}.fragments`, `must concatenate to the input, ${clipped(json)}, not to ${clipped(textOf(deltas))}.`);
  }
  return { type: 'tool', block, id, fragments: deltas };
}

function jsonOf(place: string, input: unknown): string {
  if (!isJsonObject(input)) throw new MockScriptError(place, `must be a JSON object, not ${kindOf(input)}.`);
  requireJson(place, input);
  return JSON.stringify(input);
}

function isSameJson(text: string, json: string): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === json;
  } catch {
    return false;
  }
}
