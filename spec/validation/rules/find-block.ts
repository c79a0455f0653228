// Finds a block anywhere in a request, also inside blocks that hold others.
import { isJsonObject, type JsonObject } from '../../json.ts';

/** The way to a place: names and positions, outermost first. */
export type Steps = readonly (string | number)[];

/**
 * Looks at blocks in order, and into tool results, search results and documents made of blocks; the schemas bound the depth.
 * Returns the way to the first place that `found` names inside a block, or undefined.
 */
export function findInBlocks(blocks: unknown, found: (block: JsonObject) => Steps | undefined): Steps | undefined {
  if (!isList(blocks)) return undefined;
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at];
    if (!isJsonObject(block)) continue;
    const steps = found(block) ?? findInside(block, found);
    if (steps) return [at, ...steps];
  }
  return undefined;
}

function findInside(block: JsonObject, found: (block: JsonObject) => Steps | undefined): Steps | undefined {
  switch (block['type']) {
    case 'tool_result':
    case 'search_result': {
      const steps = findInBlocks(block['content'], found);
      return steps && ['content', ...steps];
    }
    case 'document': {
      const source = block['source'];
      const steps = isJsonObject(source) ? findInBlocks(source['content'], found) : undefined;
      return steps && ['source', 'content', ...steps];
    }
    default:
      return undefined;
  }
}

/** Like Array.isArray, which would make the elements `any`. */
function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
