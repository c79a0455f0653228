import { listedModels } from '../models/lists.ts';
import { getRequest, type Probe, probe } from '../model/probe.ts';

const cursor = (name: string, id: string): string => `${name}=${encodeURIComponent(id)}`;

export const modelsPages: Probe = probe({
  id: 'models-pages',
  title: 'Pages of the models list: limits and cursors',
  needs: ['models'],
  cost: { requests: 14, outputTokens: 0 },
  steps: [
    'list',
    'limit-1',
    'limit-1000',
    'limit-0',
    'limit-1001',
    'limit-negative',
    'limit-text',
    'after-first',
    'rest',
    'after-last',
    'before-last',
    'before-first',
    'unknown-cursor',
    'both-cursors',
  ],
  async run({ send, modelsPath }) {
    const { json } = await send('list', getRequest(modelsPath));
    const ids = listedModels(json);
    const [first, last] = [ids[0], ids.at(-1)];
    if (first === undefined || last === undefined) return;
    const page = (query: string) => getRequest(`${modelsPath}?${query}`);
    await send('limit-1', page('limit=1'));
    await send('limit-1000', page('limit=1000'), { control: 'list' });
    await send('limit-0', page('limit=0'), { control: 'limit-1' });
    await send('limit-1001', page('limit=1001'), { control: 'limit-1000' });
    await send('limit-negative', page('limit=-1'), { control: 'limit-1' });
    await send('limit-text', page('limit=abc'), { control: 'limit-1' });
    await send('after-first', page(`limit=1&${cursor('after_id', first)}`));
    await send('rest', page(cursor('after_id', first)));
    await send('after-last', page(cursor('after_id', last)));
    await send('before-last', page(`limit=1&${cursor('before_id', last)}`));
    await send('before-first', page(cursor('before_id', first)));
    await send('unknown-cursor', page('after_id=no-such-model-7f3a'), { control: 'list' });
    await send('both-cursors', page(`${cursor('after_id', first)}&${cursor('before_id', last)}`), { control: 'list' });
  },
});
