import { listedModels } from '../models/lists.ts';
import { countTokensRequest, getRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { isAccepted } from '../reading.ts';
import { sayHello } from './say-hello.ts';
import { unknownModel } from '../unknown-model.ts';

/** Official SDKs percent-encode the id, so one that needs it is the more telling. */
const needsEncoding = (id: string): boolean => encodeURIComponent(id) !== id;

/** Dated ids have an alias without the date: `claude-haiku-4-5-20251001`. */
const date = /-20\d{6}$/;

export const modelsList: Probe = probe({
  id: 'models-list',
  title: 'The models list, single models by id and alias, and whether what is listed can be asked',
  cost: { requests: 14, outputTokens: 1 },
  steps: [
    'list',
    'canonical',
    'unknown-id',
    'unknown-query',
    'trailing-slash',
    'lifecycle-active',
    'lifecycle-retired',
    'version-missing',
    'version-unknown',
    'retrieve',
    'retrieve-encoded',
    'alias',
    'usable',
    'usable-count',
  ],
  async run({ send, model, modelsPath }) {
    const list = await send('list', getRequest(modelsPath), { adds: 'models' });
    await send('canonical', getRequest('/v1/models'));
    if (!isAccepted(list)) return;
    const at = (value: string | null) => ({ ...getRequest(modelsPath), headers: { 'anthropic-version': value } });
    await send('unknown-id', getRequest(`${modelsPath}/${unknownModel}`));
    await send('unknown-query', getRequest(`${modelsPath}?no_such_parameter=1`), { control: 'list' });
    await send('trailing-slash', getRequest(`${modelsPath}/`), { control: 'list' });
    await send('lifecycle-active', getRequest(`${modelsPath}?lifecycle[]=active`), { control: 'list' });
    await send('lifecycle-retired', getRequest(`${modelsPath}?lifecycle[]=retired`), { control: 'list' });
    await send('version-missing', at(null), { control: 'list' });
    await send('version-unknown', at('1999-01-01'), { control: 'list' });
    const listed = listedModels(list.json);
    const [first] = listed;
    if (first === undefined) return;
    const entry = (id: string) => getRequest(`${modelsPath}/${encodeURIComponent(id)}`);
    await send('retrieve', entry(listed.find((id) => !needsEncoding(id)) ?? first));
    // Where there is no such id or alias, the first entry once more: equal requests are sent once.
    await send('retrieve-encoded', entry(listed.find(needsEncoding) ?? first));
    const alias = listed.includes(model) ? listed.find((id) => date.test(id))?.replace(date, '') : model;
    await send('alias', entry(alias ?? first));
    // One is enough: to ask another than the run's makes some local servers load gigabytes.
    const asked = listed.includes(model) ? model : first;
    await send('usable', messagesRequest(sayHello(asked)));
    await send('usable-count', countTokensRequest({ model: asked, messages: [{ role: 'user', content: 'Say hello.' }] }));
  },
});
