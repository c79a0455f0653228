import { expect, test } from 'vitest';
import { inOptions } from './option-words.ts';

test.each([
  [
    'Cannot reach http://h. If it is still starting, --wait SECONDS waits for it.',
    'Cannot reach http://h. If it is still starting, the option waitMs waits for it.',
  ],
  [
    'The server wants a key (401); name the environment variable that holds it with --api-key-env NAME.',
    'The server wants a key (401); give it as the option apiKey.',
  ],
  ['/v1/models names no model (404); name one with --model NAME.', '/v1/models names no model (404); name one with the option model.'],
])('%s', (flags, options) => {
  expect(inOptions(flags)).toBe(options);
});
