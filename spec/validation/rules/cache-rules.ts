// Rules on prompt caching.
// https://platform.claude.com/docs/en/build-with-claude/prompt-caching
import { isJsonObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../problem.ts';
import { findInBlocks, type Steps } from './find-block.ts';
import type { CheckedRequest, RequestRule } from './request-rule.ts';

/** Explicit markers that a request may have; the top-level one is not counted here. */
const mostMarkers = 4;

/** In the order in which they are checked. */
export const cacheRules: readonly RequestRule[] = [
  {
    id: 'cache-control-five',
    requirements: ['err.in.cache-control-five', 'cache.four-markers'],
    find: (request) => {
      let markers = 0;
      const surplus = findMarked(request, () => {
        markers += 1;
        return markers > mostMarkers;
      });
      return (
        surplus && {
          pointer: pointerTo('', ...surplus),
          message: `must not be there: at most ${mostMarkers} places may be marked`,
          expected: `at most ${mostMarkers} markers`,
        }
      );
    },
  },
];

/** The way to the first marker that `wanted` picks, in the order of the cached prefix: tools, system, messages. */
function findMarked({ tools, system, messages }: CheckedRequest, wanted: () => boolean): Steps | undefined {
  const found = (block: JsonObject): Steps | undefined =>
    isJsonObject(block['cache_control']) && wanted() ? ['cache_control'] : undefined;
  const inTools = findInBlocks(tools, found);
  if (inTools) return ['tools', ...inTools];
  const inSystem = findInBlocks(system, found);
  if (inSystem) return ['system', ...inSystem];
  for (const [at, { content }] of messages.entries()) {
    const inContent = findInBlocks(content, found);
    if (inContent) return ['messages', at, 'content', ...inContent];
  }
  return undefined;
}
