/** Bodies that are not a JSON object. They are sent in one form only: `stream` is a field of an object, and here is none that a server could read. */
import type { Check } from '../model/check.ts';
import { refusal } from '../model/refusal.ts';
import { claudeCode, docs } from '../references.ts';

const common = {
  layer: 'http',
  source: docs.errors,
  breaks: [claudeCode('a 5xx instead is repeated ten times')],
  fix: 'Map the parser exception of the framework to the error envelope.',
  control: 'bad-json/control',
} as const;

const malformed = refusal({
  ...common,
  id: 'errors.json.malformed',
  level: 'must',
  requirement: 'A body that is not JSON is answered 400 with an error of type invalid_request_error.',
  covers: ['http.request.json-invalid'],
  mutant: 'bad-json/truncated',
});

const notObject = refusal({
  ...common,
  id: 'errors.json.not-object',
  level: 'should',
  requirement: 'A JSON body that is no object is answered 400 with an error of type invalid_request_error.',
  covers: ['http.request.json-not-object'],
  mutant: 'bad-json/array',
});

const empty = refusal({
  ...common,
  id: 'errors.json.empty',
  level: 'should',
  requirement: 'An empty body is answered 400 with an error of type invalid_request_error.',
  covers: ['http.request.empty-body'],
  mutant: 'bad-json/empty',
});

export const jsonChecks: readonly Check[] = [malformed, notObject, empty];
