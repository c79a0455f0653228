/** Finds the recording that answers a request, or the one that nearly does. */
import { pointerTo } from '../../spec/index.ts';
import { deviations, type Deviation } from '../compare.ts';
import { splitUrl } from '../../endpoint/request.ts';
import type { Asked } from './asked.ts';
import type { Recording } from './recording.ts';

/** A recording and what to call it: its file name. */
export interface NamedRecording {
  readonly name: string;
  readonly recording: Recording;
}

export interface Shelf {
  /** The next recording of this very request. */
  take(asked: Asked): Recording | undefined;
  /** The recording of this route that differs least; undefined where the route was never recorded. */
  nearest(asked: Asked): { readonly name: string; readonly differs: readonly Deviation[] } | undefined;
}

interface Slot extends NamedRecording {
  readonly route: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  isTaken: boolean;
}

/** @param ignore JSON Pointers of the body that do not count. */
export function createShelf(recordings: readonly NamedRecording[], ignore: readonly string[]): Shelf {
  const slots = recordings.map(slotOf);
  const isIgnored = ({ steps }: Deviation): boolean => ignore.some((pointer) => `${pointerTo('', ...steps)}/`.startsWith(`${pointer}/`));
  const differsAt = (slot: Slot, asked: Asked): readonly Deviation[] => [
    ...deviations({ query: slot.query }, { query: Object.fromEntries(asked.query) }),
    ...deviations(slot.body, asked.body.json ?? asked.body.text).filter((one) => !isIgnored(one)),
  ];
  const onRoute = ({ method, path }: Asked): readonly Slot[] => slots.filter(({ route }) => route === `${method} ${path}`);
  return {
    take(asked) {
      const same = onRoute(asked).filter((slot) => differsAt(slot, asked).length === 0);
      const slot = same.find(({ isTaken }) => !isTaken) ?? same.at(-1);
      if (slot !== undefined) slot.isTaken = true;
      return slot?.recording;
    },
    nearest(asked) {
      return onRoute(asked)
        .map((slot) => ({ name: slot.name, differs: differsAt(slot, asked) }))
        .toSorted((a, b) => a.differs.length - b.differs.length)[0];
    },
  };
}

function slotOf(named: NamedRecording): Slot {
  const { method, target, json, text } = named.recording.request;
  const { path, query } = splitUrl(target);
  return { ...named, route: `${method} ${path}`, query: Object.fromEntries(query()), body: json ?? text, isTaken: false };
}
