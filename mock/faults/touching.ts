/** Which requests a fault touches: small predicates, to be combined. */
import type { JsonObject } from '../../spec/json.ts';
import { asText } from '../../spec/as-text.ts';
import { headerOf, type Asked } from './asked.ts';

export interface Touch {
  (asked: Asked): boolean;
  /** All that the fault touches where clients are tested, of which this is a sample for the kill matrix. Absent: just this. */
  readonly wide?: Touch;
}

/** `POST /v1/messages`. */
export const messages: Touch = ({ method, path }) => method === 'POST' && path === '/v1/messages';
/** `POST /v1/messages` with `stream: true`. */
export const streams: Touch = (asked) => messages(asked) && asked.body?.['stream'] === true;
/** `POST /v1/messages` without it. */
export const plain: Touch = (asked) => messages(asked) && asked.body?.['stream'] !== true;
export const counts: Touch = ({ method, path }) => method === 'POST' && path === '/v1/messages/count_tokens';
/** `GET` of the models list or of one model. */
export const models: Touch = ({ method, path }) => method === 'GET' && path.startsWith('/v1/models');
export const modelsList: Touch = ({ method, path }) => method === 'GET' && path === '/v1/models';

/** Few requests of `wide`, so that the kill matrix sees one check trip; elsewhere the fault touches all of `wide`. */
export function sample(wide: Touch, narrow: Touch): Touch {
  return Object.assign(all(wide, narrow), { wide });
}

export function all(...touches: readonly Touch[]): Touch {
  return (asked) => touches.every((touch) => touch(asked));
}

export function any(...touches: readonly Touch[]): Touch {
  return (asked) => touches.some((touch) => touch(asked));
}

export function not(touch: Touch): Touch {
  return (asked) => !touch(asked);
}

/** The body is an object and so. */
export function body(is: (body: JsonObject) => boolean): Touch {
  return ({ body: value }) => value !== undefined && is(value);
}

/** What stands at a JSON Pointer of the body is so. A pointer that leads nowhere gives undefined. */
export function at(pointer: string, is: (value: unknown) => boolean): Touch {
  return body((value) => is(valueAt(value, pointer)));
}

/** Something stands at that JSON Pointer. */
export function has(pointer: string): Touch {
  return at(pointer, (value) => value !== undefined);
}

/** `POST /v1/messages` with turns of that shape, each its role and the types of its blocks: `user image text / assistant string`. */
export function turns(shape: string, ...more: readonly Touch[]): Touch {
  return all(
    messages,
    body(({ messages: list }) => Array.isArray(list) && list.map(shapeOf).join(' / ') === shape),
    ...more,
  );
}

function shapeOf(turn: unknown): string {
  const content = valueAt(turn, '/content');
  const types = Array.isArray(content) ? content.map((block) => asText(valueAt(block, '/type'))) : [typeof content];
  return [asText(valueAt(turn, '/role')), ...types].join(' ');
}

/** The text of the request holds that text, wherever. */
export function mentions(text: string): Touch {
  return (asked) => asked.text.includes(text);
}

/** A header has a value that is so; undefined where it is not sent. */
export function header(name: string, is: (value: string | undefined) => boolean): Touch {
  return (asked) => is(headerOf(asked, name));
}

export function valueAt(value: unknown, pointer: string): unknown {
  const path = pointer.split('/').slice(1);
  return path.reduce<unknown>((here, part) => {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(here)) return here[key === '-' ? here.length - 1 : Number(key)];
    return typeof here === 'object' && here !== null ? Reflect.get(here, key) : undefined;
  }, value);
}
