/** A content block as the API would give it, as a part of a script: server tools, citations, containers and whatever else has a type. */
import { validate, type ContentBlock, type ServerToolResultBlock, type ServerToolUseBlock, type ToolUseBlock } from '../../spec/index.ts';
import { signatureOf } from '../signature.ts';
import { deltasOf } from './deltas.ts';
import type { Part } from './part.ts';
import { requireJson } from './require-json.ts';
import { MockScriptError, placeIn } from './script-error.ts';
import { toolPart } from './tool-part.ts';

/** The block with a field that may be of any type. */
type Open<Block, Field extends keyof Block> = Omit<Block, Field> & Readonly<Record<Field, unknown>>;

/** A content block, also as the official SDK types it: that leaves open what a tool is given, and types each result by its tool. */
export type ScriptedBlock =
  | Exclude<ContentBlock, ToolUseBlock | ServerToolUseBlock | ServerToolResultBlock>
  | Open<ToolUseBlock, 'input'>
  | Open<ServerToolUseBlock, 'input'>
  | Open<ServerToolResultBlock, 'content'>;

function namesOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Throws a `MockScriptError` where the block is not one of the protocol. */
export function blockPart(scripted: ScriptedBlock): Part {
  const place = 'block()';
  requireJson(place, scripted);
  // What is merely unknown in a response is advice to a client; in a script it is a slip of the pen.
  const [problem] = validate('content-block', scripted);
  if (problem !== undefined) {
    throw new MockScriptError(
      namesOf(problem.pointer).reduce((whole, name) => placeIn(whole, name), place),
      `${problem.message}.`,
    );
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its schema was looked at above
  const block = scripted as ContentBlock;
  if (block.type === 'tool_use' || block.type === 'server_tool_use') return toolPart(place, block, { id: block.id });
  if (block.type === 'text') {
    return { type: 'text', deltas: deltasOf(`${place}.text`, block.text), opens: true, citations: block.citations ?? [] };
  }
  if (block.type !== 'thinking') return { type: 'whole', block };
  const { thinking, signature } = block;
  const deltas = thinking === '' ? [] : deltasOf(`${place}.thinking`, thinking);
  return { type: 'thinking', deltas, signature: signature === '' ? signatureOf(thinking) : signature };
}
