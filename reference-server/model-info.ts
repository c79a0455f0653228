/** What `GET /v1/models` says about a loaded model. */
import type { ModelInfo } from '../spec/index.ts';
import type { LoadedModel } from './model.ts';

const yes = { supported: true };
const no = { supported: false };

/** The model's entry. `createdAt` is the file's own date: it stays the same from start to start. */
export function modelInfo(model: LoadedModel, id: string, createdAt: Date): ModelInfo {
  const name: unknown = model.file.metadata.general?.name;
  const canThink = model.family.thinking !== undefined;
  return {
    id,
    type: 'model',
    display_name: typeof name === 'string' && name !== '' ? name : id,
    created_at: createdAt.toISOString().replace(/\.\d+Z$/u, 'Z'),
    max_input_tokens: model.window,
    max_tokens: model.window,
    capabilities: {
      batch: no,
      citations: no,
      code_execution: no,
      context_management: { supported: false },
      effort: { supported: false, low: no, medium: no, high: no, xhigh: no, max: no },
      image_input: no,
      pdf_input: no,
      server_tools: { supported: false },
      structured_outputs: yes,
      thinking: {
        supported: canThink,
        // `adaptive` is always taken: a model that cannot think, or chooses not to, simply does not.
        types: { adaptive: yes, enabled: canThink ? yes : no, disabled: yes, between_tools: no },
      },
    },
    lifecycle: 'active',
    deprecated_at: null,
    retires_at: null,
    line: null,
  };
}
