// What the schemas leave out of the SDK's types, or have beyond them, and why. Every entry matches at least one difference, so that the
// list stays short; what a new SDK adds matches none.

/** Differences that are meant. */
export interface Exclusion {
  readonly difference: RegExp;
  readonly reason: string;
}

/** Of the types outside of the beta API. */
export const stableExclusions: readonly Exclusion[] = [
  { difference: /^missing Message(Create|CountTokens)Params(Base)?\.(user_profile_id|workspace_id)$/, reason: 'travels in a header' },
  {
    difference:
      /^opaque (Beta)?(WebSearch|WebFetch|CodeExecution|BashCodeExecution|TextEditorCodeExecution|ToolSearch)ToolResultBlock(Param)?\.content(\[\])?$/,
    reason: 'results of server tools are one family: known by their type, their content passed through',
  },
  {
    difference: /^opaque (Beta)?(BrowserStateBlockParam\.(tabs|state_changes)\[\]|(Browser|Computer)Toolset20260801\.configs)$/,
    reason: 'browser and computer toolsets belong to the family of server-side tools',
  },
  { difference: /^opaque (Beta)?WebFetchTool\d+\.url_sources$/, reason: 'a setting of web fetch, which the server itself runs' },
  {
    difference: /^values ErrorType 'memory_(path_conflict|precondition_failed)_error'$/,
    reason: 'errors of memory stores, which no Messages route gives',
  },
  {
    difference: /^unknown error-(object|type)\.json .*'(conflict_error|request_too_large)'$/,
    reason: 'documented with status 409 and 413, absent from the union of error objects',
  },
  { difference: /^unknown error-object\.json details$/, reason: 'read by the SDK at run time, declared outside of the error objects' },
  { difference: /^unknown messages-request\.json (temperature|top_p|top_k)$/, reason: 'only in API version 2023-06-01' },
  { difference: /^unknown (browser|computer)-toolset\.json allowed_callers$/, reason: 'documented, though the SDK has no such field' },
  {
    difference: /^unknown code-execution-caller\.json type 'code_execution_20260521'$/,
    reason: 'listed by the SDK among allowed_callers, so its calls must be possible',
  },
];

const tolerated = 'unknown types and values are errors without a beta header and advice with one';

/** Of the types of the beta API, beyond those above. */
export const betaExclusions: readonly Exclusion[] = [
  { difference: /^missing Message(Create|CountTokens)Params(Base)?\.betas$/, reason: 'travels in a header' },
  {
    difference:
      /^opaque Message(Create|CountTokens)Params(Base)?\.(billing_policy|compaction|context_management|mcp_servers\[\]|output_format)$/,
    reason: 'a beta field: known by name, its value not looked into',
  },
  {
    difference: /^opaque MessageCreateParamsBase\.(fallback_credit_token|thread)$/,
    reason: 'a beta field: known by name, its value not looked into',
  },
  { difference: /^values MessageCreateParamsBase\.fallbacks 'default'$/, reason: 'a beta field: known by name, its value not looked into' },
  {
    difference:
      /^opaque Beta(OutputConfig\.task_budget|SystemMessageParam\.output_config|ThinkingConfig(Adaptive|Enabled)\.block_binding)$/,
    reason: 'a beta field: known by name, its value not looked into',
  },
  {
    difference: /^opaque Beta(Message|RawMessageDeltaEvent|MessageTokensCount)\.(context_management|input_transformations\[\])$/,
    reason: 'an answer to a beta field: known by name, its value not looked into',
  },
  {
    difference: /^opaque Beta(MessageDelta)?Usage\.(fallback_credit|iterations\[\])$/,
    reason: 'an answer to a beta field: known by name, its value not looked into',
  },
  { difference: /^required BetaSystemMessageParam\.content$/, reason: 'only a message that changes output_config may lack it' },
  { difference: /^values Beta(Message|RawMessageDeltaEvent\.Delta)\.stop_reason 'compaction'$/, reason: tolerated },
  { difference: /^values BetaServerToolUseBlock(Param)?\.name 'advisor'$/, reason: tolerated },
  { difference: /^values BetaThinkingConfig(Adaptive|Enabled)\.display 'updates'$/, reason: tolerated },
  {
    difference:
      /^variant \S+ -> Beta(Request)?(AdvisorToolResult|Compaction|Fallback|MCP(ToolListing|ToolUse|ToolResult))(Content)?Block(Param|Delta)?$/,
    reason: tolerated,
  },
  { difference: /^variant \S+ -> BetaRequestTool(Addition|Removal)Block$/, reason: tolerated },
  {
    difference:
      /^variant \S+\.tools\[\] -> Beta(AdvisorTool20260301|MCPToolset|Tool(Bash|TextEditor)20241022|ToolComputerUse(20241022|20250124|20251124))$/,
    reason: tolerated,
  },
];
