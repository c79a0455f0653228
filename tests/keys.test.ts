// Keys that a user has lying around never reach a host that the user did not name for them, and no key reaches a file.
import { createMock } from '../mock/index.ts';
import { listen } from '../endpoint/node/index.ts';
import { describe, expect, test } from 'vitest';
import { conformance } from './cli.fixture.ts';

const canaries = {
  ANTHROPIC_API_KEY: 'sk-ant-canary-key-1111111111',
  ANTHROPIC_AUTH_TOKEN: 'canary-token-2222222222',
  CLAUDE_CODE_OAUTH_TOKEN: 'canary-oauth-3333333333',
};

describe('keys', () => {
  test('in the environment are not sent', async () => {
    await using server = await listen(createMock({ apiKeys: [] }), { port: 0 });
    const { code, record, stdout } = await conformance(['run', '--base-url', server.url, '--only', 'messages.*,http.*'], { env: canaries });
    expect(code).toBe(0);
    const wire = JSON.stringify(record) + stdout;
    for (const canary of Object.values(canaries)) expect(wire).not.toContain(canary);
    const names = new Set(record?.exchanges.flatMap(({ request }) => request.headers.map(([name]) => name.toLowerCase())));
    expect(names.has('x-api-key')).toBe(false);
    expect(names.has('authorization')).toBe(false);
  });

  test('that are named are sent, and recorded as asterisks of the same length', async () => {
    await using server = await listen(createMock({ apiKeys: [canaries.ANTHROPIC_API_KEY] }), { port: 0 });
    const { code, record, stdout } = await conformance(
      ['run', '--base-url', server.url, '--api-key-env', 'ANTHROPIC_API_KEY', '--only', 'messages.*,auth.*'],
      {
        env: canaries,
      },
    );
    expect(code).toBe(0);
    expect(JSON.stringify(record) + stdout).not.toContain(canaries.ANTHROPIC_API_KEY);
    const sent = record?.exchanges.flatMap(({ request }) =>
      request.headers.filter(([name]) => name.toLowerCase() === 'x-api-key').map(([, value]) => value),
    );
    expect(sent).toContain('*'.repeat(canaries.ANTHROPIC_API_KEY.length));
  });
});
