/** What Claude Code asks of a server besides the protocol itself. Its requests: `agent-requests.ts`. */
import { acceptance, type AcceptanceCheck } from '../acceptance.ts';
import { type Check, type CheckMeta, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, notApplicable, pass, shown } from '../model/judgement.ts';
import { claudeCode } from '../references.ts';
import { at, isAccepted, isList } from '../reading.ts';
import { namesRole } from '../system/names-role.ts';
import { judgeHandling } from '../variants.ts';

/** The protocol that Claude Code expects of a gateway. */
const source = 'https://code.claude.com/docs/en/llm-gateway-protocol';

type Meta = Pick<CheckMeta, 'requirement' | 'covers' | 'breaks'> &
  Partial<Pick<CheckMeta, 'bugs' | 'fix' | 'why' | 'needs' | 'parts' | 'level'>>;

function accepts(id: string, reads: Pick<AcceptanceCheck, 'control' | 'variant'>, meta: Meta): Check {
  return acceptance({ level: 'should', layer: 'http', source, ...meta, ...reads, id: `clients.claude-code.${id}` });
}

/** A 2xx, or a 4xx with an envelope. */
function handles(id: string, step: string, meta: Meta): Check {
  return scenario({
    level: 'should',
    layer: 'http',
    source,
    ...meta,
    id: `clients.claude-code.${id}`,
    reads: { control: 'claude-code/plain', variant: `claude-code/${step}` },
    judge: ({ control, variant }) => judgeHandling(control, variant),
  });
}

const plain = 'claude-code/plain';
const firstTurn = 'claude-code/first-turn';
/** Of the first turn. */
const parts = ['tools', 'thinking', 'system-role', 'unknown-betas'] as const;

