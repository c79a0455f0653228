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
  {
    // Automatic caching sets a marker of its own, so it needs a free place.
    id: 'cache-auto-slot-conflict',
    requirements: ['cache.auto-slot-conflict'],
    certainty: 'doubtful',
    find: (request) => {
      if (!isJsonObject(request.cache_control)) return undefined;
      let markers = 0;
      const last = findMarked(request, () => {
        markers += 1;
        return markers === mostMarkers;
      });
      return (
        last && {
          pointer: '/cache_control',
          message: `must not be combined with ${mostMarkers} markers, which leave it no place`,
          expected: `at most ${mostMarkers - 1} markers`,
        }
      );
    },
  },
  {
    id: 'cache-control-ttl-order',
    requirements: ['err.in.cache-control-ttl-order'],
    certainty: 'doubtful',
    find: (request) => {
      let isShort = false;
      const late = findMarked(request, ({ ttl }) => {
        if (ttl === '1h') return isShort;
        isShort = true;
        return false;
      });
      return (
        late && {
          pointer: pointerTo('', ...late, 'ttl'),
          message: 'must not be "1h" after a marker of 5 minutes (tools, system, messages)',
          expected: 'the longer times first',
        }
      );
    },
  },
];

/** The way to the first marker that `wanted` picks, in the order of the cached prefix: tools, system, messages. */
function findMarked({ tools, system, messages }: CheckedRequest, wanted: (marker: JsonObject) => boolean): Steps | undefined {
  const found = ({ cache_control: marker }: JsonObject): Steps | undefined =>
    isJsonObject(marker) && wanted(marker) ? ['cache_control'] : undefined;
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
