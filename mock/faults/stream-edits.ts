/** Edits of the events of a stream, for faults that touch one event and leave the rest as it is. */
import type { StreamEvent } from '../../spec/index.ts';
import type { Frame } from '../../endpoint/index.ts';
import { withAt } from './acting.ts';
import { type Fault, mapEvents, mapFrames } from './reply-faults.ts';

/** Which events: those of a type, of these only the one at this place (from 0) where one is given; -1 for the last is not known in time. */
export interface Which {
  readonly type: StreamEvent['type'];
  readonly nth?: number;
  readonly where?: (event: StreamEvent) => boolean;
}

/** A fault that remembers, and begins anew with each answer. */
export function anew(make: () => Fault): Fault {
  return (reply, request) => make()(reply, request);
}

/** Replaces events: by nothing (undefined), by one or (an array) by several. */
export function edit({ type, nth, where }: Which, change: (event: StreamEvent) => unknown): Fault {
  return anew(() => {
    let seen = 0;
    return mapEvents((event) => {
      if (event.type !== type || where?.(event) === false) return event;
      const place = seen;
      seen += 1;
      return nth === undefined || nth === place ? change(event) : event;
    });
  });
}

/** Another value at a JSON Pointer of events; undefined removes what is there. */
export function put(which: Which, pointer: string, value: unknown): Fault {
  return edit(which, (event) => withAt(event, pointer, value));
}

/** Without events. */
export function drop(which: Which): Fault {
  return edit(which, () => undefined);
}

/** Events twice. */
export function twice(which: Which): Fault {
  return edit(which, (event) => [event, event]);
}

/** More events before. */
export function before(which: Which, ...more: readonly unknown[]): Fault {
  return edit(which, (event) => [...more, event]);
}

/** More events behind. */
export function behind(which: Which, ...more: readonly unknown[]): Fault {
  return edit(which, (event) => [event, ...more]);
}

/** Holds events back until another one has been sent. */
export function delay(which: Which, until: Which): Fault {
  return anew(() => {
    const held: StreamEvent[] = [];
    const keep = edit(which, (event) => {
      held.push(event);
      return undefined;
    });
    const release = edit(until, (event) => [event, ...held]);
    return (reply, request) => release(keep(reply, request), request);
  });
}

/** Another text for the frame of an event. */
export function reword(type: StreamEvent['type'], change: (text: string) => string): Fault {
  return anew(() => mapFrames((frame) => [isOf(frame, type) ? { ...frame, text: change(frame.text) } : frame]));
}

/** The same for every frame. */
export function rewordAll(change: (text: string) => string): Fault {
  return mapFrames((frame) => [{ ...frame, text: change(frame.text) }]);
}

function isOf({ text }: Frame, type: string): boolean {
  return text.includes(`"type":"${type}"`);
}
