/** The models that a mock serves unless told otherwise: able to do everything that the endpoint can. */
import type { ModelCapabilities, ModelInfo } from '../spec/index.ts';

const yes = { supported: true };
const no = { supported: false };

const capabilities: ModelCapabilities = {
  batch: no,
  citations: no,
  code_execution: no,
  context_management: { supported: false, clear_thinking_20251015: no, clear_tool_uses_20250919: no, compact_20260112: no },
  effort: { supported: true, low: yes, medium: yes, high: yes, xhigh: yes, max: yes },
  image_input: yes,
  pdf_input: yes,
  server_tools: { supported: false, code_execution: no, web_search: no },
  structured_outputs: yes,
  thinking: { supported: true, types: { adaptive: yes, enabled: yes, disabled: yes, between_tools: yes } },
};

function model(id: string, displayName: string, createdAt: string, more: Partial<ModelInfo> = {}): ModelInfo {
  return {
    type: 'model',
    id,
    display_name: displayName,
    created_at: createdAt,
    max_input_tokens: 200_000,
    // What Claude Code asks for at most.
    max_tokens: 128_000,
    capabilities,
    lifecycle: 'active',
    deprecated_at: null,
    retires_at: null,
    line: null,
    ...more,
  };
}

const aged = model('mock-haiku-20250301', 'Mock Haiku', '2025-03-01T00:00:00Z', {
  line: 'haiku',
  lifecycle: 'deprecated',
  deprecated_at: '2026-09-01T00:00:00Z',
  retires_at: '2099-09-01T00:00:00Z',
});

/** Newest first. The second id needs percent-encoding in a path, as many local ones do; the last two are old, and one of them retired: found by its id, but neither listed nor usable. */
export const defaultModels: readonly ModelInfo[] = [
  model('mock-model', 'Mock', '2026-10-01T00:00:00Z'),
  model('local/mock-model:mini', 'Mock Mini', '2026-05-01T00:00:00Z'),
  model('mock-claude', 'Mock Claude', '2025-12-01T00:00:00Z'),
  aged,
  model('mock-instant-20240101', 'Mock Instant', '2024-01-01T00:00:00Z', {
    lifecycle: 'retired',
    deprecated_at: '2024-09-01T00:00:00Z',
    retires_at: '2025-01-01T00:00:00Z',
  }),
];

/** A model that is not listed by that id: the alias of a dated one, or a name that might be; tests ask for the models that their program uses. */
export function modelNamed(id: string): ModelInfo | undefined {
  if (id === 'mock-haiku') return aged;
  return id.startsWith('claude-') ? model(id, id, '2026-01-01T00:00:00Z') : undefined;
}
