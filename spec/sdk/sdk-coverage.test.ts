import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../json.ts';
import { differences, type ReadSchema, type Root } from './compare.fixture.ts';
import { lookupIn, readInstalled, type ReadModule } from './declarations.fixture.ts';
import { betaExclusions, stableExclusions, type Exclusion } from './exclusions.fixture.ts';

const messages = 'messages/messages.d.ts';
const beta = 'beta/messages/messages.d.ts';

const stableRoots: readonly Root[] = [
  { module: messages, type: 'MessageCreateParamsBase', schema: 'messages-request.json' },
  { module: messages, type: 'MessageCountTokensParams', schema: 'count-tokens-request.json' },
  { module: messages, type: 'Message', schema: 'message.json' },
  { module: messages, type: 'RawMessageStreamEvent', schema: 'stream-event.json' },
  { module: messages, type: 'MessageTokensCount', schema: 'count-tokens.json' },
  { module: 'models.d.ts', type: 'ModelInfo', schema: 'model.json' },
  { module: 'shared.d.ts', type: 'ErrorResponse', schema: 'error.json' },
  { module: 'shared.d.ts', type: 'ErrorType', schema: 'error-type.json' },
];

const betaRoots: readonly Root[] = [
  { module: beta, type: 'MessageCreateParamsBase', schema: 'messages-request.json' },
  { module: beta, type: 'MessageCountTokensParams', schema: 'count-tokens-request.json' },
  { module: beta, type: 'BetaMessage', schema: 'message.json' },
  { module: beta, type: 'BetaRawMessageStreamEvent', schema: 'stream-event.json' },
  { module: beta, type: 'BetaMessageTokensCount', schema: 'count-tokens.json' },
];

const roots = [...stableRoots, ...betaRoots];
const exclusions = [...stableExclusions, ...betaExclusions];

const schemas = new Map<string, JsonObject>();
const readSchema: ReadSchema = (file) => {
  const known = schemas.get(file);
  if (known) return known;
  const schema: unknown = JSON.parse(readFileSync(`${import.meta.dirname}/../schemas/${file}`, 'utf8'));
  if (!isJsonObject(schema)) throw new Error(`${file} is no schema`);
  schemas.set(file, schema);
  return schema;
};

/** The differences that no exclusion explains. */
function unexplained(read: ReadModule, readOurs: ReadSchema, excluded: readonly Exclusion[] = exclusions): readonly string[] {
  const all = differences(lookupIn(read), readOurs, roots);
  return all.filter((line) => !excluded.some(({ difference }) => difference.test(line)));
}

/** The installed SDK with one text replaced in one file. */
const doctored =
  (file: string, from: string | RegExp, to: string): ReadModule =>
  (path) => {
    const text = readInstalled(path);
    if (path !== file) return text;
    if (text.search(from) === -1) throw new Error(`${file} has no ${String(from)}`);
    return text.replace(from, to);
  };

/** Our schemas with one of them changed. */
const changed =
  (file: string, change: (schema: JsonObject) => JsonObject): ReadSchema =>
  (path) =>
    path === file ? (changes.get(file) ?? remember(file, change(readSchema(file)))) : readSchema(path);
const changes = new Map<string, JsonObject>();
function remember(file: string, schema: JsonObject): JsonObject {
  changes.set(file, schema);
  return schema;
}

const without =
  (field: string) =>
  (schema: JsonObject): JsonObject => {
    const { [field]: _dropped, ...properties } = isJsonObject(schema['properties']) ? schema['properties'] : {};
    return { ...schema, properties };
  };

test('the schemas say what the types of the SDK say, but for the exclusions', () => {
  expect(unexplained(readInstalled, readSchema)).toEqual([]);
});

test('every exclusion is of use, and those of the beta API are of beta types', () => {
  const all = differences(lookupIn(readInstalled), readSchema, roots);
  expect(exclusions.filter(({ difference }) => !all.some((line) => difference.test(line)))).toEqual([]);
  const stable = differences(lookupIn(readInstalled), readSchema, stableRoots).filter((line) => !line.startsWith('unknown '));
  expect(stable.filter((line) => !stableExclusions.some(({ difference }) => difference.test(line)))).toEqual([]);
});

