// The generated types against those of the official SDK: a field that one side has and the other lacks is drift.
// Only the names are compared: the SDK marks nullable fields as required, the wire leaves them out.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type * as Sdk from '@anthropic-ai/sdk/resources/messages/messages.js';
import type { ModelInfo as SdkModelInfo } from '@anthropic-ai/sdk/resources/models.js';
import { expect, expectTypeOf, test } from 'vitest';
import type * as Own from './generated/types.ts';

/** Fields that are sampling, and gone from the SDK since API version 2026-10-21, or that need a beta header. */
type OlderOrBeta =
  | 'temperature'
  | 'top_p'
  | 'top_k'
  | 'context_management'
  | 'mcp_servers'
  | 'fallbacks'
  | 'fallback_credit_token'
  | 'compaction'
  | 'thread'
  | 'billing_policy'
  | 'output_format';

/** Fields of the SDK's parameters that travel in headers. */
type InHeaders = 'user_profile_id' | 'workspace_id';

test('requests have the fields that the SDK has', () => {
  expectTypeOf<Exclude<keyof Own.MessagesRequest, OlderOrBeta>>().toEqualTypeOf<
    Exclude<keyof Sdk.MessageCreateParamsBase | 'stream', InHeaders>
  >();
  expectTypeOf<Exclude<keyof Own.CountTokensRequest, OlderOrBeta>>().toEqualTypeOf<
    Exclude<keyof Sdk.MessageCountTokensParams, InHeaders>
  >();
  expectTypeOf<keyof Own.CustomTool>().toEqualTypeOf<keyof Sdk.Tool>();
  expectTypeOf<keyof Own.ToolUseBlockParam>().toEqualTypeOf<keyof Sdk.ToolUseBlockParam>();
  expectTypeOf<keyof Own.ToolResultBlockParam>().toEqualTypeOf<keyof Sdk.ToolResultBlockParam>();
  expectTypeOf<keyof Own.TextBlockParam>().toEqualTypeOf<keyof Sdk.TextBlockParam>();
  expectTypeOf<keyof Own.ImageBlockParam>().toEqualTypeOf<keyof Sdk.ImageBlockParam>();
  expectTypeOf<keyof Own.DocumentBlockParam>().toEqualTypeOf<keyof Sdk.DocumentBlockParam>();
  expectTypeOf<keyof Own.WebFetchTool>().toEqualTypeOf<keyof Sdk.WebFetchTool20260318>();
  expectTypeOf<keyof Own.WebSearchTool>().toEqualTypeOf<keyof Sdk.WebSearchTool20260318>();
  expectTypeOf<Exclude<keyof Own.OutputConfig, 'task_budget'>>().toEqualTypeOf<keyof Sdk.OutputConfig>();
});

test('answers and events have the fields that the SDK has', () => {
  expectTypeOf<keyof Own.Message>().toEqualTypeOf<keyof Sdk.Message>();
  expectTypeOf<keyof Own.Usage>().toEqualTypeOf<keyof Sdk.Usage>();
  expectTypeOf<keyof Own.MessageDeltaUsage>().toEqualTypeOf<keyof Sdk.MessageDeltaUsage>();
  expectTypeOf<keyof Own.MessageDelta>().toEqualTypeOf<keyof Sdk.RawMessageDeltaEvent['delta']>();
  expectTypeOf<keyof Own.ToolUseBlock>().toEqualTypeOf<keyof Sdk.ToolUseBlock>();
  expectTypeOf<keyof Own.TextBlock>().toEqualTypeOf<keyof Sdk.TextBlock>();
  expectTypeOf<keyof Own.ModelInfo>().toEqualTypeOf<keyof SdkModelInfo>();
  expectTypeOf<Own.StopReason>().toEqualTypeOf<Sdk.StopReason>();
});

test('unions have the members that the SDK has', () => {
  expectTypeOf<Own.ContentBlock['type']>().toEqualTypeOf<Sdk.ContentBlock['type']>();
  expectTypeOf<Own.ContentBlockParam['type']>().toEqualTypeOf<Sdk.ContentBlockParam['type']>();
  expectTypeOf<Own.ContentBlockDelta['type']>().toEqualTypeOf<Sdk.RawContentBlockDelta['type']>();
  expectTypeOf<Exclude<Own.StreamEvent['type'], 'ping' | 'error'>>().toEqualTypeOf<Sdk.RawMessageStreamEvent['type']>();
  expectTypeOf<Own.ToolChoice['type']>().toEqualTypeOf<Sdk.ToolChoice['type']>();
  expectTypeOf<Own.Thinking['type']>().toEqualTypeOf<Sdk.ThinkingConfigParam['type']>();
  expectTypeOf<Own.Citation['type']>().toEqualTypeOf<Sdk.TextCitation['type']>();
  expectTypeOf<NonNullable<Own.Tool['type']>>().toEqualTypeOf<NonNullable<Sdk.ToolUnion['type']>>();
});

test('what is generated is what is committed', () => {
  const root = join(import.meta.dirname, '..');
  expect(execFileSync(process.execPath, ['scripts/generate.ts', '--check'], { cwd: root, encoding: 'utf8' })).toBe('');
});
