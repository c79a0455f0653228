/**
 * Forms that a server should take, all in one request, so that a slow model is asked once; then each alone through count_tokens, which
 * generates nothing, to find out which of them is refused. A table makes the probe and its checks.
 */
import type { JsonObject } from '../../spec/json.ts';
import { judgeAcceptance, judgeAnswer, notAccepted } from '../acceptance.ts';
import { type Check, type CheckMeta, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { inconclusive, type Judgement } from '../model/judgement.ts';
import { countTokensRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { withTools } from '../probes/lamp-and-fruit.ts';
import { sayHello } from '../probes/say-hello.ts';
import { isAccepted } from '../reading.ts';

export interface Form extends Pick<CheckMeta, 'id' | 'level' | 'requirement' | 'covers' | 'breaks' | 'bugs' | 'fix' | 'why'> {
  /** Name of the step that sends it alone. Permanent. */
  readonly step: string;
  /** Adds the form to a request; the changes of all rows can be made one after the other. */
  readonly change: (body: JsonObject) => JsonObject;
}

export interface TogetherTable {
  /** Id of the probe. */
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** The check on the request that has all forms. */
  readonly whole: Pick<CheckMeta, 'id' | 'requirement' | 'breaks' | 'bugs' | 'fix' | 'why'>;
  readonly forms: readonly Form[];
}

/** The plain request with two tools, the one with every form in it, and a count of each form alone. */
export function togetherProbe({ id, title, forms }: TogetherTable): Probe {
  const steps = ['plain', 'control', 'together', 'count', ...forms.map(({ step }) => step)];
  return probe({
    id,
    title,
    needs: ['tools'],
    cost: { requests: steps.length, outputTokens: 3 },
    steps,
    async run({ model, send }) {
      const base = withTools(model);
      await send('plain', messagesRequest(sayHello(model)));
      await send('control', messagesRequest(base), { adds: 'tools', control: 'plain' });
      await send('together', messagesRequest(forms.reduce((body, { change }) => change(body), base)), { control: 'control' });
      await send('count', countTokensRequest(counting(base)));
      for (const { step, change } of forms) await send(step, countTokensRequest(counting(change(base))), { control: 'count' });
    },
  });
}

/** The body for count_tokens, which takes no limit. */
function counting(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'max_tokens'));
}

/** A check on all forms together, and one for each. */
export function togetherChecks({ id, source, whole, forms }: TogetherTable): readonly Check[] {
  const all = scenario({
    level: 'should',
    layer: 'http',
    source,
    covers: [...new Set(forms.flatMap(({ covers }) => covers))],
    ...whole,
    needs: ['tools'],
    reads: { control: `${id}/control`, together: `${id}/together` },
    judge: ({ control, together }) => judgeAcceptance(control, together),
  });
  const each = forms.map(({ step, change: _change, ...meta }) =>
    scenario({
      layer: 'http',
      source,
      ...meta,
      needs: ['tools'],
      reads: { control: `${id}/control`, together: `${id}/together`, count: `${id}/count`, alone: `${id}/${step}` },
      judge: judgeForm,
    }),
  );
  return [all, ...each];
}

type Steps = Readonly<Record<'control' | 'together' | 'count' | 'alone', Evidence>>;

/** What was accepted together was accepted. Where it was refused, the count of the form alone says whether this form is why. */
function judgeForm({ control, together, count, alone }: Steps): Judgement {
  if (isAccepted(together)) return judgeAnswer(together);
  if (!isAccepted(control)) return inconclusive('the same request without any of these forms was not accepted either');
  if (!isAccepted(count)) return inconclusive('refused together with other forms, and count_tokens is not there to tell which');
  if (isAccepted(alone)) return inconclusive('refused together with other forms, but counted alone');
  return notAccepted(alone);
}
