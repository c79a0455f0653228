// Generated from spec/schemas by scripts/generate.ts; change the schemas instead.

/** Top-level request fields that exist only with a beta header (`x-beta` in the schemas), by endpoint. */
export const betaFields: Readonly<Record<'messages' | 'count-tokens', readonly string[]>> = {
  'messages': ['context_management', 'mcp_servers', 'fallbacks', 'fallback_credit_token', 'compaction', 'thread', 'billing_policy', 'output_format'],
  'count-tokens': ['context_management', 'mcp_servers', 'thread', 'output_format'],
};
