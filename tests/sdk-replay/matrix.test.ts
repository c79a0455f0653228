// Every row of the deviation matrix through the official SDK and through the checks: what breaks it, and who says so.
import type Anthropic from '@anthropic-ai/sdk';
import { expect, test } from 'vitest';
import { checks } from '../../suites/catalogue.ts';
import type { Evidence } from '../../suites/model/evidence.ts';
import { adverseIn, linesOf, streamed } from '../properties/judged.fixture.ts';
import { type Replayed, replay } from './drive.fixture.ts';
import { bodyOf, type Helped, type Iterated, matrix, type Meaning, type Row, usual } from './matrix.fixture.ts';

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const breaksSdk = new Set(checks.filter((check) => check.breaks.some(({ client }) => client === 'sdk-typescript')).map(({ id }) => id));

/** The request that the usual stream answers. */
const request = {
  model: 'tiny',
  max_tokens: 64,
  stream: true,
  messages: [{ role: 'user', content: 'Go on.' }],
  tools: [{ name: 'lamp', input_schema: { type: 'object' } }],
};

const evidenceOf = (row: Row): Evidence =>
  streamed(request, encode(bodyOf(row)), [0], {
    ended: row.breaks === true ? 'reset' : 'complete',
    ...(row.contentType === undefined ? {} : { contentType: row.contentType }),
  });

async function replayed(row: Row): Promise<Replayed> {
  const bytes = encode(bodyOf(row));
  const { contentType, breaks } = row;
  return replay({
    bytes,
    chunks: row.bytewise === true ? Array.from(bytes.keys()) : [0],
    ...(contentType === undefined ? {} : { contentType }),
    ...(breaks === undefined ? {} : { breaks }),
  });
}

/** What was said and called, why it ended, and the tokens. */
const told = ({ content, stop_reason, usage }: Anthropic.Message): Meaning => ({
  text: content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join(''),
  thinking: content.flatMap((block) => (block.type === 'thinking' && block.thinking !== 'Hm.' ? [block.thinking] : [])),
  calls: content.flatMap((block) => (block.type === 'tool_use' ? [{ named: typeof block.id, input: block.input }] : [])),
  stop_reason,
  usage: [usage.input_tokens, usage.output_tokens],
});

const meant: Meaning = {
  text: 'I will do it.',
  thinking: [],
  calls: [{ named: 'string', input: { state: 'on' } }],
  stop_reason: 'tool_use',
  usage: [9, 14],
};

function helped({ helper }: Replayed, { means }: Row): Helped {
  if ('error' in helper) return 'throws';
  return JSON.stringify(told(helper.value)) === JSON.stringify({ ...meant, ...means }) ? 'fine' : 'corrupts';
}

/** @param sent how many events were sent that are not pings, which the SDK keeps to itself */
function iterated({ iterator: { types, error } }: Replayed, sent: number): Iterated {
  if (error !== undefined) return 'throws';
  if (types.length === 0) return 'nothing';
  return types.length < sent ? 'fewer' : 'fine';
}

const sentBy = ({ sends }: Row): number => (typeof sends === 'string' ? usual : sends).filter(({ type }) => type !== 'ping').length;

const cases = matrix.map((row) => [row.deviation, row] as const);

test.each(cases)('What the SDK makes of it: %s', async (_, row) => {
  const got = await replayed(row);
  expect({ helper: helped(got, row), iterator: iterated(got, sentBy(row)) }).toEqual({ helper: row.helper, iterator: row.iterator });
});

test.each(cases)('The checks that notice it, or none of level must: %s', (_, row) => {
  const verdicts = adverseIn(evidenceOf(row)).filter(({ level, check }) => level === 'must' || row.checks.includes(check));
  const unnoticed = row.checks.filter((id) => !verdicts.some(({ check }) => check === id));
  expect(unnoticed).toEqual([]);
  expect(row.checks.length === 0 ? linesOf(verdicts) : []).toEqual([]);
});

const harmful = cases.filter(([, { helper, iterator, excuse }]) => (helper !== 'fine' || iterator !== 'fine') && excuse === undefined);

test.each(harmful)('One of these checks says that it breaks the SDK: %s', (_, row) => {
  expect(row.checks.filter((id) => breaksSdk.has(id))).not.toEqual([]);
});
