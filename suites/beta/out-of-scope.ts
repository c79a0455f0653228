/**
 * What is outside of a Messages server's core: other routes, and beta fields that need a service behind them. A server takes them or
 * refuses them cleanly; it neither fails nor hangs. One row makes one step and one check.
 */
import { type Check, check } from '../model/check.ts';
import { getRequest, messagesRequest, type ProbeRequest } from '../model/probe.ts';
import { judgeCleanAnswer, refusalCauses } from '../clean-answer.ts';
import { namedSteps } from '../named-steps.ts';
import { fruit, lamp } from '../probes/lamp-and-fruit.ts';
import { sayHello } from '../probes/say-hello.ts';

type Body = Readonly<Record<string, unknown>>;

export interface OutOfScopeRow {
  /** Permanent: the step, and the last part of the check's id. */
  readonly step: string;
  readonly area: 'http.optional-route' | 'beta.optional-field';
  /** What stands in the requirement before "is answered 2xx or refused". */
  readonly what: string;
  readonly covers: string;
  readonly source: string;
  readonly request: (model: string) => ProbeRequest;
}

const platform = 'https://platform.claude.com/docs/en';

const route = { area: 'http.optional-route' } as const;
const field = { area: 'beta.optional-field' } as const;

/** The smallest request with these fields, and the beta names that they belong to. */
function withBeta(betas: string, fields: (model: string) => Body): OutOfScopeRow['request'] {
  return (model) => ({ ...messagesRequest({ ...sayHello(model), ...fields(model) }), headers: { 'anthropic-beta': betas } });
}

