/** The models that `--model` names: each as able as the mock's first. */
import { defaultModels } from '../../mock/models.ts';
import type { ModelInfo } from '../../spec/index.ts';

export function namedModels(names: readonly string[]): readonly ModelInfo[] {
  const [template] = defaultModels;
  if (template === undefined) return [];
  return [...new Set(names)].map((id) => Object.assign({}, template, { id, display_name: id }));
}
