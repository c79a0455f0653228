/** Plain calls of the official SDK: what they return, and which errors they throw. */
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, notApplicable, pass, shown } from '../model/judgement.ts';
import { at, holdsAnswer, isAccepted, isList, tokens } from '../reading.ts';
import { sdkTypescript } from '../references.ts';
import { judgeReturned, observedOf, sdkSource as source, seenIn, throwing, thrownIn } from './observed.ts';

const content = scenario({
  id: 'sdk.create.content',
  level: 'must',
  layer: 'http',
  requirement: 'messages.create() of the official SDK returns the message: content, usage and id can be read.',
  covers: ['sdk.json.media-type'],
  source,
  breaks: [sdkTypescript('message.content is undefined, and the first line that reads it throws')],
  fix: 'Send content-type: application/json, and take the API version and the Bearer key that the SDK sends.',
  reads: { create: 'sdk/create' },
  judge: ({ create }) => {
    const thrown = thrownIn(create);
    if (thrown !== undefined) return fail(throwing(create, thrown));
    return judgeReturned(create, () => {
      if (!isList(seenIn(create, 'message', 'content'))) return fail(unread(create, 'content', 'a list'));
      if (tokens(seenIn(create, 'message', 'usage'), 'output_tokens') === undefined) return fail(unread(create, 'usage', 'output_tokens'));
      return typeof seenIn(create, 'message', 'id') === 'string' ? pass : fail(unread(create, 'id', 'a string'));
    });
  },
});

function unread(evidence: Evidence, field: string, expected: string): Parameters<typeof fail>[0] {
  return {
    of: evidence,
    pointer: `/${field}`,
    expected: `message.${field}: ${expected}`,
    found: shown(seenIn(evidence, 'message', field)),
  };
}

const requestId = scenario({
  id: 'sdk.create.request-id',
  level: 'should',
  layer: 'http',
  requirement: 'The official SDK finds the id of a request in the header request-id.',
  covers: ['sdk.request-id'],
  source,
  breaks: [sdkTypescript('message._request_id is null, and a report of a fault has no id to name')],
  reads: { create: 'sdk/create' },
  judge: ({ create }) =>
    judgeReturned(create, () => {
      const id = seenIn(create, 'requestId');
      return typeof id === 'string' && id !== '' ? pass : fail({ expected: 'an id in message._request_id', found: shown(id) });
    }),
});

/** Judges the error that the SDK made of a refusal. */
function judgeThrown(evidence: Evidence, name: string): Judgement {
  const error = observedOf(evidence)?.error;
  if (error === undefined) return inconclusive('the record does not say what the SDK made of it');
  if (error.classes.includes(name)) return pass;
  return fail({ of: evidence, expected: name, found: `${error.classes[0] ?? 'no error'}, of status ${evidence.status}` });
}

const badRequest = scenario({
  id: 'sdk.error.bad-request-class',
  level: 'must',
  layer: 'http',
  requirement: 'A request with an empty list of messages makes the official SDK throw BadRequestError.',
  covers: ['sdk.error.class-by-status'],
  source,
  breaks: [sdkTypescript('catch blocks for BadRequestError do not catch it; a status of 500 or more is tried twice again')],
  fix: 'Answer 400 to what is wrong with a request.',
  reads: { create: 'sdk/create', refused: 'sdk/bad-request' },
  judge: ({ create, refused }) => {
    if (!isAccepted(create)) return inconclusive('a good request was not accepted either');
    return isAccepted(refused) ? inconclusive('an empty list of messages was accepted') : judgeThrown(refused, 'BadRequestError');
  },
});

const notFound = scenario({
  id: 'sdk.error.not-found-class',
  level: 'should',
  layer: 'http',
  requirement: 'A model that does not exist makes the official SDK throw NotFoundError.',
  covers: ['sdk.error.class-by-status'],
  source,
  breaks: [sdkTypescript('programs that fall back to another model on NotFoundError do not')],
  reads: { create: 'sdk/create', refused: 'sdk/unknown-model' },
  judge: ({ create, refused }) => {
    if (!isAccepted(create)) return inconclusive('a good request was not accepted either');
    return isAccepted(refused) ? notApplicable('any name of a model is accepted') : judgeThrown(refused, 'NotFoundError');
  },
});

