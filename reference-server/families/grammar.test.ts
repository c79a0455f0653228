// Calls that the grammar of a family allows are calls that the parser of the family reads, of the offered tools and valid by their schemas.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { CustomTool } from '../../spec/index.ts';
import { GbnfSampler, seeded } from '../grammar/gbnf-sampler.fixture.ts';
import { replyGrammar } from '../grammar/reply-grammar.ts';
import { callGrammar, type CallPosition } from '../grammar/tool-grammar.ts';
import { marksOf, MarkScanner } from '../output/marks.ts';
import { ReplyParser } from '../output/reply-parser.ts';
import type { ReplyPart, ReplyStart } from '../output/reply-part.ts';
import { afterOpen, type Family } from './family.ts';
import { deepseek, deepseekFenced } from './deepseek.ts';
import { gemma } from './gemma.ts';
import { glm, glmLines } from './glm.ts';
import { harmony } from './harmony.ts';
import { hermes } from './hermes.ts';
import { kimi } from './kimi.ts';
import { llama } from './llama.ts';
import { minimax } from './minimax.ts';
import { mistralList, mistralNamed } from './mistral.ts';
import { plain } from './plain.ts';
import { qwenXml } from './qwen-xml.ts';

const weather: CustomTool = {
  name: 'get_weather',
  input_schema: {
    type: 'object',
    properties: {
      city: { type: 'string', maxLength: 12 },
      days: { type: 'integer', minimum: 1, maximum: 9 },
      near: { type: 'array', items: { type: 'string' } },
    },
    required: ['city'],
    additionalProperties: false,
  },
};
const time: CustomTool = { name: 'get_time', input_schema: { type: 'object' } };
const tools = [weather, time];
const schemas = new Map(tools.map((tool) => [tool.name, tool.input_schema]));
const isWeather = new Ajv2020().compile(weather.input_schema);

interface Call {
  readonly name: string;
  readonly input: unknown;
}

/** The calls in a text; where something is left open, or stands beside them, that is no list of calls. */
function callsIn(family: Family, text: string, start: ReplyStart, areCallsHeld: boolean): readonly Call[] {
  const parser = new ReplyParser({ family, start, areCallsHeld, toolNames: new Set(schemas.keys()), schemas });
  const scanner = new MarkScanner(marksOf(family, { hasCalls: true }).filter(({ role }) => role !== 'part'));
  const parts: ReplyPart[] = [];
  for (const found of scanner.push(text)) parts.push(...('mark' in found ? parser.mark(found.mark) : parser.text(found.text)));
  parts.push(...parser.text(scanner.flush()), ...parser.end({ isCut: false }));
  const calls: { name: string; json: string }[] = [];
  for (const part of parts) {
    if (part.kind === 'call') calls.push({ name: part.name, json: '' });
    else if (part.kind === 'arguments') calls[calls.length - 1]!.json += part.json;
    else expect({ text, kind: part.kind }).toEqual({ text, kind: 'call-end' });
  }
  return calls.map(({ name, json }) => ({ name, input: JSON.parse(json) as unknown }));
}

/** What is wrong with the calls in a text that should hold some. */
function troubles(calls: readonly Call[]): readonly unknown[] {
  if (calls.length === 0) return ['no call'];
  return calls.filter(({ name, input }) =>
    name === 'get_weather' ? !isWeather(input) : name !== 'get_time' || JSON.stringify(input) !== '{}',
  );
}

const samples = 60;

const families: readonly Family[] = [
  hermes,
  llama,
  mistralList,
  mistralNamed,
  deepseekFenced,
  deepseek,
  harmony,
  plain,
  gemma,
  qwenXml,
  glm,
  glmLines,
  minimax,
  kimi,
];

describe.each(families)('$name', (family) => {
  const { calls } = family;
  const before: Readonly<Record<CallPosition, string>> = {
    mark: calls.prefix.slice(0, calls.prefix.length - afterOpen(calls).length),
    name: calls.prefix,
    arguments: `${calls.prefix}get_weather${calls.afterName}`,
  };

  test.each<CallPosition>(['mark', 'name', 'arguments'])(
    'whole calls from the %s on are calls to a reader that trusts nothing',
    (position) => {
      const offered = position === 'arguments' ? [weather] : tools;
      const sampler = new GbnfSampler(callGrammar(offered, calls, position));
      for (let seed = 0; seed < samples; seed += 1) {
        const text = `${before[position]}${sampler.sample(seeded(seed))}`;
        expect({ text, troubles: troubles(callsIn(family, text, family.messages === undefined ? 'text' : 'head', false)) }).toEqual({
          text,
          troubles: [],
        });
      }
    },
  );

  test('several calls are written where a reply may hold several in one list, and only there', () => {
    const sampler = new GbnfSampler(callGrammar(tools, calls, 'name'));
    const counts = Array.from({ length: samples }, (_, seed) => callsIn(family, sampler.sample(seeded(seed)), 'call-name', true).length);
    expect(Math.max(...counts) > 1).toBe(calls.between !== undefined);
  });

  test('a reply with a format is JSON or a call', () => {
    const schema = { type: 'object', properties: { sum: { type: 'integer' } }, required: ['sum'], additionalProperties: false };
    const sampler = new GbnfSampler(replyGrammar({ schema, family, tools, isLed: false }));
    const answer = family.messages?.answer ?? '';
    const kinds = new Set<string>();
    for (let seed = 0; seed < samples; seed += 1) {
      const text = sampler.sample(seeded(seed));
      const isCall = text.startsWith(calls.prefix);
      kinds.add(isCall ? 'call' : 'JSON');
      if (isCall)
        expect({ text, troubles: troubles(callsIn(family, text, family.messages === undefined ? 'text' : 'head', false)) }).toEqual({
          text,
          troubles: [],
        });
      else expect(JSON.parse(text.slice(answer.length))).toEqual({ sum: expect.any(Number) as unknown });
    }
    expect(kinds).toEqual(new Set(['call', 'JSON']));
  });
});
