import { isJsonObject } from '../../spec/json.ts';
import { getRequest, type Probe, probe } from '../model/probe.ts';

export const modelsList: Probe = probe({
  id: 'models-list',
  title: 'The models list, its pages, and one model by its id',
  cost: { requests: 7, outputTokens: 0 },
  steps: ['list', 'canonical', 'limit-1', 'after-first', 'limit-0', 'retrieve', 'unknown-id'],
  async run({ send, modelsPath }) {
    const { json } = await send('list', getRequest(modelsPath), { adds: 'models' });
    await send('canonical', getRequest('/v1/models'));
    await send('unknown-id', getRequest(`${modelsPath}/no-such-model-7f3a`));
    const ids = listedIds(json);
    const [first] = ids;
    if (first === undefined) return;
    await send('limit-1', getRequest(`${modelsPath}?limit=1`));
    await send('after-first', getRequest(`${modelsPath}?limit=1&after_id=${encodeURIComponent(first)}`));
    await send('limit-0', getRequest(`${modelsPath}?limit=0`), { control: 'limit-1' });
    // Official SDKs percent-encode the id, so one that needs it is the more telling.
    const telling = ids.find((id) => encodeURIComponent(id) !== id) ?? first;
    await send('retrieve', getRequest(`${modelsPath}/${encodeURIComponent(telling)}`));
  },
});

function listedIds(json: unknown): readonly string[] {
  if (!isJsonObject(json) || !Array.isArray(json['data'])) return [];
  return json['data'].flatMap((item: unknown) =>
    isJsonObject(item) && typeof item['id'] === 'string' && item['id'] !== '' ? [item['id']] : [],
  );
}