const type = scenario({
  id: 'sdk.error.type',
  level: 'must',
  layer: 'http',
  requirement: 'The type of an error that the official SDK throws is that of the envelope.',
  covers: ['sdk.error.type-field', 'sdk.error.non-json'],
  source,
  breaks: [sdkTypescript('error.type is null, and programs cannot tell one error from another')],
  fix: 'Answer {"type":"error","error":{"type","message"}} as JSON.',
  reads: { refused: 'sdk/bad-request' },
  judge: ({ refused }) => {
    if (isAccepted(refused)) return inconclusive('an empty list of messages was accepted');
    const found = observedOf(refused)?.error?.type;
    return found === 'invalid_request_error' ? pass : fail({ of: refused, expected: '"invalid_request_error"', found: shown(found) });
  },
});

const count = scenario({
  id: 'sdk.count-tokens.number',
  level: 'should',
  layer: 'http',
  requirement: 'messages.countTokens() of the official SDK returns a number of tokens.',
  covers: ['count.shape'],
  source,
  breaks: [sdkTypescript('countTokens() returns an object without input_tokens, and sums become NaN')],
  needs: ['count-tokens'],
  reads: { count: 'sdk/count' },
  judge: ({ count: counted }) =>
    judgeReturned(counted, () => {
      const found = seenIn(counted, 'count', 'input_tokens');
      return (tokens(seenIn(counted, 'count'), 'input_tokens') ?? 0) > 0
        ? pass
        : fail({ pointer: '/input_tokens', expected: 'a number above 0', found: shown(found) });
    }),
});

const pages = scenario({
  id: 'sdk.models.pages-end',
  level: 'must',
  layer: 'semantics',
  requirement: 'The official SDK gets from each page of models.list() to the next: it asks for none twice, and stops at the last.',
  covers: ['sdk.page.has-more', 'sdk.page.last-id'],
  source,
  breaks: [sdkTypescript('for await over models.list() asks for the same page for ever, or misses the models after the first page')],
  fix: 'Take after_id; send has_more: true only with a last_id and models behind it.',
  needs: ['models'],
  reads: { list: 'sdk/models-page' },
  judge: ({ list }) =>
    judgeReturned(list, () => {
      const firsts = seenIn(list, 'firsts');
      if (!isList(firsts)) return inconclusive('no page was read');
      const again = firsts.findIndex((first, n) => first !== null && firsts.indexOf(first) < n);
      if (again !== -1)
        return fail({
          of: list,
          expected: 'every page once',
          found: `page ${again + 1} is page ${firsts.indexOf(firsts[again]) + 1} again: it begins with ${shown(firsts[again])}`,
        });
      if (firsts.length === 1 && at(list.json, 'has_more') === true)
        return fail({
          of: list,
          pointer: '/last_id',
          expected: 'the id of the last model in last_id, after which the next page begins, since has_more is true',
          found: shown(at(list.json, 'last_id')),
        });
      return pass;
    }),
});

const model = scenario({
  id: 'sdk.models.retrieve',
  level: 'should',
  layer: 'http',
  requirement: 'models.retrieve() of the official SDK returns the model that the run uses.',
  covers: ['models.get.same-object', 'models.get.encoded-id'],
  source,
  breaks: [sdkTypescript('models.retrieve() throws NotFoundError for a model that is served')],
  fix: 'Decode the path: the SDK writes a slash in a name as %2F.',
  needs: ['models'],
  reads: { list: 'sdk/models-page', plain: 'models-list/retrieve', model: 'sdk/model' },
  judge: ({ list, plain, model: one }) => {
    if (!isAccepted(list)) return inconclusive('models are not listed either');
    if (!isAccepted(plain) || !holdsAnswer(plain))
      return inconclusive(`no model is found by its id, without the SDK either (${plain.status})`);
    const thrown = thrownIn(one);
    if (thrown !== undefined) return fail(throwing(one, thrown));
    const id = seenIn(one, 'model', 'id');
    return typeof id === 'string' && id !== '' ? pass : fail({ of: one, pointer: '/id', expected: 'a name', found: shown(id) });
  },
});

export const callChecks: readonly Check[] = [content, requestId, badRequest, notFound, type, count, pages, model];
