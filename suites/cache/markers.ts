/** Markers for the prompt cache, wherever a client may put them. https://platform.claude.com/docs/en/build-with-claude/prompt-caching */
import type { JsonObject } from '../../spec/json.ts';
import { pictures } from '../content/pictures.ts';
import { fruit, lamp } from '../probes/lamp-and-fruit.ts';
import { claudeCode, docs } from '../references.ts';
import { adding, saying, type VariantTable } from '../variants.ts';

const marker = { type: 'ephemeral' } as const;
const marked = { cache_control: marker } as const;
const text = (value: string, more: JsonObject = {}): JsonObject => ({ type: 'text', text: value, ...more });

const rules = 'You are a friendly assistant.';
const style = 'You answer in one short sentence.';
const greeting = 'Good morning.';
const hello = 'Say hello.';

const everyRequest = [claudeCode('no request works, it marks system prompt and messages')];

/** Two system blocks and two of the user, all marked. */
const four: JsonObject = {
  system: [text(rules, marked), text(style, marked)],
  messages: [{ role: 'user', content: [text(greeting, marked), text(hello, marked)] }],
};

export const cacheMarkers: VariantTable = {
  id: 'cache-markers',
  title: 'Markers for the prompt cache in every place; the prompt is too short to be cached',
  base: (model) => ({
    model,
    max_tokens: 1,
    system: [text(rules), text(style)],
    messages: [{ role: 'user', content: [text(greeting), text(hello)] }],
  }),
  source: docs.caching,
  rows: [
    {
      id: 'cache.marker.top-level',
      step: 'top-level',
      change: adding({ cache_control: marker }),
      outcome: 'accepted',
      level: 'should',
      requirement: 'cache_control at the top level of a request is accepted.',
      covers: ['cache.top-level'],
      breaks: [],
      why: 'The simplest way to switch caching on is one that every program can afford.',
      fix: 'A server without a prompt cache ignores the marker.',
    },
    {
      id: 'cache.marker.lifetimes',
      step: 'lifetimes',
      change: (base) => ({
        ...base,
        system: [text(rules), text(style, { cache_control: { ...marker, ttl: '1h' } })],
        messages: [{ role: 'user', content: [text(greeting), text(hello, { cache_control: { ...marker, ttl: '5m' } })] }],
      }),
      outcome: 'accepted',
      level: 'must',
      requirement: 'Markers with a lifetime of an hour and of five minutes are accepted.',
      covers: ['block.in.text-cache-control'],
      breaks: [claudeCode('no request works where the user asked for the longer lifetime')],
    },
    {
      id: 'cache.marker.four',
      step: 'four',
      change: adding(four),
      outcome: 'accepted',
      level: 'must',
      requirement: 'Four markers in system prompt and messages are accepted.',
      covers: ['cache.four-markers', 'cache.below-minimum-ok'],
      breaks: everyRequest,
      bugs: ['sglang#36877'],
    },
    {
      id: 'cache.marker.four-with-tools',
      step: 'four-with-tools',
      change: (base) => ({
        ...base,
        tools: [lamp, { ...fruit, ...marked }],
        system: [text(rules), text(style, marked)],
        messages: [{ role: 'user', content: [text(greeting, marked), text(hello, marked)] }],
      }),
      outcome: 'accepted',
      needs: ['tools'],
      level: 'must',
      requirement: 'Four markers in tools, system prompt and messages are accepted.',
      covers: ['cache.four-markers'],
      breaks: everyRequest,
    },
    {
      id: 'cache.marker.on-earlier-reply',
      step: 'on-earlier-reply',
      change: (base) => ({
        ...base,
        messages: [
          { role: 'user', content: hello },
          { role: 'assistant', content: [text('Hello.', marked)] },
          { role: 'user', content: 'Say it again.' },
        ],
      }),
      outcome: 'accepted',
      level: 'must',
      requirement: 'A marker on the text of an earlier reply is accepted.',
      covers: ['block.in.text-cache-control'],
      breaks: [claudeCode('no session gets beyond its first turn')],
    },
    {
      id: 'cache.marker.on-image',
      step: 'on-image',
      change: saying([{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: pictures.red }, ...marked }, text(hello)]),
      outcome: 'accepted',
      needs: ['images'],
      level: 'should',
      requirement: 'A marker on an image is accepted.',
      covers: ['cache.below-minimum-ok'],
      breaks: [claudeCode('marks the last block of a message, whatever it is')],
    },
    {
      id: 'cache.marker.on-document',
      step: 'on-document',
      change: saying([
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'The lamp in the hall is red.' }, ...marked },
        text(hello),
      ]),
      outcome: 'accepted',
      needs: ['documents'],
      level: 'should',
      requirement: 'A marker on a document is accepted.',
      covers: ['cache.below-minimum-ok'],
      breaks: [claudeCode('marks the last block of a message, whatever it is')],
    },
  ],
};
