/** Several mistakes at once. https://platform.claude.com/docs/en/api/errors */
import { isJsonObject } from '../../spec/json.ts';
import { type Check, scenario } from '../model/check.ts';
import { fail, pass, shown } from '../model/judgement.ts';
import { badRequest, judgeRefusal } from '../model/refusal.ts';
import { at } from '../reading.ts';
import { docs, sdkTypescript } from '../references.ts';

export const severalCheck: Check = scenario({
  id: 'errors.envelope.one-error',
  level: 'should',
  layer: 'http',
  requirement: 'Several mistakes at once are answered with one envelope that holds one error.',
  covers: ['err.head-of-line'],
  source: docs.errors,
  breaks: [sdkTypescript('error.type is undefined where the error is a list')],
  fix: 'Take the first problem of the validator; validators report lists.',
  after: ['http.json.parses', 'errors.envelope.not-foreign'],
  reads: { control: 'bad-several/control', several: 'bad-several/several' },
  judge: ({ control, several }) => {
    const refused = judgeRefusal(control, several, badRequest);
    if (refused.outcome !== 'pass') return refused;
    const list = at(several.json, 'errors') ?? at(several.json, 'error', 'errors') ?? at(several.json, 'error', 'details');
    const error = at(several.json, 'error');
    if (isJsonObject(error) && !Array.isArray(list)) return pass;
    return fail({ of: several, expected: 'one error object', found: shown(several.json) });
  },
});
