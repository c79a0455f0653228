/** What a reply must be where the request gives its schema: the server holds any model to it. */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { isMisfit } from '../../spec/validation/rules/json-misfit.ts';
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, pass, shown, verdictOf } from '../model/judgement.ts';
import { forecast } from '../probes/structured-output.ts';
import { isAccepted, isCut, isList, textsOf } from '../reading.ts';
import { docs, sdkPython, sdkTypescript } from '../references.ts';

const common = { layer: 'semantics', source: docs.structuredOutputs } as const;
const needs = ['structured-output'] as const;
const breaks = [sdkTypescript('messages.parse() throws'), sdkPython('messages.parse() raises')];
const fix = 'Constrain generation by a grammar made of the schema; a sentence in the prompt is a hope.';

const bare = scenario({
  ...common,
  id: 'structured-output.reply.bare',
  level: 'must',
  requirement: 'With a format the text of a reply is the JSON and nothing else: no words around it, no code fences.',
  covers: ['so.no-fences'],
  breaks,
  fix,
  needs,
  reads: { json: 'structured-output/json', stream: 'structured-output/stream' },
  judge: (steps) =>
    overAnswers(Object.values(steps), (answer) => {
      const [text] = textsOf(answer.message);
      if (text === undefined) return noText;
      const isBare = text.trimStart().startsWith('{') && (isCut(answer) || text.trimEnd().endsWith('}'));
      return isBare || (isCut(answer) && text.trim() === '')
        ? pass
        : fail({ of: answer, expected: 'a JSON object alone', found: shown(text) });
    }),
});

const after = ['structured-output.reply.bare'];

const fits = (step: 'json' | 'stream', id: string, requirement: string, covers: readonly string[]): Check =>
  scenario({
    ...common,
    id,
    level: 'must',
    requirement,
    covers,
    breaks,
    fix,
    after,
    needs,
    reads: { answer: `structured-output/${step}` },
    judge: ({ answer }) => overAnswers([answer], (one) => judgeText(one, textsOf(one.message)[0])),
  });

const json = fits('json', 'structured-output.reply.fits-schema', 'With a format the first text block of a reply is JSON of the schema.', [
  'so.reply-valid-json',
]);
const stream = fits(
  'stream',
  'structured-output.stream.fits-schema',
  'With a format the text deltas of a stream concatenate to JSON of the schema.',
  ['stream.structured-output', 'so.reply-valid-json'],
);

const everyBlock = scenario({
  ...common,
  id: 'structured-output.reply.every-block-parses',
  level: 'must',
  requirement: 'With a format every text block of a reply is JSON, not only the first.',
  covers: ['sdk.parse.structured'],
  breaks: [sdkTypescript('messages.parse() parses each text block, and throws at the first that is no JSON')],
  fix,
  after,
  needs,
  reads: { json: 'structured-output/json', stream: 'structured-output/stream' },
  judge: (steps) =>
    overAnswers(Object.values(steps), (answer) => {
      const texts = textsOf(answer.message);
      // Of a reply that was cut the last block is incomplete.
      const whole = isCut(answer) ? texts.slice(0, -1) : texts;
      if (whole.length === 0) return inconclusive('the reply has no complete text block');
      return verdictOf(
        whole.flatMap((text) =>
          parsed(text) === undefined ? [{ of: answer, expected: 'JSON in every text block', found: shown(text) }] : [],
        ),
      );
    }),
});

