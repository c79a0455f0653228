/** A known fault: what some server gets wrong, as data, so that checks can be shown to notice it and clients to survive it. */
import type { Reply } from '../../endpoint/index.ts';
import type { JsonObject } from '../../spec/json.ts';
import type { Asked } from './asked.ts';
import type { Fault } from './reply-faults.ts';
import type { Touch } from './touching.ts';

/** Where a fault acts. `behaviour`: the server understands or does something else than it was asked. */
export type FaultLayer = 'headers' | 'status' | 'json' | 'sse' | 'bytes' | 'timing' | 'behaviour';

/** What a fault does. Made anew for each server, so that it may remember what came before. */
export interface Act {
  /** What the server takes the request for. */
  readonly hears?: (body: JsonObject, asked: Asked) => unknown;
  /** Headers that it takes the request to have. */
  readonly hearsHeaders?: (headers: readonly (readonly [string, string])[], asked: Asked) => readonly (readonly [string, string])[];
  /** Method and target (path and query) that it takes the request for. */
  readonly hearsTarget?: (asked: Asked) => { readonly method?: string; readonly url?: string };
  /** What it answers instead of handling the request; undefined: it handles it. */
  readonly instead?: (asked: Asked) => Reply | undefined;
  /** What becomes of its answer, at once or after it has been held back. */
  readonly says?: (...answer: Parameters<Fault>) => Reply | Promise<Reply>;
}

export interface KnownFault {
  /** kebab-case. Permanent. */
  readonly id: string;
  /** What the server does, in one sentence. */
  readonly sentence: string;
  readonly layer: FaultLayer;
  /** Real occurrences, as `repository#number`. */
  readonly imitates?: readonly string[];
  /** Ids of the checks that must notice it. */
  readonly trips: readonly string[];
  /** Ids of checks that notice it too, or may, each with the reason. */
  readonly mayTrip?: Readonly<Record<string, string>>;
  /** The requests that it touches. Default: every one. Few, so that a fault costs the kill matrix little. */
  readonly touches?: Touch;
  /** Of these, requests that are enough to see it: who tries it need not send the others for their own sake. Default: all of them. */
  readonly seenIn?: (asked: Asked) => boolean;
  /** A run against the server ends with its first request. Default false. */
  readonly endsRun?: boolean;
  readonly act: () => Act;
}

/** Declares a fault. */
export function fault(definition: KnownFault): KnownFault {
  return definition;
}