export const outOfScopeRows: readonly OutOfScopeRow[] = [
  {
    ...route,
    step: 'batches',
    what: 'The list of message batches',
    covers: 'oos.batches',
    source: `${platform}/build-with-claude/batch-processing`,
    request: () => getRequest('/v1/messages/batches?limit=1'),
  },
  {
    ...route,
    step: 'files',
    what: 'The list of files',
    covers: 'oos.files',
    source: `${platform}/build-with-claude/files`,
    request: () => ({ ...getRequest('/v1/files?limit=1'), headers: { 'anthropic-beta': 'files-api-2025-04-14' } }),
  },
  {
    ...route,
    step: 'completions',
    what: 'The old text completions route',
    covers: 'oos.completions',
    source: `${platform}/api/completions`,
    request: (model) => ({
      method: 'POST',
      path: '/v1/complete',
      json: { model, max_tokens_to_sample: 1, prompt: '\n\nHuman: Say hello.\n\nAssistant:' },
    }),
  },
  {
    ...field,
    step: 'file-source',
    what: 'A document that is named by the id of a file',
    covers: 'oos.files',
    source: `${platform}/build-with-claude/files`,
    request: withBeta('files-api-2025-04-14', () => ({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'document', source: { type: 'file', file_id: 'file_01ConformanceNeverMade' } },
            { type: 'text', text: 'Say hello.' },
          ],
        },
      ],
    })),
  },
  {
    ...field,
    step: 'container-skills',
    what: 'A container with a skill',
    covers: 'oos.skills-container',
    source: `${platform}/build-with-claude/skills-guide`,
    request: withBeta('code-execution-2025-08-25,skills-2025-10-02', () => ({
      container: { skills: [{ type: 'anthropic', skill_id: 'pdf', version: 'latest' }] },
      tools: [{ type: 'code_execution_20250825', name: 'code_execution' }],
    })),
  },
  {
    ...field,
    step: 'mcp-servers',
    what: 'A server for the MCP connector, with its toolset',
    covers: 'oos.mcp',
    source: `${platform}/agents-and-tools/mcp-connector`,
    request: withBeta('mcp-client-2025-11-20', () => ({
      // A name that resolves nowhere: a server that connects finds nobody.
      mcp_servers: [{ type: 'url', name: 'conformance', url: 'https://mcp.conformance.invalid/' }],
      tools: [{ type: 'mcp_toolset', mcp_server_name: 'conformance' }],
    })),
  },
  {
    ...field,
    step: 'context-management',
    what: 'An edit of the context',
    covers: 'oos.context-management',
    source: `${platform}/build-with-claude/context-editing`,
    request: withBeta('context-management-2025-06-27', () => ({
      context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] },
    })),
  },
  {
    ...field,
    step: 'compaction',
    what: 'A request to summarize the conversation',
    covers: 'oos.compaction',
    source: `${platform}/build-with-claude/compaction`,
    request: withBeta('compact-2026-09-04', () => ({ compaction: { type: 'summarize' } })),
  },
  {
    ...field,
    step: 'fallbacks',
    what: 'A list of models to fall back on, with a token for credit',
    covers: 'oos.fallbacks',
    source: `${platform}/build-with-claude/refusals-and-fallback`,
    request: withBeta('server-side-fallback-2026-07-01,fallback-credit-2026-07-01', (model) => ({
      fallbacks: [{ model }],
      fallback_credit_token: 'fct_conformance_never_issued',
    })),
  },
  {
    ...field,
    step: 'advisor',
    what: 'The advisor tool',
    covers: 'oos.advisor',
    source: `${platform}/agents-and-tools/tool-use/advisor-tool`,
    request: withBeta('advisor-tool-2026-03-01', (model) => ({ tools: [{ type: 'advisor_20260301', name: 'advisor', model }] })),
  },
  {
    ...field,
    step: 'task-budget',
    what: 'A budget for the task',
    covers: 'oos.task-budget',
    source: `${platform}/build-with-claude/task-budgets`,
    request: withBeta('task-budgets-2026-03-13', () => ({ output_config: { task_budget: { type: 'tokens', total: 20_000 } } })),
  },
  {
    ...field,
    step: 'fast-mode',
    what: 'The fast speed',
    covers: 'oos.fast-mode',
    source: `${platform}/build-with-claude/fast-mode`,
    request: withBeta('fast-mode-2026-02-01', () => ({ speed: 'fast' })),
  },
  {
    ...field,
    step: 'inline-tools',
    what: 'A tool that a message adds and one that it removes',
    covers: 'oos.inline-tools',
    source: `${platform}/agents-and-tools/tool-use/overview`,
    request: withBeta('mid-conversation-tool-changes-2026-07-01', () => ({
      tools: [{ ...lamp, defer_loading: true }, fruit],
      messages: [
        { role: 'user', content: 'Say hello.' },
        {
          role: 'system',
          content: [
            { type: 'tool_addition', tool: { type: 'tool_reference', name: lamp.name } },
            { type: 'tool_removal', tool: { type: 'tool_reference', name: fruit.name } },
          ],
        },
      ],
    })),
  },
  {
    ...field,
    step: 'billing-policy',
    what: 'A billing policy',
    covers: 'oos.billing-policy',
    source: `${platform}/api/messages`,
    request: withBeta('user-profiles-billing-2026-10-01', () => ({ billing_policy: { type: 'billing_policy', bill_to: 'self' } })),
  },
];

function checksOf(area: OutOfScopeRow['area']): readonly Check[] {
  return outOfScopeRows
    .filter((row) => row.area === area)
    .map(({ step, what, covers, source }) =>
      check({
        id: `${area}.${step}`,
        level: 'may',
        layer: 'http',
        requirement: `${what} is answered 2xx, or refused with a 4xx and the error envelope.`,
        covers: [covers],
        source,
        why: 'A program that tries what a server does not offer has to learn that, rather than wait or take it for broken.',
        breaks: [],
        fix: 'Answer what is unknown with 400 invalid_request_error or 404 not_found_error, before anything is generated.',
        after: refusalCauses,
        reads: namedSteps(`answers to ${step}`, `out-of-scope/${step}`),
        probes: ['out-of-scope'],
        judge: judgeCleanAnswer,
      }),
    );
}

export const outOfScopeRouteChecks: readonly Check[] = checksOf('http.optional-route');
export const outOfScopeFieldChecks: readonly Check[] = checksOf('beta.optional-field');