const order = scenario({
  ...common,
  id: 'structured-output.reply.property-order',
  level: 'may',
  requirement: 'Required properties come first, in the order of the schema, then the others.',
  covers: ['so.property-order'],
  breaks: [],
  why: 'What comes first shapes what the model says next; authors of schemas count on the order.',
  after: [...after, 'structured-output.reply.fits-schema', 'structured-output.stream.fits-schema'],
  needs,
  reads: { json: 'structured-output/json', stream: 'structured-output/stream' },
  judge: (steps) =>
    overAnswers(Object.values(steps), (answer) => {
      const value = isCut(answer) ? undefined : parsed(textsOf(answer.message)[0] ?? '')?.value;
      if (!isJsonObject(value)) return inconclusive('the reply has no complete JSON object');
      const known = Object.keys(forecast.properties);
      const required: readonly string[] = forecast.required;
      const expected = [...required, ...known.filter((name) => !required.includes(name))].filter((name) => Object.hasOwn(value, name));
      const found = Object.keys(value);
      return found.join() === expected.join() ? pass : fail({ of: answer, expected: expected.join(', '), found: found.join(', ') });
    }),
});

const withTools = scenario({
  ...common,
  id: 'structured-output.tools.call-or-json',
  level: 'may',
  requirement: 'A format and strict tools go together: the reply is a call, or JSON of the schema.',
  covers: ['so.with-tools'],
  breaks: [sdkTypescript('the tool runner with an output format throws')],
  after,
  needs: ['structured-output', 'tools'],
  reads: { json: 'structured-output/json', answer: 'structured-output/tools' },
  judge: ({ json: control, answer }) => judgeVariant(control, answer),
});

const withThinking = scenario({
  ...common,
  id: 'structured-output.thinking.text-fits',
  level: 'may',
  requirement: 'With a format and thinking the model thinks freely, and its text is JSON of the schema.',
  covers: ['so.with-thinking'],
  breaks,
  fix: 'Let the grammar begin where thinking has ended.',
  after,
  needs: ['structured-output', 'thinking'],
  reads: { json: 'structured-output/json', answer: 'structured-output/thinking' },
  judge: ({ json: control, answer }) => judgeVariant(control, answer),
});

/** The reply to a format with something beside it. */
function judgeVariant(control: Evidence, answer: Evidence): Judgement {
  if (!isAccepted(control)) return inconclusive('the format alone was not accepted');
  if (!isAccepted(answer)) return fail({ of: answer, expected: 'a 2xx answer', found: String(answer.status ?? answer.ended) });
  if (answer.stopReason === 'tool_use') return pass;
  return overAnswers([answer], (one) => judgeText(one, textsOf(one.message)[0]));
}

/** Any failure, else any pass, else why nothing was judged. Answers that were refused show nothing here. */
function overAnswers(answers: readonly Evidence[], judge: (answer: Evidence) => Judgement): Judgement {
  const judged = answers
    .filter((answer) => isAccepted(answer) && answer.stopReason !== 'refusal')
    .map((answer): Judgement => (answer.stopReason === 'tool_use' ? inconclusive('the reply is a tool call') : judge(answer)));
  const failed = judged.flatMap((one) => (one.outcome === 'fail' ? one.deviations : []));
  if (failed.length > 0) return verdictOf(failed);
  return judged.find(({ outcome }) => outcome === 'pass') ?? judged[0] ?? inconclusive('no answer was accepted');
}

function judgeText(answer: Evidence, text: string | undefined): Judgement {
  if (isCut(answer)) return inconclusive(`the reply was cut: ${answer.stopReason ?? 'an error'}`);
  if (text === undefined) return noText;
  const found = parsed(text);
  if (found === undefined) return fail({ of: answer, expected: 'JSON', found: shown(text) });
  return isMisfit(schema, lowered(found.value)) ? fail({ of: answer, expected: 'JSON of the schema', found: shown(found.value) }) : pass;
}

const schema: JsonObject = forecast;

/** A model may end its turn without a word. */
const noText = inconclusive('the reply has no text');

/** A parsed value; undefined for what is no JSON. */
function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** The value with its texts in lower case: officially an enum may come in another. */
function lowered(value: unknown): unknown {
  if (typeof value === 'string') return value.toLowerCase();
  if (isList(value)) return value.map(lowered);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, lowered(inner)]));
}

export const replyChecks: readonly Check[] = [bare, json, stream, everyBlock, order, withTools, withThinking];