describe('a new SDK is noticed', () => {
  test.each<[string, ReadModule, readonly string[]]>([
    [
      'a field of usage',
      doctored(messages, 'export interface Usage {', 'export interface Usage {\n  water: number | null;'),
      ['missing Usage.water'],
    ],
    [
      'a parameter',
      doctored(messages, 'export interface MessageCreateParamsBase {', 'export interface MessageCreateParamsBase {\n  mood?: string;'),
      ['missing MessageCreateParamsBase.mood'],
    ],
    [
      'a stop reason',
      doctored(messages, "StopReason = 'end_turn'", "StopReason = 'tired' | 'end_turn'"),
      ["values Message.stop_reason 'tired'", "values RawMessageDeltaEvent.Delta.stop_reason 'tired'"],
    ],
    [
      'a kind of delta',
      doctored(
        messages,
        'export type RawContentBlockDelta =',
        "export interface SongDelta {\n  type: 'song_delta';\n}\nexport type RawContentBlockDelta = SongDelta |",
      ),
      ['variant RawContentBlockDeltaEvent.delta -> SongDelta'],
    ],
    [
      'a content block of requests',
      doctored(
        messages,
        'export type ContentBlockParam =',
        "export interface AudioBlockParam {\n  type: 'audio';\n}\nexport type ContentBlockParam = AudioBlockParam |",
      ),
      ['variant AssistantMessageParam.content[] -> AudioBlockParam', 'variant UserMessageParam.content[] -> AudioBlockParam'],
    ],
    [
      'null where there was none',
      doctored(messages, /^ {4}is_error\?: boolean;/m, '    is_error?: boolean | null;'),
      ['null ToolResultBlockParam.is_error'],
    ],
    [
      'a field that is optional from now on',
      doctored(messages, /^ {4}budget_tokens: number;/m, '    budget_tokens?: number;'),
      ['required ThinkingConfigEnabled.budget_tokens'],
    ],
    ['an error type', doctored('shared.d.ts', "ErrorType = '", "ErrorType = 'tea_error' | '"), ["values ErrorType 'tea_error'"]],
    [
      'a capability of models',
      doctored('models.d.ts', 'export interface ModelCapabilities {', 'export interface ModelCapabilities {\n  song: CapabilitySupport;'),
      ['missing ModelCapabilities.song'],
    ],
    [
      'a field of the beta API',
      doctored(beta, 'export interface BetaUsage {', 'export interface BetaUsage {\n  water: number | null;'),
      ['missing BetaUsage.water'],
    ],
    ['a field that is gone', doctored(messages, /^ {4}inference_geo\?: .*$/m, ''), ['stable messages-request.json inference_geo']],
  ])('%s', (_what, read, expected) => {
    expect(unexplained(read, readSchema)).toEqual(expected);
  });
});

describe('a gap of ours is noticed', () => {
  test.each<[string, ReadSchema, readonly string[]]>([
    ['a field', changed('usage.json', without('speed')), ['missing BetaUsage.speed', 'missing Usage.speed']],
    ['a tool’s field', changed('custom-tool.json', without('strict')), ['missing BetaTool.strict', 'missing Tool.strict']],
    [
      'a value',
      changed('stop-reason.json', (schema) => ({
        ...schema,
        enum: ['end_turn', 'max_tokens', 'stop_sequence', 'tool_use', 'refusal', 'pause_turn'],
      })),
      ['BetaMessage', 'BetaRawMessageDeltaEvent.Delta', 'Message', 'RawMessageDeltaEvent.Delta'].map(
        (type) => `values ${type}.stop_reason 'model_context_window_exceeded'`,
      ),
    ],
    [
      'a field of our own',
      changed('metadata.json', (schema) => ({ ...schema, properties: { ...Object(schema['properties']), team: { type: 'string' } } })),
      ['unknown metadata.json team'],
    ],
    [
      'a beta field that is taken without its header',
      changed('output-config.json', (schema) => ({
        ...schema,
        properties: { ...Object(schema['properties']), task_budget: { type: ['object', 'null'] } },
      })),
      ['stable output-config.json task_budget'],
    ],
  ])('%s', (_what, read, expected) => {
    expect(unexplained(readInstalled, read)).toEqual(expected);
  });
});
