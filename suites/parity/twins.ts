/** Scenario checks over twins: the same request without stream and as a stream. Texts may differ as sampling allows; shapes may not. */
import { type CheckMeta, scenario, type ScenarioCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { inconclusive, type Judgement } from '../model/judgement.ts';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { isAccepted } from '../reading.ts';

export interface Twins {
  readonly json: Evidence;
  readonly stream: Evidence;
  /** The two messages. */
  readonly whole: JsonObject;
  readonly folded: JsonObject;
}

export interface TwinCheck extends Omit<CheckMeta, 'since' | 'layer' | 'source'> {
  readonly source: string;
  /** Probe with the steps `json` and `stream`; default `text`. */
  readonly probe?: string;
  readonly judge: (twins: Twins) => Judgement;
}

/** Declares a check on twins. Where one of them was refused, nothing can be compared. */
export function twinCheck({ probe = 'text', judge, ...meta }: TwinCheck): ScenarioCheck {
  return scenario({
    ...meta,
    layer: 'semantics',
    reads: { json: `${probe}/json`, stream: `${probe}/stream` },
    judge: ({ json, stream }) => {
      if (!isAccepted(json) || !isAccepted(stream)) return inconclusive('one of the two requests was refused');
      const [whole, folded] = [json.message, stream.message];
      if (!isJsonObject(whole) || !isJsonObject(folded)) return inconclusive('one of the two answers is no message');
      return judge({ json, stream, whole, folded });
    },
  });
}
