import { describe, expect, test } from 'vitest';
import { check } from '../suites/model/check.ts';
import { pass } from '../suites/model/judgement.ts';
import { responses } from '../suites/model/kinds.ts';
import { leftOut, probeOf, probesOf } from './select.ts';

const meta = { layer: 'http', requirement: 'r', covers: [], source: 's', breaks: [], reads: responses, judge: () => pass } as const;
const checks = [
  check({ ...meta, id: 'http.json.parses', level: 'must', probes: ['text'] }),
  check({ ...meta, id: 'stream.order.index-contiguous', level: 'should', probes: ['text', 'tools'] }),
  check({ ...meta, id: 'stream.order.ping', level: 'may', probes: ['text'] }),
];
const all = { only: [], skip: [], level: 'may' } as const;

describe('selection', () => {
  test('takes every check where nothing is said', () => {
    expect(leftOut(checks, all).size).toBe(0);
  });

  test('--only keeps what its globs match', () => {
    expect([...leftOut(checks, { ...all, only: ['stream.*'] })]).toEqual([['http.json.parses', 'not selected by --only']]);
  });

  test('--skip takes out what its globs match', () => {
    expect([...leftOut(checks, { ...all, skip: ['*.ping'] })]).toEqual([['stream.order.ping', 'left out by --skip']]);
  });

  test('--level keeps that level and stronger ones', () => {
    expect([...leftOut(checks, { ...all, level: 'should' }).keys()]).toEqual(['stream.order.ping']);
    expect([...leftOut(checks, { ...all, level: 'must' }).keys()]).toEqual(['stream.order.index-contiguous', 'stream.order.ping']);
  });

  test('a glob that matches nothing is a usage error with a suggestion', () => {
    expect(() => leftOut(checks, { ...all, only: ['json'] })).toThrow(
      '--only json matches no check; see "npx messages-conformance list". Did you mean http.json.parses?',
    );
    expect(() => leftOut(checks, { ...all, skip: ['nothing.*'] })).toThrow(
      '--skip nothing.* matches no check; see "npx messages-conformance list".',
    );
  });

  test('a dot in a glob is a dot', () => {
    expect(() => leftOut(checks, { ...all, only: ['http.json.parse.'] })).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  test('stars one after the other are one', () => {
    const stars = '*'.repeat(60);
    expect(leftOut(checks, { ...all, only: [`${stars}json${stars}`] })).toEqual(leftOut(checks, { ...all, only: ['*json*'] }));
    expect(() => leftOut(checks, { ...all, only: [`${stars}x9`] })).toThrow('matches no check');
  });

  test('an empty selection is a usage error', () => {
    expect(() => leftOut(checks, { ...all, skip: ['*'] })).toThrow(
      'The selection leaves no check to run; see "npx messages-conformance list".',
    );
  });
});

test('the probes of a selection are those its checks name', () => {
  expect([...probesOf(checks)]).toEqual(['text', 'tools']);
  expect(probeOf('tools/any-stream')).toBe('tools');
});
