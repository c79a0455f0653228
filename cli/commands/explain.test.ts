import { describe, expect, it } from 'vitest';
import { catalogue } from '../../reports/record.fixture.ts';
import { explanation } from './explain.ts';
import { listText } from './list.ts';

describe('explain', () => {
  it('tells all that the catalogue knows, and how to see it', () => {
    expect(explanation('stream.order.ends-with-message-stop', catalogue, 60)).toBe(`stream.order.ends-with-message-stop

requires    A stream that did not fail ends with exactly one
            message_stop event.
level       must (a failure makes exit 1)
layer       order
breaks      SDK for TypeScript: the stream helper throws
bugs        vllm#45367
fix         Send message_stop after the last message_delta,
            and nothing after it.
source      https://docs.claude.com/en/api/messages
since       0.1.0
probe       hello: A short greeting

try it      npx messages-conformance --base-url http://127.0.0.1:8000 --only stream.order.ends-with-message-stop --verbose
            A failure prints the curl command of its exact
            request. A plain request to start from:
            curl -sS -i -N http://127.0.0.1:8000/v1/messages \\
              -H 'content-type: application/json' -H 'anthropic-version: 2023-06-01' \\
              --data-raw '{"model":"NAME","max_tokens":64,"stream":true,"messages":[{"role":"user","content":"Hello"}]}'
`);
  });

  it('names the optional parts that a request is made of', () => {
    const [check, ...others] = catalogue.checks;
    if (check === undefined) throw new Error('the catalogue is empty');
    const made = { ...catalogue, checks: [{ ...check, parts: ['tools', 'thinking'] as const }, ...others] };
    expect(explanation(check.id, made, 100)).toContain(
      '\nparts       tools, thinking (where one of them is refused, so may be the whole)\n',
    );
    expect(explanation(check.id, catalogue, 100)).not.toContain('\nparts ');
  });

  it('suggests the nearest id', () => {
    expect(() => explanation('tools.choice.an', catalogue, 80)).toThrow(
      'There is no check "tools.choice.an"; did you mean tools.choice.any?',
    );
    expect(() => explanation('xyzzy', catalogue, 80)).toThrow('There is no check "xyzzy"; "npx messages-conformance list" names them all.');
  });
});

describe('list', () => {
  const checks = catalogue.checks.slice(0, 2);

  it('has one line a check where no terminal wraps it', () => {
    expect(listText(checks, undefined)).toBe(
      'http.json.content-type   must    What http.json.content-type requires.\nhttp.request-id.present  should  Every response carries a request-id header.\n',
    );
  });

  it('wraps to a wide terminal, and puts requirements below ids on a narrow one', () => {
    expect(listText(checks.slice(1), 75)).toBe(
      'http.request-id.present  should  Every response carries a request-id header.\n'.replace(
        ' header',
        '\n                                 header',
      ),
    );
    expect(listText(checks.slice(1), 40)).toBe('http.request-id.present  should\n    Every response carries a request-id\n    header.\n');
  });
});
