/** The models endpoint: pages of models, one model, and whether a request's model is served. https://platform.claude.com/docs/en/api/models/list */
import type { ModelInfo, ModelsList } from '../spec/index.ts';
import type { Catalogue } from './backend.ts';
import { ApiError } from './errors.ts';

const defaultLimit = 20;
const maxLimit = 1000;

/** One page. Without `lifecycle[]` retired models are left out, as officially. */
export function listModels(models: readonly ModelInfo[], query: URLSearchParams): ModelsList {
  const limit = readLimit(query.get('limit'));
  const after = query.get('after_id');
  const before = query.get('before_id');
  if (after !== null && before !== null) throw invalid('after_id and before_id cannot both be given.');
  const listed = models.filter((model) => isListed(model, query.getAll('lifecycle[]')));
  if (before !== null) {
    const end = positionOf(listed, before, 'before_id');
    return page(listed.slice(Math.max(0, end - limit), end), end > limit);
  }
  const start = after === null ? 0 : positionOf(listed, after, 'after_id') + 1;
  return page(listed.slice(start, start + limit), start + limit < listed.length);
}

/** The model of that id; throws a 404 that names the ones there are. */
export function findModel(catalogue: Pick<Catalogue, 'models' | 'unlisted'>, id: string): ModelInfo {
  const models = catalogue.models();
  // Where validation only warns, a body may name none.
  const model = models.find((candidate) => candidate.id === id) ?? (typeof id === 'string' ? catalogue.unlisted?.(id) : undefined);
  if (model !== undefined) return model;
  const served = models.filter(isUsable).map((candidate) => candidate.id);
  throw new ApiError('not_found_error', `model: ${id} is not served here. Served: ${served.join(', ')}.`);
}

/** As `findModel`, for a request that wants to use it: a retired model is listed but does not answer. */
export function findUsableModel(catalogue: Pick<Catalogue, 'models' | 'unlisted'>, id: string): ModelInfo {
  const model = findModel(catalogue, id);
  if (isUsable(model)) return model;
  throw new ApiError('not_found_error', `model: ${id} is retired.`);
}

function isUsable(model: ModelInfo): boolean {
  return model.lifecycle !== 'retired';
}

function isListed(model: ModelInfo, lifecycles: readonly string[]): boolean {
  return lifecycles.length === 0 ? isUsable(model) : lifecycles.includes(model.lifecycle ?? 'active');
}

function readLimit(value: string | null): number {
  if (value === null) return defaultLimit;
  const limit = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (limit < 1 || limit > maxLimit) throw invalid(`limit: must be an integer from 1 to ${maxLimit}, not "${value}".`);
  return limit;
}

function positionOf(models: readonly ModelInfo[], id: string, cursor: string): number {
  const position = models.findIndex((model) => model.id === id);
  if (position < 0) throw invalid(`${cursor}: there is no model "${id}".`);
  return position;
}

function page(data: readonly ModelInfo[], hasMore: boolean): ModelsList {
  return { data: [...data], has_more: hasMore, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
}

function invalid(message: string): ApiError {
  return new ApiError('invalid_request_error', message);
}