export const claudeCodeChecks: readonly Check[] = [
  accepts(
    'first-turn',
    { control: plain, variant: firstTurn },
    {
      requirement:
        'The first request of a Claude Code session is accepted as a stream: block lists, a system message among the turns, adaptive thinking, output_config, context_management, metadata, cache markers, a dozen tools, a dozen betas.',
      covers: ['cc.routes', 'cc.body-keys', 'cc.thinking-types', 'cc.tool-schemas'],
      breaks: [claudeCode('no session gets its first answer, or only after several requests that leave out one field after the other')],
      bugs: ['claude-code#63469', 'claude-code#46105', 'llama.cpp#27107', 'ollama#17774', 'vllm#44048'],
      fix: 'Accept what you do not use: unknown betas, cache_control anywhere, effort, thinking.display, context_management.',
      parts,
    },
  ),
  accepts(
    'first-turn-json',
    { control: plain, variant: 'claude-code/first-turn-json' },
    {
      requirement: 'The same request is accepted without stream.',
      covers: ['cc.json-fallback'],
      breaks: [claudeCode('falls back to it after an unusable stream, and then fails for good')],
      parts,
    },
  ),
  accepts(
    'later-turn',
    { control: firstTurn, variant: 'claude-code/later-turn' },
    {
      requirement:
        'A later turn is accepted: thinking with an empty signature, two calls answered in one message, a failed one among them, string and list contents mixed, two user messages in a row.',
      covers: ['cc.history-shapes'],
      breaks: [claudeCode('the session ends at the first tool call')],
      bugs: ['claude-code#61412'],
    },
  ),
  scenario({
    id: 'clients.claude-code.max-tokens-32000',
    level: 'should',
    layer: 'http',
    source,
    requirement: 'max_tokens: 32000 is accepted, whatever the context holds: generation ends earlier.',
    covers: ['cc.large-max-tokens'],
    breaks: [claudeCode('asks for 32,000 tokens of a model that it does not know; after six tries it fails')],
    bugs: ['cc-switch#1022', 'vllm#44576'],
    fix: 'Clamp max_tokens to what the context leaves.',
    reads: { control: firstTurn, variant: 'claude-code/large-limit' },
    // We hang up on it, so it is not complete: a 200 is all that it takes.
    judge: ({ control, variant }) => {
      if (variant.status === 200) return pass;
      if (!isAccepted(control)) return inconclusive('the same request with a small limit was not accepted either');
      return fail({ of: variant, expected: '200', found: `${variant.status ?? variant.ended} ${shown(variant.json)}` });
    },
  }),
  accepts(
    'real-size',
    { control: 'claude-code-size/first-turn', variant: 'claude-code-size/real-size' },
    {
      requirement: 'A first request of real size is accepted: 60 kB of JSON, most of it 25 tools.',
      covers: ['cc.tool-schemas'],
      breaks: [claudeCode('gets no first answer where its tool search is off, or MCP servers bring more tools')],
      fix: 'Give the model a context of at least 32,768 tokens, better 65,536.',
    },
  ),
  scenario({
    id: 'clients.claude-code.system-role-refusal',
    level: 'should',
    layer: 'http',
    source,
    requirement: 'A server that takes no system message among the turns refuses it with 400 or 422 and a message that names the role.',
    covers: ['sysmsg.unsupported-clean-400', 'cc.system-role'],
    breaks: [
      claudeCode('tells from the word "role" that it must resend without system messages; from any other refusal it does not recover'),
    ],
    bugs: ['ollama#17774', 'llama.cpp#27107'],
    fix: 'Look at the roles before the chat template does: a template that throws becomes a 500, and ten retries.',
    reads: { control: plain, variant: 'claude-code/system-role' },
    judge: ({ control, variant }) => {
      if (isAccepted(variant)) return notApplicable('system messages among the turns are accepted');
      if (!isAccepted(control)) return notApplicable('the same request without one was not accepted either');
      const { status, text = '' } = variant;
      if ((status === 400 || status === 422) && namesRole(variant)) return pass;
      return fail({
        of: variant,
        expected: '400 or 422 with a message that names the role',
        found: `${status ?? variant.ended} ${shown(text)}`,
      });
    },
  }),
  handles('side-query', 'side-query', {
    requirement: 'A request with the server tool web_search is answered or refused in order.',
    covers: ['cc.server-tools'],
    breaks: [claudeCode('its WebSearch tool asks so; a 5xx is repeated ten times')],
    bugs: ['new-api#3041'],
    fix: 'Typed tools have no input_schema: look at the type before the schema.',
  }),
  handles('tool-reference', 'tool-reference', {
    requirement: 'A tool_reference block in a tool result is taken or refused in order.',
    covers: ['cc.server-tools'],
    breaks: [claudeCode('its tool search answers with such blocks; after a 5xx the session stops for minutes')],
    bugs: ['claude-code#27065'],
  }),
  scenario({
    id: 'clients.claude-code.counts-tools',
    level: 'should',
    layer: 'http',
    source,
    needs: ['count-tokens', 'tools'],
    requirement: 'count_tokens counts a message with 25 tools, with the query ?beta=true.',
    covers: ['cc.count-tokens'],
    breaks: [claudeCode('the /context view shows a guess; a 500 is asked twice, for each of some 25 requests')],
    bugs: ['lmstudio-bug-tracker#2055'],
    reads: { count: 'claude-code/count' },
    judge: ({ count }) => {
      const tokens = at(count.json, 'input_tokens');
      if (isAccepted(count) && typeof tokens === 'number') return pass;
      return fail({ of: count, expected: '200 with input_tokens', found: `${count.status ?? count.ended} ${shown(count.json)}` });
    },
  }),
  scenario({
    id: 'clients.claude-code.model-discovery',
    level: 'may',
    layer: 'http',
    source,
    needs: ['models'],
    requirement: 'GET /v1/models?limit=1000 lists models with a string id.',
    covers: ['cc.discovery'],
    breaks: [claudeCode('the models of a gateway are missing from its menu')],
    reads: { list: 'claude-code/discovery' },
    judge: ({ list }) => {
      const data = at(list.json, 'data');
      if (isAccepted(list) && isList(data) && data.every((model) => typeof at(model, 'id') === 'string')) return pass;
      return fail({ of: list, expected: '200 with a list of models', found: `${list.status ?? list.ended} ${shown(list.json)}` });
    },
  }),
  startUp('head-hello', '/api/hello'),
  startUp('head-root', '/'),
];

function startUp(step: string, path: string): Check {
  return scenario({
    id: `clients.claude-code.${step}`,
    level: 'may',
    layer: 'transport',
    source,
    requirement: `HEAD ${path} is answered, with any status below 500.`,
    covers: ['cc.knock'],
    breaks: [],
    why: 'Claude Code knocks so when it starts. Whatever the status, it goes on; without an answer it waits.',
    reads: { head: `claude-code/${step}` },
    judge: ({ head }) =>
      isAnswered(head) ? pass : fail({ of: head, expected: 'any status below 500', found: `${head.status ?? head.ended}` }),
  });
}

function isAnswered({ status }: Evidence): boolean {
  return status !== undefined && status < 500;
}
