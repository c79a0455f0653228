/** What a server says to a body that is larger than it takes. https://platform.claude.com/docs/en/api/errors */
import { type Check, scenario } from '../model/check.ts';
import { fail, notApplicable, pass } from '../model/judgement.ts';
import { errorTypeOf } from '../model/refusal.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';

/** The documentation names the first; the official SDK does not know it. */
const types: ReadonlySet<string> = new Set(['request_too_large', 'invalid_request_error']);

export const sizeCheck: Check = scenario({
  id: 'errors.status.too-large-is-413',
  level: 'should',
  layer: 'http',
  requirement: 'A body that is larger than the server takes is answered 413 with an error of type request_too_large.',
  covers: ['err.status.413', 'http.request.too-large'],
  source: docs.errors,
  breaks: [
    claudeCode('gives up on a 413 at once, and repeats a 5xx ten times'),
    sdkTypescript('error.type is null where a gateway answers with its own page'),
  ],
  fix: 'Raise the limit of the framework to 32 MB, and write the envelope in its handler.',
  reads: { large: 'bad-size/large' },
  judge: ({ large }) => {
    const { status = 0 } = large;
    const type = errorTypeOf(large);
    if (status < 500 && status !== 413) return notApplicable(`a body of 4 MiB is read (${status})`);
    if (status === 413 && type !== undefined && types.has(type)) return pass;
    return fail({ of: large, expected: '413 request_too_large', found: `${status} ${type ?? 'without an error type'}` });
  },
});
