/** Serves the browser test's page: the built package as it is, MSW's own bundle and worker, and no bundler in between. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.json': 'application/json' };

const html = `<!doctype html>
<script type="importmap">{ "imports": { "msw": "/msw.js", "msw/browser": "/msw.js" } }</script>
<script type="module" src="/tests/browser.page.ts"></script>
`;

/** An origin on which the page runs with one of the installed MSWs. */
export async function servePage(msw: 'msw' | 'msw2'): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    contentOf(new URL(request.url ?? '/', 'http://page').pathname, join(root, 'node_modules', msw)).then(
      (content) => response.writeHead(200, { 'content-type': types[extname(request.url ?? '')] ?? 'text/javascript' }).end(content),
      (error: unknown) => response.writeHead(404).end(String(error)),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the page is not on TCP');
  return {
    url: `http://127.0.0.1:${address.port}/index.html`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

async function contentOf(path: string, msw: string): Promise<string> {
  switch (path) {
    case '/index.html':
      return html;
    case '/mockServiceWorker.js':
      return readFile(join(msw, 'lib', path), 'utf8');
    case '/msw.js':
      return `${await readFile(join(msw, 'lib/iife/index.js'), 'utf8')}\nexport const { http, setupWorker } = MockServiceWorker;\n`;
    case '/tests/browser.page.ts':
      return stripTypeScriptTypes(await readFile(join(root, path), 'utf8'));
    default:
      // The page imports sources, for their types; what runs is what is published.
      return readFile(join(root, 'dist', path.replace(/\.ts$/, '.js')), 'utf8');
  }
}
