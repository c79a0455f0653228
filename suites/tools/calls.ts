/** Calls of client tools in a message, and the tools that its request offered. */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import type { Evidence } from '../model/evidence.ts';
import { at, blocksOf, isCut, isList } from '../reading.ts';

/** A `tool_use` block and its position in the content. */
export interface Call {
  readonly block: JsonObject;
  readonly position: number;
}

/** The calls of a message, in order. Calls of server tools are of another type and not among them. */
export function callsOf({ message }: Evidence): readonly Call[] {
  const content = at(message, 'content');
  if (!isList(content)) return [];
  return content.flatMap((block, position) => (isJsonObject(block) && block['type'] === 'tool_use' ? [{ block, position }] : []));
}

/** Calls of messages that were not cut, each with where it was found. */
export function completeCalls(answers: readonly Evidence[]): readonly (Call & { readonly of: Evidence })[] {
  return answers.flatMap((of) => (isCut(of) ? [] : callsOf(of).map(({ block, position }) => ({ block, position, of }))));
}

/** Names of the tools that a request offers; undefined where it offers a toolset, whose names are not in the request. */
export function offeredNames({ request }: Evidence): readonly string[] | undefined {
  const tools = at(request.json, 'tools');
  if (!isList(tools)) return [];
  const names = tools.map((tool) => at(tool, 'name'));
  return names.every((name) => typeof name === 'string') ? names : undefined;
}

/** Whether text or anything else but thinking stands before the first call. */
export function textBefore(evidence: Evidence, { position }: Call): string | undefined {
  const before = blocksOf({ content: listOf(evidence).slice(0, position) });
  return before.flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' && text.trim() !== '' ? [text] : []))[0];
}

function listOf({ message }: Evidence): readonly unknown[] {
  const content = at(message, 'content');
  return isList(content) ? content : [];
}
