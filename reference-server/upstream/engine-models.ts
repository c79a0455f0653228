/** The engine's models list, as this server lists it. */
import { ApiError } from '../../endpoint/errors.ts';
import type { ModelInfo } from '../../spec/index.ts';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import type { EngineClient } from './engine-client.ts';
import { brokenReply } from './engine-error.ts';
import { engineTraits, type EngineTraits } from './engine-traits.ts';

const askedAtOnce = 8;

export interface EngineModel {
  readonly info: ModelInfo;
  readonly traits: EngineTraits;
  /** Tokens of prompt and reply together, where the engine tells them. */
  readonly window: number | undefined;
}

/**
 * What the engine serves now. `engine` names the engine where its list does not. A model keeps the date it had in `before`: vLLM, SGLang
 * and LMDeploy give the time of the request as theirs.
 */
export async function loadModels(
  client: EngineClient,
  engine: string | undefined,
  before: readonly EngineModel[] = [],
): Promise<readonly EngineModel[]> {
  // For the whole of it: an engine that dawdles at each question would be waited for very long.
  const patience = AbortSignal.timeout(client.plainSilenceMs);
  const list = await client.get(`${client.address.api}/models`, patience);
  const data = isJsonObject(list) ? list['data'] : undefined;
  if (!Array.isArray(data)) throw brokenReply('does not list its models as OpenAI does');
  // The first of those that share an id is the one that is asked.
  const entries = new Map<string, JsonObject>();
  for (const entry of data as readonly unknown[]) if (isNamed(entry) && !entries.has(entry.id)) entries.set(entry.id, entry);
  let asked: Promise<number | undefined> | undefined;
  const askWindow = (): Promise<number | undefined> => (asked ??= llamaWindow(client, patience));
  const models: EngineModel[] = [];
  const left = [...entries];
  // A few at a time, since there may be very many.
  while (left.length > 0) {
    const some = left.splice(0, askedAtOnce);
    models.push(...(await Promise.all(some.map(([id, entry]) => readModel(client, id, entry, engine, before, patience, askWindow)))));
  }
  return models;
}

function isNamed(entry: unknown): entry is JsonObject & { readonly id: string } {
  return isJsonObject(entry) && typeof entry['id'] === 'string' && entry['id'] !== '' && entry['id'].isWellFormed();
}

async function readModel(
  client: EngineClient,
  id: string,
  entry: JsonObject,
  engine: string | undefined,
  before: readonly EngineModel[],
  patience: AbortSignal,
  askWindow: () => Promise<number | undefined>,
): Promise<EngineModel> {
  const owner = entry['owned_by'];
  const traits = await withLearned(client, id, engineTraits(engine ?? (typeof owner === 'string' ? owner : '')), patience);
  const window = count(entry['max_model_len']) ?? (traits.tokenizer === 'llama.cpp' ? await askWindow() : undefined);
  const known = before.find(({ info }) => info.id === id)?.info.created_at;
  return {
    info: {
      id,
      type: 'model',
      display_name: id,
      created_at: known ?? rfc3339(count(entry['created'])),
      max_input_tokens: window ?? null,
      max_tokens: window ?? null,
      capabilities: null,
      lifecycle: 'active',
      deprecated_at: null,
      retires_at: null,
      line: null,
    },
    traits,
    window,
  };
}

/** What depends on the engine's version, and can be asked without generating. */
async function withLearned(client: EngineClient, model: string, traits: EngineTraits, patience: AbortSignal): Promise<EngineTraits> {
  return traits.tokenizer === 'llama.cpp' ? { ...traits, continuesAnswers: await llamaContinues(client, model, patience) } : traits;
}

/**
 * Where llama.cpp knows `continue_final_message` it streams what comes after the last message; before, it began with that message again.
 * It refuses the field together with its opposite.
 */
async function llamaContinues(client: EngineClient, model: string, patience: AbortSignal): Promise<boolean> {
  const messages = ['user', 'assistant'].map((role) => ({ role, content: 'Hello' }));
  try {
    const body = { model, messages, add_generation_prompt: true, continue_final_message: true };
    await client.post(`${client.address.root}/apply-template`, body, patience);
    return false;
  } catch (error) {
    return error instanceof ApiError && error.status === 400 && error.message.includes('continue_final_message');
  }
}

/** The list has the context that the model was trained with, not the one that a request gets. */
async function llamaWindow(client: EngineClient, patience: AbortSignal): Promise<number | undefined> {
  const props = await client.get(`${client.address.root}/props`, patience).catch(() => undefined);
  const settings = isJsonObject(props) ? props['default_generation_settings'] : undefined;
  return isJsonObject(settings) ? count(settings['n_ctx']) : undefined;
}

/** Of the year 9999: behind it there are no dates in RFC 3339. Times in milliseconds, which some engines give, lie behind it. */
const lastSecond = 253_402_300_799;

/** The beginning of time where the engine does not know. */
function rfc3339(seconds: number | undefined): string {
  const isDate = seconds !== undefined && seconds <= lastSecond;
  return new Date(isDate ? seconds * 1000 : 0).toISOString().replace(/\.\d+Z$/u, 'Z');
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
