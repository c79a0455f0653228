/** Parameters that must not be ignored: null where the API has no null, and beta fields without their header. */
import type { BadInputRow, BadInputTable } from '../errors/bad-input.ts';
import { sayHello } from '../probes/say-hello.ts';
import { docs, sdkTypescript } from '../references.ts';
import type { Breakage } from '../model/check.ts';

function nullRow(rule: string, field: string): BadInputRow {
  return {
    row: `null-${rule}`,
    id: `messages.nulls.${rule}-refused`,
    pointer: `/${field}`,
    value: null,
    // With stream: true there would be two fields of that name.
    ...(field === 'stream' ? { modes: ['json'] } : {}),
    level: 'should',
    requirement: `A request whose ${field} is null is answered 400.`,
    covers: ['req.null-on-nonnullable'],
    why: 'A program that writes null for what it does not set works here and fails against the official service.',
  };
}

function betaRow(rule: string, field: string, value: unknown, breaks: readonly Breakage[] = []): BadInputRow {
  return {
    row: rule,
    id: `messages.beta-field.${rule}`,
    pointer: `/${field}`,
    value,
    level: 'should',
    requirement: `${field} without its beta header is answered 400.`,
    covers: ['req.beta-field-without-header'],
    breaks,
    why: 'A field that is ignored is a promise that is not kept, and nobody learns of it.',
  };
}

export const refusedParameters: BadInputTable = {
  id: 'refused-parameters',
  title: 'Null where the API has no null, and beta fields without their header, with and without stream',
  base: sayHello,
  source: docs.messages,
  rows: [
    nullRow('messages', 'messages'),
    nullRow('max-tokens', 'max_tokens'),
    nullRow('tools', 'tools'),
    nullRow('stop-sequences', 'stop_sequences'),
    nullRow('stream', 'stream'),
    betaRow('context-management', 'context_management', { edits: [] }),
    betaRow('mcp-servers', 'mcp_servers', []),
    betaRow('thread', 'thread', { type: 'create' }, [
      sdkTypescript('the tool runner sends only what is new, and the conversation is lost'),
    ]),
    betaRow('compaction', 'compaction', {}),
  ],
};
