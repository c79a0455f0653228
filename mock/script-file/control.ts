/** Routes for tests in other languages: what was asked, and a fresh start. The header `x-mock-scope` says of which scope. */
import type { Endpoint, Reply } from '../../endpoint/index.ts';
import { splitUrl } from '../../endpoint/request.ts';
import { scopeKey } from '../scopes.ts';
import type { ScopedMocks } from './scoped-mocks.ts';

/** `GET /_mock/requests` gives the journal as JSON, `POST /_mock/reset` begins anew; everything else goes to the mocks. */
export function withControl(mocks: ScopedMocks): Endpoint & Pick<ScopedMocks, 'models'> {
  return {
    models: mocks.models,
    handle(request) {
      const { path } = splitUrl(request.url);
      const route = `${request.method} ${path}`;
      if (route === 'GET /_mock/requests') return Promise.resolve(json(mocks.find(scopeKey(request.headers))?.requests ?? []));
      if (route !== 'POST /_mock/reset') return mocks.handle(request);
      mocks.reset(scopeKey(request.headers));
      return Promise.resolve(json({}));
    },
  };
}

function json(value: unknown): Reply {
  return { kind: 'body', status: 200, headers: [['content-type', 'application/json']], body: JSON.stringify(value) };
}
