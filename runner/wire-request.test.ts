import { describe, expect, test } from 'vitest';
import { getRequest, messagesRequest } from '../suites/model/probe.ts';
import { type Addressee, sendingKey, wireRequest } from './wire-request.ts';

const addressee: Addressee = {
  baseUrl: 'http://host/prefix',
  auth: 'x-api-key',
  apiKey: 'sk-1',
  apiVersion: '2023-06-01',
  headers: [['X-Extra', 'a']],
  userAgent: 'messages-conformance/0',
};

describe('a request on the wire', () => {
  test('carries what every client sends', () => {
    const { method, url, headers, body } = wireRequest(messagesRequest({ model: 'm' }, '?beta=true'), addressee);
    expect([method, url, new TextDecoder().decode(body)]).toEqual(['POST', 'http://host/prefix/v1/messages?beta=true', '{"model":"m"}']);
    expect(headers).toEqual([
      ['accept', 'application/json'],
      ['user-agent', 'messages-conformance/0'],
      ['anthropic-version', '2023-06-01'],
      ['content-type', 'application/json'],
      ['x-api-key', 'sk-1'],
      ['X-Extra', 'a'],
    ]);
  });

  test('has neither body nor content type where nothing is sent', () => {
    const { headers, body } = wireRequest(getRequest('/v1/models'), addressee);
    expect(body).toBeUndefined();
    expect(headers.map(([name]) => name)).not.toContain('content-type');
  });

  test('a probe replaces and removes headers by any case of their names', () => {
    const request = { ...getRequest('/'), headers: { 'Anthropic-Version': null, ACCEPT: 'text/html' } };
    expect(wireRequest(request, addressee).headers).toEqual([
      ['user-agent', 'messages-conformance/0'],
      ['x-api-key', 'sk-1'],
      ['X-Extra', 'a'],
      ['ACCEPT', 'text/html'],
    ]);
  });

  test('headers of the run replace those of the suite', () => {
    const { headers } = wireRequest(getRequest('/'), { ...addressee, headers: [['User-Agent', 'mine']] });
    expect(headers.filter(([name]) => name.toLowerCase() === 'user-agent')).toEqual([['User-Agent', 'mine']]);
  });

  test.each([
    ['run', 'both', ['x-api-key: sk-1', 'authorization: Bearer sk-1']],
    ['run', 'bearer', ['authorization: Bearer sk-1']],
    ['none', 'both', []],
    ['bearer', 'x-api-key', ['authorization: Bearer sk-1']],
    ['x-api-key', 'bearer', ['x-api-key: sk-1']],
    ['bearer-lowercase', 'x-api-key', ['authorization: bearer sk-1']],
    ['both', 'bearer', ['x-api-key: sk-1', 'authorization: Bearer sk-1']],
    ['bearer-beside-wrong', 'x-api-key', ['x-api-key: sk-wrong-key-sent-to-see-it-refused-0000000000', 'authorization: Bearer sk-1']],
  ] as const)('authentication %s in a run with %s', (auth, style, expected) => {
    const { headers } = wireRequest({ ...getRequest('/'), auth }, { ...addressee, auth: style });
    const found = headers.filter(([name]) => ['x-api-key', 'authorization'].includes(name)).map(([name, value]) => `${name}: ${value}`);
    expect(found).toEqual(expected);
  });

  test('a wrong key is not the right one, and goes the same way', () => {
    const { headers } = wireRequest({ ...getRequest('/'), auth: 'wrong' }, addressee);
    const value = headers.find(([name]) => name === 'x-api-key')?.[1];
    expect(value).toMatch(/^sk-wrong/);
  });

  test('two requests are the same only where everything is', () => {
    const key = (text: string): string => sendingKey(wireRequest(messagesRequest({ text }), addressee));
    expect(key('a')).toBe(key('a'));
    expect(key('a')).not.toBe(key('b'));
  });
});
