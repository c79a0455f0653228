/** What a schema says against a file, in the words of a sentence: where, what, and which word it stumbled over. */
import type { ErrorObject } from 'ajv/dist/2020.js';

/** Of the first error. @param root what to call the document, as in `record/exitCode must be integer`. */
export function schemaProblem(root: string, errors: readonly ErrorObject[] | null | undefined): string {
  const [error] = errors ?? [];
  if (error === undefined) return `${root} is wrong`;
  const { instancePath, message = 'is wrong', params } = error;
  const unknown: unknown = params['additionalProperty'];
  const allowed: unknown = params['allowedValues'];
  const words = typeof unknown === 'string' ? `: "${unknown}"` : Array.isArray(allowed) ? `: ${allowed.join(', ')}` : '';
  return `${root}${instancePath} ${message}${words}`;
}
