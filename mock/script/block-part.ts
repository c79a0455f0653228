/** A content block as the API would give it, as a part of a script: server tools, citations, containers and whatever else has a type. */
import { validate, type ContentBlock } from '../../spec/index.ts';
import { signatureOf } from '../signature.ts';
import { deltasOf } from './deltas.ts';
import type { Part } from './part.ts';
import { MockScriptError } from './script-error.ts';
import { toolPart } from './tool-part.ts';

/** Throws a `MockScriptError` where the block is not one of the protocol. */
export function blockPart(block: ContentBlock): Part {
  const place = 'block()';
  // What is merely unknown in a response is advice to a client; in a script it is a slip of the pen.
  const [problem] = validate('content-block', block);
  if (problem !== undefined) {
    throw new MockScriptError(`${place}${problem.pointer.replaceAll('/', '.')}`, `${problem.message}. Expected ${problem.expected}.`);
  }
  if (block.type === 'tool_use' || block.type === 'server_tool_use') return toolPart(place, block, { id: block.id });
  if (block.type === 'text') {
    return { type: 'text', deltas: deltasOf(`${place}.text`, block.text), opens: true, citations: block.citations ?? [] };
  }
  if (block.type !== 'thinking') return { type: 'whole', block };
  const { thinking, signature } = block;
  const deltas = thinking === '' ? [] : deltasOf(`${place}.thinking`, thinking);
  return { type: 'thinking', deltas, signature: signature === '' ? signatureOf(thinking) : signature };
}
