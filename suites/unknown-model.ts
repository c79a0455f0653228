/** A model that no server has. What takes it for one of its own is found by the checks that ask for it, and by them alone. */
export const unknownModel = 'no-such-model-7f3a';

export function isUnknownModel(model: string): boolean {
  return model.startsWith('no-such-model-');
}
