import { sameTokens } from '../added-tokens.fixture.ts';
import { badInputExamples } from '../errors/bad-input.fixture.ts';
import { refusalsOf } from '../errors/bad-input-tables.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { variantExamples } from '../variants.fixture.ts';
import { checks } from './index.ts';
import { cacheMarkers } from './markers.ts';

describeExamples(checks, {
  ...badInputExamples(refusalsOf('cache')),
  ...variantExamples(cacheMarkers),
  'cache.usage.four-same-total': sameTokens,
  'cache.usage.top-level-same-total': sameTokens,
  'cache.usage.lifetimes-same-total': sameTokens,
});
