/** The head of a report: what was asked, of whom, and with what. Printed before a run's first probe. */
import type { Target } from '../../spec/record/index.ts';
import type { Look } from './look.ts';
import { safeText } from './safe-text.ts';
import { hanging } from './wrap.ts';

const modelSource: Readonly<Record<Target['modelFrom'], string>> = {
  option: '',
  'models-list': ' (first of the models list)',
  profile: ' (from the profile)',
};

/** Target, model, authentication and API version. */
export function header(
  target: Target,
  suite: { readonly version: string; readonly catalogue: string },
  { width, paint }: Look,
): readonly string[] {
  const rows: readonly (readonly [string, string])[] = [
    ['target', target.baseUrl],
    ['model', target.model === '' ? 'none known' : `${target.model}${modelSource[target.modelFrom]}`],
    ['auth', target.auth === 'none' ? 'none (no key)' : target.auth],
    ['version', target.apiVersion],
    ...(target.profile === undefined ? [] : [['profile', target.profile] as const]),
  ];
  return [
    paint('strong', `messages-conformance ${safeText(suite.version)}`) +
      paint('quiet', `, catalogue ${safeText(suite.catalogue.slice(0, 8))}`),
    ...rows.flatMap(([name, value]) => hanging(name.padEnd(9), safeText(value), width)),
  ];
}
