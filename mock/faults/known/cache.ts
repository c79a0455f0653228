/** Faults of cache markers. What is read from a cache: `usage.ts`. */
import { ignores, says } from '../acting.ts';
import { putUsage } from '../body-edits.ts';
import type { KnownFault } from '../fault.ts';
import { has, mentions, not, type Touch, turns } from '../touching.ts';
import { acted, refused } from './acted.ts';

/** The prompt of these checks. */
const marked = (shape: string, ...more: readonly Touch[]): Touch => turns(shape, mentions('You answer in one short sentence.'), ...more);
const inText = 'user text text';
const everywhere = has('/system/0/cache_control');
const automatic = has('/cache_control');
const topLevel = marked(inText, automatic, not(everywhere));
const four = marked(inText, everywhere, not(automatic));
const lifetimes = marked(inText, mentions('"ttl"'));

const refusing = refused([
  {
    id: 'cache-top-level-refused',
    sentence: 'cache_control at the top level is refused.',
    trips: ['cache.marker.top-level'],
    touches: topLevel,
  },
  {
    id: 'cache-lifetimes-refused',
    sentence: 'A marker with a lifetime is refused.',
    trips: ['cache.marker.lifetimes'],
    touches: lifetimes,
  },
  {
    id: 'cache-four-refused',
    sentence: 'More than three markers are refused.',
    imitates: ['sglang#36877'],
    trips: ['cache.marker.four'],
    touches: four,
  },
  {
    id: 'cache-on-tools-refused',
    sentence: 'A marker on a tool is refused.',
    trips: ['cache.marker.four-with-tools'],
    touches: marked(inText, has('/tools')),
  },
  {
    id: 'cache-on-reply-refused',
    sentence: 'A marker on an earlier reply is refused.',
    trips: ['cache.marker.on-earlier-reply'],
    touches: marked('user string / assistant text / user string'),
  },
  {
    id: 'cache-on-image-refused',
    sentence: 'A marker on an image is refused.',
    trips: ['cache.marker.on-image'],
    touches: marked('user image text'),
  },
  {
    id: 'cache-on-document-refused',
    sentence: 'A marker on a document is refused.',
    trips: ['cache.marker.on-document'],
    touches: marked('user document text'),
  },
]);

/** What was read from the cache is among the input tokens as well. */
const countedTwice = says(putUsage('cache_read_input_tokens', 12));

const counting = acted({ layer: 'json', act: countedTwice }, [
  {
    id: 'cache-four-counted-twice',
    sentence: 'What four markers let the server read from its cache is counted twice.',
    imitates: ['sglang#25876', 'vllm#49456'],
    trips: ['cache.usage.four-same-total'],
    touches: four,
  },
  {
    id: 'cache-top-level-counted-twice',
    sentence: 'What automatic caching reads from the cache is counted twice.',
    trips: ['cache.usage.top-level-same-total'],
    touches: topLevel,
  },
  {
    id: 'cache-lifetimes-counted-twice',
    sentence: 'What is read from the cache that lasts an hour is counted twice.',
    trips: ['cache.usage.lifetimes-same-total'],
    touches: lifetimes,
  },
]);

const taking = acted({ layer: 'behaviour', act: ignores('/cache_control') }, [
  {
    id: 'cache-fifth-taken',
    sentence: 'Automatic caching beside four markers is taken.',
    trips: ['cache.marker.auto-beside-four'],
    touches: turns('user text text text', everywhere, automatic),
  },
]);

export const cacheFaults: readonly KnownFault[] = [...refusing, ...counting, ...taking];
