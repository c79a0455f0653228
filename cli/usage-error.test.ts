import { describe, expect, it } from 'vitest';
import { didYouMean, nearestTo, oneOf } from './usage-error.ts';

describe('a suggestion', () => {
  it.each([
    ['lst', ['run', 'list', 'explain'], 'list'],
    ['vlm', ['lm-studio', 'lmdeploy', 'vllm'], 'vllm'],
    ['lmstudio', ['lm-studio', 'lmdeploy', 'vllm'], 'lm-studio'],
    ['message-stop', ['stream.order.pings', 'stream.order.message-stop-once'], 'stream.order.message-stop-once'],
  ])('for %s is the nearest word, or one that holds it', (word, candidates, expected) => {
    expect(nearestTo(word, candidates)).toBe(expected);
  });

  it('is not sought for a page of text, which would take seconds', () => {
    expect(nearestTo(`list${'t'.repeat(200)}`, [`list${'t'.repeat(199)}`])).toBeUndefined();
  });

  it('is not made where nothing is near', () => {
    expect(nearestTo('quux', ['list', 'explain'])).toBeUndefined();
    expect(didYouMean('quux', ['list', 'explain'])).toBe('');
  });
});

describe('oneOf', () => {
  it('lists words as in a sentence', () => {
    expect(oneOf(['a', 'b', 'c'])).toBe('a, b or c');
    expect(oneOf(['a'])).toBe('a');
  });
});
