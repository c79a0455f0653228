// Generated from spec/schemas by scripts/generate.ts; change the schemas instead.

/**
 * Who may call a tool: the model itself, or code that it wrote.
 */
export type AllowedCaller = 'direct' | 'code_execution_20250825' | 'code_execution_20260120' | 'code_execution_20260521';
/**
 * Who made a tool call, told apart by its type.
 */
export type Caller = DirectCaller | CodeExecutionCaller;
/**
 * The place that a text is based on, told apart by its type; the same in answers and, passed back, in requests.
 */
export type Citation = CharLocation | PageLocation | ContentBlockLocation | WebSearchResultLocation | SearchResultLocation;
/**
 * A content block of an answer, told apart by its type; clients must expect types that are not listed here.
 */
export type ContentBlock =
  TextBlock | ThinkingBlock | RedactedThinkingBlock | ToolUseBlock | ServerToolUseBlock | ServerToolResultBlock | ContainerUploadBlock;
/**
 * A piece of a content block, told apart by its type.
 */
export type ContentBlockDelta = TextDelta | InputJsonDelta | ThinkingDelta | SignatureDelta | CitationsDelta;
/**
 * A content block of a request, told apart by its type.
 */
export type ContentBlockParam =
  | TextBlockParam
  | ImageBlockParam
  | DocumentBlockParam
  | SearchResultBlockParam
  | ThinkingBlockParam
  | RedactedThinkingBlockParam
  | ToolUseBlockParam
  | ToolResultBlockParam
  | ServerToolUseBlockParam
  | ServerToolResultBlockParam
  | ContainerUploadBlockParam;
/**
 * A content block as it stands in content_block_start, before its deltas.
 */
export type ContentBlockStart =
  TextBlock | ThinkingBlockStart | RedactedThinkingBlock | ToolUseBlock | ServerToolUseBlock | ServerToolResultBlock | ContainerUploadBlock;
/**
 * A block of a document made of blocks.
 */
export type ContentSourceBlock = TextBlockParam | ImageBlockParam;
/**
 * Where a document comes from, told apart by its type.
 */
export type DocumentSource = Base64PdfSource | PlainTextSource | ContentSource | UrlSource | FileSource;
/**
 * Kind of an error; the set may grow.
 */
export type ErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'billing_error'
  | 'permission_error'
  | 'not_found_error'
  | 'conflict_error'
  | 'request_too_large'
  | 'rate_limit_error'
  | 'api_error'
  | 'timeout_error'
  | 'overloaded_error';
/**
 * Where an image comes from, told apart by its type.
 */
export type ImageSource = Base64ImageSource | UrlSource | FileSource;
/**
 * One message of a request, told apart by its role.
 */
export type MessageParam = UserMessageParam | AssistantMessageParam | SystemMessageParam;
/**
 * Why generation ended.
 */
export type StopReason =
  'end_turn' | 'max_tokens' | 'stop_sequence' | 'tool_use' | 'pause_turn' | 'refusal' | 'model_context_window_exceeded';
/**
 * Data of one server-sent event, told apart by its type; clients must expect types that are not listed here.
 */
export type StreamEvent =
  | MessageStartEvent
  | ContentBlockStartEvent
  | ContentBlockDeltaEvent
  | ContentBlockStopEvent
  | MessageDeltaEvent
  | MessageStopEvent
  | PingEvent
  | ErrorResponse;
/**
 * Whether and how the model thinks, told apart by its type.
 */
export type Thinking = ThinkingEnabled | ThinkingDisabled | ThinkingAdaptive | ThinkingBetweenTools;
/**
 * A tool of a request: custom where `type` is absent, null or "custom", else one of the typed tools.
 */
export type Tool = CustomTool | TypedTool;
/**
 * Whether and which tool the model must use, told apart by its type.
 */
export type ToolChoice = ToolChoiceAuto | ToolChoiceAny | ToolChoiceTool | ToolChoiceNone;
/**
 * A block inside a tool result, told apart by its type.
 */
export type ToolResultContentBlock =
  TextBlockParam | ImageBlockParam | DocumentBlockParam | SearchResultBlockParam | ToolReferenceBlockParam | BrowserStateBlockParam;
/**
 * A tool with a fixed meaning, told apart by its dated type.
 */
export type TypedTool =
  | BashTool
  | TextEditorTool20250124
  | TextEditorTool
  | MemoryTool
  | ComputerToolset
  | BrowserToolset
  | WebSearchTool
  | WebFetchTool
  | CodeExecutionTool
  | ToolSearchRegexTool
  | ToolSearchBm25Tool;

/**
 * An earlier answer of the model; as the last message it is the beginning of the next answer.
 */
export interface AssistantMessageParam {
  /**
   * Marks an assistant message.
   */
  role: 'assistant';
  /**
   * One string, equal to one text block, or content blocks as they were received.
   */
  content: string | ContentBlockParam[];
}
/**
 * An image inside the request.
 */
export interface Base64ImageSource {
  /**
   * Marks inline base64 data.
   */
  type: 'base64';
  /**
   * Media type of the image.
   */
  media_type: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';
  /**
   * The bytes in base64.
   */
  data: string;
}
/**
 * A PDF inside the request.
 */
export interface Base64PdfSource {
  /**
   * Marks inline base64 data.
   */
  type: 'base64';
  /**
   * The only binary media type that documents have.
   */
  media_type: 'application/pdf';
  /**
   * The bytes in base64.
   */
  data: string;
}
/**
 * A shell that the caller runs.
 */
export interface BashTool {
  /**
   * Version of the tool.
   */
  type: 'bash_20250124';
  /**
   * The name this tool always has.
   */
  name: 'bash';
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Whether arguments are guaranteed to follow the schema; the default is false.
   */
  strict?: boolean;
  /**
   * Whether the tool stays hidden until a tool search finds it; the default is false.
   */
  defer_loading?: boolean;
  /**
   * Who may call the tool; the default is the model alone.
   */
  allowed_callers?: AllowedCaller[];
  /**
   * Example arguments that follow the schema.
   */
  input_examples?: {
    [k: string]: unknown;
  }[];
}
/**
 * The open tabs after a browser action.
 */
export interface BrowserStateBlockParam {
  /**
   * Marks the state of a browser.
   */
  type: 'browser_state';
  /**
   * The open tabs.
   */
  tabs: {
    [k: string]: unknown;
  }[];
  /**
   * What changed since the last state; null means not told.
   */
  state_changes?:
    | {
        [k: string]: unknown;
      }[]
    | null;
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
}
/**
 * A web browser that the caller runs; it has no name.
 */
export interface BrowserToolset {
  /**
   * Version of the tool.
   */
  type: 'browser_toolset_20260801';
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Settings of the members of the set by name; null means the defaults.
   */
  configs?: {
    [k: string]: unknown;
  } | null;
  /**
   * Who may call the tools: the model alone.
   *
   * Items: Only the model itself.
   */
  allowed_callers?: 'direct'[];
}
/**
 * Marks the end of a prefix that the prompt cache may keep.
 */
export interface CacheControl {
  /**
   * The only kind of cache.
   */
  type: 'ephemeral';
  /**
   * How long the prefix is kept; the default is 5m.
   */
  ttl?: '5m' | '1h';
}
/**
 * Tokens written to the prompt cache by lifetime.
 */
export interface CacheCreation {
  /**
   * Tokens kept for five minutes.
   */
  ephemeral_5m_input_tokens: number;
  /**
   * Tokens kept for one hour.
   */
  ephemeral_1h_input_tokens: number;
}
/**
 * What made the prompt cache miss.
 */
export interface CacheMissReason {
  /**
   * What differed from the earlier request.
   */
  type: 'model_changed' | 'system_changed' | 'tools_changed' | 'messages_changed' | 'previous_message_not_found' | 'unavailable';
  /**
   * Input tokens that were not read from the cache.
   */
  cache_missed_input_tokens?: number;
}
/**
 * Whether a feature works.
 */
export interface Capability {
  /**
   * True if it works.
   */
  supported: boolean;
}
/**
 * A place in a plain-text document.
 */
export interface CharLocation {
  /**
   * Marks a range of characters.
   */
  type: 'char_location';
  /**
   * The text cited.
   */
  cited_text: string;
  /**
   * Which document, from 0.
   */
  document_index: number;
  /**
   * Title of the document; null means none.
   */
  document_title?: string | null;
  /**
   * Id of the uploaded file cited; null means none.
   */
  file_id?: string | null;
  /**
   * First character, from 0.
   */
  start_char_index: number;
  /**
   * Character after the last.
   */
  end_char_index: number;
}
/**
 * Whether citations are wanted.
 */
export interface CitationsConfig {
  /**
   * True turns citations on; the default is false.
   */
  enabled?: boolean;
}
/**
 * One more citation of a text block.
 */
export interface CitationsDelta {
  /**
   * Names the piece.
   */
  type: 'citations_delta';
  /**
   * The citation to add.
   */
  citation: Citation;
}
/**
 * Code that the model wrote made the call.
 */
export interface CodeExecutionCaller {
  /**
   * Version of the code execution tool.
   */
  type: 'code_execution_20250825' | 'code_execution_20260120' | 'code_execution_20260521';
  /**
   * Id of the code execution call.
   */
  tool_id: string;
}
/**
 * A sandbox for code that the server runs.
 */
export interface CodeExecutionTool {
  /**
   * Version of the tool.
   */
  type: 'code_execution_20250522' | 'code_execution_20250825' | 'code_execution_20260120' | 'code_execution_20260521';
  /**
   * The name this tool always has.
   */
  name: 'code_execution';
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Whether arguments are guaranteed to follow the schema; the default is false.
   */
  strict?: boolean;
  /**
   * Whether the tool stays hidden until a tool search finds it; the default is false.
   */
  defer_loading?: boolean;
  /**
   * Who may call the tool; the default is the model alone.
   */
  allowed_callers?: AllowedCaller[];
}
/**
 * Mouse, keyboard and screen that the caller runs; it has no name.
 */
export interface ComputerToolset {
  /**
   * Version of the tool.
   */
  type: 'computer_toolset_20260801';
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Settings of the members of the set by name; null means the defaults.
   */
  configs?: {
    [k: string]: unknown;
  } | null;
  /**
   * Who may call the tools: the model alone.
   *
   * Items: Only the model itself.
   */
  allowed_callers?: 'direct'[];
}
/**
 * Container that code ran in.
 */
export interface Container {
  /**
   * Id, to use the container again.
   */
  id: string;
  /**
   * When it ends, RFC 3339.
   */
  expires_at: string;
  /**
   * Skills loaded in it; null means none.
   */
  skills?: ContainerSkill[] | null;
}
/**
 * Container to run code in.
 */
export interface ContainerParams {
  /**
   * Id of a container to use again; null means a new one.
   */
  id?: string | null;
  /**
   * Skills to load; null means none.
   */
  skills?: SkillParams[] | null;
}
/**
 * A skill loaded in a container.
 */
export interface ContainerSkill {
  /**
   * Who made the skill.
   */
  type: 'anthropic' | 'custom';
  /**
   * Id of the skill.
   */
  skill_id: string;
  /**
   * Version of the skill.
   */
  version: string;
}
/**
 * A file that the model put out of the container.
 */
export interface ContainerUploadBlock {
  /**
   * Marks a file of the container.
   */
  type: 'container_upload';
  /**
   * Id of the file.
   */
  file_id: string;
}
/**
 * A file to put into the container.
 */
export interface ContainerUploadBlockParam {
  /**
   * Marks a file for the container.
   */
  type: 'container_upload';
  /**
   * Id of the uploaded file.
   */
  file_id: string;
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
}
/**
 * A piece of the open content block.
 */
export interface ContentBlockDeltaEvent {
  /**
   * Names the event.
   */
  type: 'content_block_delta';
  /**
   * Position of the block in the content, from 0.
   */
  index: number;
  /**
   * The piece.
   */
  delta: ContentBlockDelta;
}
/**
 * A place in a document made of blocks.
 */
export interface ContentBlockLocation {
  /**
   * Marks a range of blocks.
   */
  type: 'content_block_location';
  /**
   * The text cited.
   */
  cited_text: string;
  /**
   * Which document, from 0.
   */
  document_index: number;
  /**
   * Title of the document; null means none.
   */
  document_title?: string | null;
  /**
   * Id of the uploaded file cited; null means none.
   */
  file_id?: string | null;
  /**
   * First block, from 0.
   */
  start_block_index: number;
  /**
   * Block after the last.
   */
  end_block_index: number;
}
/**
 * A content block begins.
 */
export interface ContentBlockStartEvent {
  /**
   * Names the event.
   */
  type: 'content_block_start';
  /**
   * Position of the block in the content, from 0.
   */
  index: number;
  /**
   * The block before its deltas.
   */
  content_block: ContentBlockStart;
}
/**
 * The open content block is complete.
 */
export interface ContentBlockStopEvent {
  /**
   * Names the event.
   */
  type: 'content_block_stop';
  /**
   * Position of the block in the content, from 0.
   */
  index: number;
}
/**
 * A document made of blocks, so that citations name blocks.
 */
export interface ContentSource {
  /**
   * Marks a document made of blocks.
   */
  type: 'content';
  /**
   * One string, or text and image blocks.
   */
  content: string | ContentSourceBlock[];
}
/**
 * Which context edits work.
 */
export interface ContextManagementCapability {
  /**
   * True if any works.
   */
  supported: boolean;
  /**
   * Clearing of thinking.
   */
  clear_thinking_20251015?: Capability | null;
  /**
   * Clearing of tool calls.
   */
  clear_tool_uses_20250919?: Capability | null;
  /**
   * Compaction.
   */
  compact_20260112?: Capability | null;
}
/**
 * Answer of POST /v1/messages/count_tokens.
 */
export interface TokenCount {
  /**
   * Input tokens that the request would use.
   */
  input_tokens: number;
  /**
   * Beta: the count before context editing; null means it was not asked.
   */
  context_management?: {
    [k: string]: unknown;
  } | null;
}
/**
 * Body of POST /v1/messages/count_tokens: a messages request without what concerns generation.
 */
export interface CountTokensRequest {
  /**
   * Model id or alias that answers.
   */
  model: string;
  /**
   * The conversation so far, oldest first; consecutive messages of one role merge into one turn.
   *
   * @minItems 1
   * @maxItems 100000
   */
  messages: MessageParam[];
  /**
   * System prompt as one string or as text blocks.
   */
  system?: string | TextBlockParam[];
  /**
   * Tools the model may use; an empty list equals none.
   */
  tools?: Tool[];
  /**
   * Whether and which tool must be used; the default is auto with tools and none without.
   */
  tool_choice?: ToolChoice;
  /**
   * Whether and how the model thinks before it answers; the default depends on the model.
   */
  thinking?: Thinking;
  /**
   * Effort and shape of the output.
   */
  output_config?: OutputConfig;
  /**
   * Automatic caching: marks the last cacheable block of the request; null means off.
   */
  cache_control?: CacheControl | null;
  /**
   * Inference speed; null equals standard.
   */
  speed?: 'standard' | 'fast' | null;
  /**
   * Beta: what to clear from the context while the conversation grows.
   */
  context_management?: {
    [k: string]: unknown;
  } | null;
  /**
   * Beta: remote MCP servers whose tools the model may use, at most 20.
   *
   * @maxItems 20
   */
  mcp_servers?:
    | {
        [k: string]: unknown;
      }[]
    | null;
  /**
   * Beta: the older name of output_config.format.
   */
  output_format?: {
    [k: string]: unknown;
  } | null;
  /**
   * Beta: asks for the conversation to be summarized.
   */
  compaction?: {
    [k: string]: unknown;
  } | null;
  /**
   * Beta: who is billed, and how.
   */
  billing_policy?: {
    [k: string]: unknown;
  } | null;
}
/**
 * A tool that the caller defines and runs.
 */
export interface CustomTool {
  /**
   * Absent, null and "custom" mean the same.
   */
  type?: 'custom' | null;
  /**
   * Name of the tool: 1 to 128 letters, digits, underscores and hyphens.
   */
  name: string;
  /**
   * What the tool does and when to use it.
   */
  description?: string;
  /**
   * JSON Schema of the arguments.
   */
  input_schema: ToolInputSchema;
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Whether arguments are guaranteed to follow the schema; the default is false.
   */
  strict?: boolean;
  /**
   * Whether the tool stays hidden until a tool search finds it; the default is false.
   */
  defer_loading?: boolean;
  /**
   * Who may call the tool; the default is the model alone.
   */
  allowed_callers?: AllowedCaller[];
  /**
   * Example arguments that follow the schema.
   */
  input_examples?: {
    [k: string]: unknown;
  }[];
  /**
   * Whether arguments stream before they are validated; null means the default.
   */
  eager_input_streaming?: boolean | null;
}
/**
 * Why the prompt cache was missed.
 */
export interface Diagnostics {
  /**
   * The reason; null while it is a hit or unknown.
   */
  cache_miss_reason?: CacheMissReason | null;
}
/**
 * Asks why the prompt cache was missed.
 */
export interface DiagnosticsParams {
  /**
   * Id of the message to compare with; null for the first request.
   */
  previous_message_id?: string | null;
}
/**
 * The model made the call itself.
 */
export interface DirectCaller {
  /**
   * Marks a direct call.
   */
  type: 'direct';
}
/**
 * A document for the model to read and, if wanted, to cite.
 */
export interface DocumentBlockParam {
  /**
   * Marks a document block.
   */
  type: 'document';
  /**
   * Where the document is.
   */
  source: DocumentSource;
  /**
   * Title of the document, 1 to 500 characters; null means none.
   */
  title?: string | null;
  /**
   * Notes on the document that are not cited; null means none.
   */
  context?: string | null;
  /**
   * Whether the model may cite the document; null equals the default.
   */
  citations?: CitationsConfig | null;
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
}
/**
 * Which effort levels work.
 */
export interface EffortCapability {
  /**
   * True if any works.
   */
  supported: boolean;
  /**
   * Effort low.
   */
  low?: Capability | null;
  /**
   * Effort medium.
   */
  medium?: Capability | null;
  /**
   * Effort high.
   */
  high?: Capability | null;
  /**
   * Effort xhigh.
   */
  xhigh?: Capability | null;
  /**
   * Effort max.
   */
  max?: Capability | null;
}
/**
 * Every error: the body of a status from 400 on, and the data of an error event.
 */
export interface ErrorResponse {
  /**
   * Marks an error.
   */
  type: 'error';
  /**
   * What went wrong.
   */
  error: ErrorObject;
  /**
   * Id of the request, equal to the request-id header; null means unknown.
   */
  request_id?: string | null;
}
/**
 * Machine-readable details of an error.
 */
export interface ErrorDetails {
  /**
   * Finer kind of the error; clients treat an unknown one as the bare type.
   */
  error_code?: string;
  [k: string]: unknown;
}
/**
 * What went wrong.
 */
export interface ErrorObject {
  /**
   * Kind of the error, tied to the HTTP status.
   */
  type: ErrorType;
  /**
   * Explanation for people; the wording may change.
   */
  message: string;
  /**
   * Machine-readable details; null means none.
   */
  details?: ErrorDetails | null;
}
/**
 * An image or document uploaded before.
 */
export interface FileSource {
  /**
   * Marks an uploaded file.
   */
  type: 'file';
  /**
   * Id of the uploaded file.
   */
  file_id: string;
}
/**
 * An image for the model to look at.
 */
export interface ImageBlockParam {
  /**
   * Marks an image block.
   */
  type: 'image';
  /**
   * Where the image is.
   */
  source: ImageSource;
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * What may be done to the image before the model sees it; null means the default.
   */
  transformations?: ImageTransformations | null;
}
/**
 * What may be done to an image before the model sees it.
 */
export interface ImageTransformations {
  /**
   * Whether an image over the size limit is made smaller or refused; the default is downsize.
   */
  oversized_image?: 'downsize' | 'error';
}
/**
 * More JSON of the arguments of a tool call.
 */
export interface InputJsonDelta {
  /**
   * Names the piece.
   */
  type: 'input_json_delta';
  /**
   * JSON text to append; may be empty and may break anywhere.
   */
  partial_json: string;
}
/**
 * Asks for an answer that is JSON of a schema.
 */
export interface JsonOutputFormat {
  /**
   * The only kind of format.
   */
  type: 'json_schema';
  /**
   * JSON Schema of the answer.
   */
  schema: {
    [k: string]: unknown;
  };
}
/**
 * A directory of notes that the caller keeps.
 */
export interface MemoryTool {
  /**
   * Version of the tool.
   */
  type: 'memory_20250818';
  /**
   * The name this tool always has.
   */
  name: 'memory';
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Whether arguments are guaranteed to follow the schema; the default is false.
   */
  strict?: boolean;
  /**
   * Whether the tool stays hidden until a tool search finds it; the default is false.
   */
  defer_loading?: boolean;
  /**
   * Who may call the tool; the default is the model alone.
   */
  allowed_callers?: AllowedCaller[];
  /**
   * Example arguments that follow the schema.
   */
  input_examples?: {
    [k: string]: unknown;
  }[];
}
/**
 * Answer of POST /v1/messages, and the `message` of message_start. An absent nullable field means null.
 */
export interface Message {
  /**
   * Id of the message, unique; the official ones start with msg_.
   */
  id: string;
  /**
   * Marks a message.
   */
  type: 'message';
  /**
   * Always the assistant.
   */
  role: 'assistant';
  /**
   * Model that answered.
   */
  model: string;
  /**
   * What the model produced, in order; may be empty.
   */
  content: ContentBlock[];
  /**
   * Why generation ended; null only in message_start.
   */
  stop_reason?: StopReason | null;
  /**
   * The stop sequence that ended generation, else null.
   */
  stop_sequence?: string | null;
  /**
   * More about a refusal, else null.
   */
  stop_details?: RefusalStopDetails | null;
  /**
   * Tokens used.
   */
  usage: Usage;
  /**
   * Container that code ran in, else null.
   */
  container?: Container | null;
  /**
   * Why the prompt cache was missed, if it was asked, else null.
   */
  diagnostics?: Diagnostics | null;
  /**
   * Beta: what was cleared from the context; null means nothing was asked.
   */
  context_management?: {
    [k: string]: unknown;
  } | null;
  /**
   * Beta: what the server changed in the conversation before the model saw it.
   */
  input_transformations?:
    | {
        [k: string]: unknown;
      }[]
    | null;
}
/**
 * Fields of the message that are known at its end.
 */
export interface MessageDelta {
  /**
   * Why generation ended; set in the last message_delta.
   */
  stop_reason?: StopReason | null;
  /**
   * The stop sequence that ended generation, else null.
   */
  stop_sequence?: string | null;
  /**
   * More about a refusal, else null.
   */
  stop_details?: RefusalStopDetails | null;
  /**
   * Container that code ran in, else null.
   */
  container?: Container | null;
}
/**
 * Why generation ended, and the totals.
 */
export interface MessageDeltaEvent {
  /**
   * Names the event.
   */
  type: 'message_delta';
  /**
   * Fields of the message that are now known.
   */
  delta: MessageDelta;
  /**
   * Running totals.
   */
  usage: MessageDeltaUsage;
  /**
   * Beta: what was cleared from the context; null means nothing was asked.
   */
  context_management?: {
    [k: string]: unknown;
  } | null;
  /**
   * Beta: what the server changed in the conversation before the model saw it.
   */
  input_transformations?:
    | {
        [k: string]: unknown;
      }[]
    | null;
}
/**
 * Running totals in message_delta; what is there replaces the value of message_start.
 */
export interface MessageDeltaUsage {
  /**
   * Output tokens so far, a total and not an increment.
   */
  output_tokens: number;
  /**
   * Input tokens; null keeps the earlier value.
   */
  input_tokens?: number | null;
  /**
   * Input tokens written to the prompt cache; null means none.
   */
  cache_creation_input_tokens?: number | null;
  /**
   * Input tokens read from the prompt cache; null means none.
   */
  cache_read_input_tokens?: number | null;
  /**
   * Uses of server tools; null keeps the earlier value.
   */
  server_tool_use?: ServerToolUsage | null;
  /**
   * What the output tokens were; null keeps the earlier value.
   */
  output_tokens_details?: OutputTokensDetails | null;
  /**
   * Beta: usage of each step where an answer took several.
   */
  iterations?:
    | {
        [k: string]: unknown;
      }[]
    | null;
  /**
   * Beta: what became of a fallback credit; null means none.
   */
  fallback_credit?: {
    [k: string]: unknown;
  } | null;
}
/**
 * The first event: the message with empty content.
 */
export interface MessageStartEvent {
  /**
   * Names the event.
   */
  type: 'message_start';
  /**
   * The message so far: no content, no stop reason.
   */
  message: Message;
}
/**
 * The last event.
 */
export interface MessageStopEvent {
  /**
   * Names the event.
   */
  type: 'message_stop';
}
/**
 * Body of POST /v1/messages.
 */
export interface MessagesRequest {
  /**
   * Model id or alias that answers.
   */
  model: string;
  /**
   * The conversation so far, oldest first; consecutive messages of one role merge into one turn.
   *
   * @minItems 1
   * @maxItems 100000
   */
  messages: MessageParam[];
  /**
   * Most tokens to generate; 0 only fills the prompt cache and generates nothing.
   */
  max_tokens: number;
  /**
   * System prompt as one string or as text blocks.
   */
  system?: string | TextBlockParam[];
  /**
   * Whether to answer with server-sent events; the default is false.
   */
  stream?: boolean;
  /**
   * Texts that end generation when the model produces one of them; each needs a visible character.
   */
  stop_sequences?: string[];
  /**
   * Tools the model may use; an empty list equals none.
   */
  tools?: Tool[];
  /**
   * Whether and which tool must be used; the default is auto with tools and none without.
   */
  tool_choice?: ToolChoice;
  /**
   * Whether and how the model thinks before it answers; the default depends on the model.
   */
  thinking?: Thinking;
  /**
   * Effort and shape of the output.
   */
  output_config?: OutputConfig;
  /**
   * Facts about the request that do not reach the model.
   */
  metadata?: Metadata;
  /**
   * Which capacity may serve the request; the default is auto.
   */
  service_tier?: 'auto' | 'standard_only';
  /**
   * Automatic caching: marks the last cacheable block of the request; null means off.
   */
  cache_control?: CacheControl | null;
  /**
   * Container to run code in: its id, or an object that also names skills; null means none.
   */
  container?: string | ContainerParams | null;
  /**
   * Asks why the prompt cache was missed; null means not asked.
   */
  diagnostics?: DiagnosticsParams | null;
  /**
   * Region in which inference runs; null means the workspace default.
   */
  inference_geo?: string | null;
  /**
   * Inference speed; null equals standard.
   */
  speed?: 'standard' | 'fast' | null;
  /**
   * Sampling temperature; exists only in API version 2023-06-01, default 1.
   */
  temperature?: number;
  /**
   * Nucleus sampling mass; exists only in API version 2023-06-01.
   */
  top_p?: number;
  /**
   * How many likeliest tokens to sample from; exists only in API version 2023-06-01.
   */
  top_k?: number;
  /**
   * Beta: what to clear from the context while the conversation grows.
   */
  context_management?: {
    [k: string]: unknown;
  } | null;
  /**
   * Beta: remote MCP servers whose tools the model may use, at most 20.
   *
   * @maxItems 20
   */
  mcp_servers?:
    | {
        [k: string]: unknown;
      }[]
    | null;
  /**
   * Beta: models to fall back to when this one refuses.
   */
  fallbacks?: unknown[] | string | null;
  /**
   * Beta: token that credits a repeated request after a refusal.
   */
  fallback_credit_token?:
    | string
    | {
        [k: string]: unknown;
      }
    | null;
  /**
   * Beta: asks for the conversation to be summarized.
   */
  compaction?: {
    [k: string]: unknown;
  } | null;
  /**
   * Beta: creates or continues a message thread kept by the server.
   */
  thread?: {
    [k: string]: unknown;
  } | null;
  /**
   * Beta: who is billed, and how.
   */
  billing_policy?: {
    [k: string]: unknown;
  } | null;
  /**
   * Beta: the older name of output_config.format.
   */
  output_format?: {
    [k: string]: unknown;
  } | null;
}
/**
 * Facts about a request that do not reach the model.
 */
export interface Metadata {
  /**
   * Opaque id of the end user, at most 512 characters; null means none.
   */
  user_id?: string | null;
}
/**
 * One model: an entry of GET /v1/models and the answer of GET /v1/models/{id}.
 */
export interface ModelInfo {
  /**
   * Id to use in requests.
   */
  id: string;
  /**
   * Marks a model.
   */
  type: 'model';
  /**
   * Name for people.
   */
  display_name: string;
  /**
   * When the model was released, RFC 3339; the epoch if unknown.
   */
  created_at: string;
  /**
   * Size of the context window in tokens; null means unknown.
   */
  max_input_tokens?: number | null;
  /**
   * Largest max_tokens; null means unknown.
   */
  max_tokens?: number | null;
  /**
   * What the model can do; null means unknown.
   */
  capabilities?: ModelCapabilities | null;
  /**
   * Where the model is in its life; null means not told.
   */
  lifecycle?: 'active' | 'deprecated' | 'retired' | null;
  /**
   * When it is or was deprecated, RFC 3339; null while active.
   */
  deprecated_at?: string | null;
  /**
   * When it is or was retired, RFC 3339; null means not planned.
   */
  retires_at?: string | null;
  /**
   * Line that the model belongs to; null means none.
   */
  line?: 'haiku' | 'sonnet' | 'opus' | 'fable' | 'mythos' | null;
}
/**
 * What a model can do; null and absent mean unknown.
 */
export interface ModelCapabilities {
  /**
   * Message batches.
   */
  batch?: Capability | null;
  /**
   * Citations.
   */
  citations?: Capability | null;
  /**
   * Code execution.
   */
  code_execution?: Capability | null;
  /**
   * Context editing.
   */
  context_management?: ContextManagementCapability | null;
  /**
   * Effort levels.
   */
  effort?: EffortCapability | null;
  /**
   * Images.
   */
  image_input?: Capability | null;
  /**
   * PDF documents.
   */
  pdf_input?: Capability | null;
  /**
   * Server tools.
   */
  server_tools?: ServerToolsCapability | null;
  /**
   * Structured outputs and strict tools.
   */
  structured_outputs?: Capability | null;
  /**
   * Thinking.
   */
  thinking?: ThinkingCapability | null;
}
/**
 * Answer of GET /v1/models: one page.
 */
export interface ModelsList {
  /**
   * The models of the page, newest first.
   */
  data: ModelInfo[];
  /**
   * Whether more entries follow in the direction asked for.
   */
  has_more: boolean;
  /**
   * Id of the first entry; null if there is none.
   */
  first_id: string | null;
  /**
   * Id of the last entry; null if there is none.
   */
  last_id: string | null;
}
/**
 * Effort and shape of the output.
 */
export interface OutputConfig {
  /**
   * How much work the model may put in; null means the default.
   */
  effort?: 'low' | 'medium' | 'high' | 'xhigh' | 'max' | null;
  /**
   * Schema that the answer must follow; null means free text.
   */
  format?: JsonOutputFormat | null;
  /**
   * Beta: tokens for a whole task.
   */
  task_budget?: {
    [k: string]: unknown;
  } | null;
}
/**
 * What the output tokens were.
 */
export interface OutputTokensDetails {
  /**
   * Output tokens spent on thinking.
   */
  thinking_tokens: number;
}
/**
 * A place in a PDF.
 */
export interface PageLocation {
  /**
   * Marks a range of pages.
   */
  type: 'page_location';
  /**
   * The text cited.
   */
  cited_text: string;
  /**
   * Which document, from 0.
   */
  document_index: number;
  /**
   * Title of the document; null means none.
   */
  document_title?: string | null;
  /**
   * Id of the uploaded file cited; null means none.
   */
  file_id?: string | null;
  /**
   * First page, from 1.
   */
  start_page_number: number;
  /**
   * Page after the last.
   */
  end_page_number: number;
}
/**
 * Keeps the connection alive; it may come anywhere.
 */
export interface PingEvent {
  /**
   * Names the event.
   */
  type: 'ping';
}
/**
 * A plain-text document inside the request.
 */
export interface PlainTextSource {
  /**
   * Marks inline text.
   */
  type: 'text';
  /**
   * The only text media type that documents have.
   */
  media_type: 'text/plain';
  /**
   * The text.
   */
  data: string;
}
/**
 * Encrypted thinking of the model.
 */
export interface RedactedThinkingBlock {
  /**
   * Marks an encrypted thinking block.
   */
  type: 'redacted_thinking';
  /**
   * The encrypted thinking, to be passed back unchanged.
   */
  data: string;
}
/**
 * Encrypted thinking of an earlier answer, passed back unchanged.
 */
export interface RedactedThinkingBlockParam {
  /**
   * Marks an encrypted thinking block.
   */
  type: 'redacted_thinking';
  /**
   * The encrypted thinking.
   */
  data: string;
}
/**
 * More about a refusal.
 */
export interface RefusalStopDetails {
  /**
   * Marks details of a refusal.
   */
  type: 'refusal';
  /**
   * Area of the refusal; null means not told.
   */
  category?: 'cyber' | 'bio' | 'frontier_llm' | 'reasoning_extraction' | 'general_harms' | null;
  /**
   * Explanation for people; null means none.
   */
  explanation?: string | null;
  /**
   * Beta: token that credits a repeated request; null means none.
   */
  fallback_credit_token?: string | null;
  /**
   * Beta: whether the credit covers an answer that was begun; null means not told.
   */
  fallback_has_prefill_claim?: boolean | null;
  /**
   * Beta: model to ask instead; null means none.
   */
  recommended_model?: string | null;
}
/**
 * A search result that the model may cite.
 */
export interface SearchResultBlockParam {
  /**
   * Marks a search result.
   */
  type: 'search_result';
  /**
   * Where the result comes from, often a URL.
   */
  source: string;
  /**
   * Title of the result.
   */
  title: string;
  /**
   * Text of the result.
   */
  content: TextBlockParam[];
  /**
   * Whether the model may cite the result.
   */
  citations?: CitationsConfig;
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
}
/**
 * A place in a search result of the request.
 */
export interface SearchResultLocation {
  /**
   * Marks a search result.
   */
  type: 'search_result_location';
  /**
   * The text cited.
   */
  cited_text: string;
  /**
   * Which search result, from 0.
   */
  search_result_index: number;
  /**
   * Source of the search result.
   */
  source: string;
  /**
   * Title of the search result; null means none.
   */
  title?: string | null;
  /**
   * First block, from 0.
   */
  start_block_index: number;
  /**
   * Block after the last.
   */
  end_block_index: number;
}
/**
 * What a server tool gave; the kinds differ only in their content.
 */
export interface ServerToolResultBlock {
  /**
   * Which server tool the result is of.
   */
  type:
    | 'web_search_tool_result'
    | 'web_fetch_tool_result'
    | 'code_execution_tool_result'
    | 'bash_code_execution_tool_result'
    | 'text_editor_code_execution_tool_result'
    | 'tool_search_tool_result';
  /**
   * Id of the server tool call.
   */
  tool_use_id: string;
  /**
   * The result or its error, in a shape that belongs to the tool.
   */
  content:
    | {
        [k: string]: unknown;
      }
    | {
        [k: string]: unknown;
      }[];
  /**
   * Who made the call; absent means the model itself.
   */
  caller?: Caller | null;
}
/**
 * What a server tool gave, passed back; the kinds differ only in their content.
 */
export interface ServerToolResultBlockParam {
  /**
   * Which server tool the result is of.
   */
  type:
    | 'web_search_tool_result'
    | 'web_fetch_tool_result'
    | 'code_execution_tool_result'
    | 'bash_code_execution_tool_result'
    | 'text_editor_code_execution_tool_result'
    | 'tool_search_tool_result';
  /**
   * Id of the server tool call.
   */
  tool_use_id: string;
  /**
   * The result or its error, in a shape that belongs to the tool.
   */
  content:
    | {
        [k: string]: unknown;
      }
    | {
        [k: string]: unknown;
      }[];
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Who made the call; absent and null mean the model itself.
   */
  caller?: Caller | null;
}
/**
 * Uses of server tools.
 */
export interface ServerToolUsage {
  /**
   * Web searches made.
   */
  web_search_requests?: number;
  /**
   * Web pages fetched.
   */
  web_fetch_requests?: number;
}
/**
 * A call of a tool that the server runs.
 */
export interface ServerToolUseBlock {
  /**
   * Marks a call of a server tool.
   */
  type: 'server_tool_use';
  /**
   * Id that the result block refers to.
   */
  id: string;
  /**
   * Name of the server tool.
   */
  name:
    | 'web_search'
    | 'web_fetch'
    | 'code_execution'
    | 'bash_code_execution'
    | 'text_editor_code_execution'
    | 'tool_search_tool_regex'
    | 'tool_search_tool_bm25';
  /**
   * Arguments; empty in content_block_start.
   */
  input: {
    [k: string]: unknown;
  };
  /**
   * Who made the call; absent means the model itself.
   */
  caller?: Caller | null;
}
/**
 * A call of a tool that the server ran itself, passed back.
 */
export interface ServerToolUseBlockParam {
  /**
   * Marks a call of a server tool.
   */
  type: 'server_tool_use';
  /**
   * Id that the result block refers to.
   */
  id: string;
  /**
   * Name of the server tool.
   */
  name:
    | 'web_search'
    | 'web_fetch'
    | 'code_execution'
    | 'bash_code_execution'
    | 'text_editor_code_execution'
    | 'tool_search_tool_regex'
    | 'tool_search_tool_bm25';
  /**
   * Arguments of the call.
   */
  input: {
    [k: string]: unknown;
  };
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Who made the call; absent and null mean the model itself.
   */
  caller?: Caller | null;
}
/**
 * Which server tools work.
 */
export interface ServerToolsCapability {
  /**
   * True if any works.
   */
  supported: boolean;
  /**
   * Code execution.
   */
  code_execution?: Capability | null;
  /**
   * Web search.
   */
  web_search?: Capability | null;
}
/**
 * Signature of a thinking block, complete.
 */
export interface SignatureDelta {
  /**
   * Names the piece.
   */
  type: 'signature_delta';
  /**
   * The whole signature; it replaces, it does not append.
   */
  signature: string;
}
/**
 * A skill to load into a container.
 */
export interface SkillParams {
  /**
   * Who made the skill.
   */
  type: 'anthropic' | 'custom';
  /**
   * Id of the skill.
   */
  skill_id: string;
  /**
   * Version of the skill; the default is the latest.
   */
  version?: string;
}
/**
 * A system instruction in the middle of a conversation; only some models take it.
 */
export interface SystemMessageParam {
  /**
   * Marks a system message.
   */
  role: 'system';
  /**
   * One string or text blocks.
   */
  content: string | TextBlockParam[];
  /**
   * Beta: until when the message holds; null means for ever.
   */
  clear_at?: 'next_user_message' | 'never' | null;
  /**
   * Beta: another effort from here on.
   */
  output_config?: {
    [k: string]: unknown;
  } | null;
}
/**
 * Text that the model wrote.
 */
export interface TextBlock {
  /**
   * Marks a text block.
   */
  type: 'text';
  /**
   * The text.
   */
  text: string;
  /**
   * What the text is based on; null means none.
   */
  citations?: Citation[] | null;
}
/**
 * Text in a request.
 */
export interface TextBlockParam {
  /**
   * Marks a text block.
   */
  type: 'text';
  /**
   * The text, at least one character.
   */
  text: string;
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Citations of an earlier answer, passed back; null means none.
   */
  citations?: Citation[] | null;
}
/**
 * More text of a text block.
 */
export interface TextDelta {
  /**
   * Names the piece.
   */
  type: 'text_delta';
  /**
   * Text to append; may be empty.
   */
  text: string;
}
/**
 * A text editor that the caller runs.
 */
export interface TextEditorTool {
  /**
   * Version of the tool.
   */
  type: 'text_editor_20250429' | 'text_editor_20250728';
  /**
   * The name this tool always has.
   */
  name: 'str_replace_based_edit_tool';
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Whether arguments are guaranteed to follow the schema; the default is false.
   */
  strict?: boolean;
  /**
   * Whether the tool stays hidden until a tool search finds it; the default is false.
   */
  defer_loading?: boolean;
  /**
   * Who may call the tool; the default is the model alone.
   */
  allowed_callers?: AllowedCaller[];
  /**
   * Example arguments that follow the schema.
   */
  input_examples?: {
    [k: string]: unknown;
  }[];
  /**
   * Most characters of a file to show, from version 20250728 on; null means no limit.
   */
  max_characters?: number | null;
}
/**
 * The older text editor that the caller runs.
 */
export interface TextEditorTool20250124 {
  /**
   * Version of the tool.
   */
  type: 'text_editor_20250124';
  /**
   * The name this tool always has.
   */
  name: 'str_replace_editor';
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Whether arguments are guaranteed to follow the schema; the default is false.
   */
  strict?: boolean;
  /**
   * Whether the tool stays hidden until a tool search finds it; the default is false.
   */
  defer_loading?: boolean;
  /**
   * Who may call the tool; the default is the model alone.
   */
  allowed_callers?: AllowedCaller[];
  /**
   * Example arguments that follow the schema.
   */
  input_examples?: {
    [k: string]: unknown;
  }[];
}
/**
 * The model decides how much to think.
 */
export interface ThinkingAdaptive {
  /**
   * Marks adaptive thinking.
   */
  type: 'adaptive';
  /**
   * Whether thinking is shown as a summary or left empty; null means the default of the model.
   */
  display?: 'summarized' | 'omitted' | null;
  /**
   * Beta: what happens where earlier thinking does not fit the conversation.
   */
  block_binding?: {
    [k: string]: unknown;
  } | null;
}
/**
 * No thinking up front, only notes between tool calls.
 */
export interface ThinkingBetweenTools {
  /**
   * Marks thinking between tool calls.
   */
  type: 'between_tools';
}
/**
 * Thinking of the model.
 */
export interface ThinkingBlock {
  /**
   * Marks a thinking block.
   */
  type: 'thinking';
  /**
   * The thinking, empty if it is omitted.
   */
  thinking: string;
  /**
   * Proof of origin, to be passed back unchanged.
   */
  signature: string;
}
/**
 * Thinking of an earlier answer, passed back unchanged.
 */
export interface ThinkingBlockParam {
  /**
   * Marks a thinking block.
   */
  type: 'thinking';
  /**
   * The thinking text, empty if it was omitted.
   */
  thinking: string;
  /**
   * Signature as it was received.
   */
  signature: string;
}
/**
 * A thinking block before its deltas.
 */
export interface ThinkingBlockStart {
  /**
   * Marks a thinking block.
   */
  type: 'thinking';
  /**
   * Empty; the text comes in thinking_delta.
   */
  thinking?: string;
  /**
   * Empty; it comes in signature_delta.
   */
  signature?: string;
}
/**
 * Whether and how the model can think.
 */
export interface ThinkingCapability {
  /**
   * True if it can.
   */
  supported: boolean;
  /**
   * Which thinking types work.
   */
  types?: ThinkingTypes | null;
}
/**
 * More text of a thinking block.
 */
export interface ThinkingDelta {
  /**
   * Names the piece.
   */
  type: 'thinking_delta';
  /**
   * Text to append; may be empty.
   */
  thinking: string;
  /**
   * Beta: about how many tokens of thinking came since the last count; null means no count is due.
   */
  estimated_tokens?: number | null;
}
/**
 * No thinking.
 */
export interface ThinkingDisabled {
  /**
   * Marks that the model does not think.
   */
  type: 'disabled';
}
/**
 * Thinking with a budget.
 */
export interface ThinkingEnabled {
  /**
   * Marks thinking with a budget.
   */
  type: 'enabled';
  /**
   * Most tokens to think with; at least 1024 and less than max_tokens.
   */
  budget_tokens: number;
  /**
   * Whether thinking is shown as a summary or left empty; null means the default of the model.
   */
  display?: 'summarized' | 'omitted' | null;
  /**
   * Beta: what happens where earlier thinking does not fit the conversation.
   */
  block_binding?: {
    [k: string]: unknown;
  } | null;
}
/**
 * Which thinking types work.
 */
export interface ThinkingTypes {
  /**
   * Type adaptive.
   */
  adaptive?: Capability | null;
  /**
   * Type enabled.
   */
  enabled?: Capability | null;
  /**
   * Type disabled.
   */
  disabled?: Capability | null;
  /**
   * Type between_tools.
   */
  between_tools?: Capability | null;
}
/**
 * The model must use some tool.
 */
export interface ToolChoiceAny {
  /**
   * Marks a forced choice among all tools.
   */
  type: 'any';
  /**
   * True asks for exactly one tool call; the default is false.
   */
  disable_parallel_tool_use?: boolean;
}
/**
 * The model decides whether to use tools.
 */
export interface ToolChoiceAuto {
  /**
   * Marks a free choice.
   */
  type: 'auto';
  /**
   * True allows at most one tool call; the default is false.
   */
  disable_parallel_tool_use?: boolean;
}
/**
 * The model must not use tools.
 */
export interface ToolChoiceNone {
  /**
   * Marks that no tool may be used.
   */
  type: 'none';
}
/**
 * The model must use the named tool.
 */
export interface ToolChoiceTool {
  /**
   * Marks a forced tool.
   */
  type: 'tool';
  /**
   * Name of the tool to use.
   */
  name: string;
  /**
   * True asks for exactly one tool call; the default is false.
   */
  disable_parallel_tool_use?: boolean;
}
/**
 * JSON Schema (2020-12) of the arguments of a custom tool.
 */
export interface ToolInputSchema {
  /**
   * Arguments are always an object.
   */
  type: 'object';
  /**
   * Schemas of the arguments by name; null means none.
   */
  properties?: {
    [k: string]: unknown;
  } | null;
  /**
   * Names of the arguments that must be there; null means none.
   */
  required?: string[] | null;
  [k: string]: unknown;
}
/**
 * Names a deferred tool that a tool search found.
 */
export interface ToolReferenceBlockParam {
  /**
   * Marks a tool reference.
   */
  type: 'tool_reference';
  /**
   * Name of the tool found.
   */
  tool_name: string;
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
}
/**
 * What a tool call of the previous message gave.
 */
export interface ToolResultBlockParam {
  /**
   * Marks a tool result.
   */
  type: 'tool_result';
  /**
   * Id of the tool call that this answers.
   */
  tool_use_id: string;
  /**
   * The result as text or as blocks; absent means empty.
   */
  content?: string | ToolResultContentBlock[];
  /**
   * Whether the tool failed; the default is false.
   */
  is_error?: boolean;
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Toolset that the tool belongs to; null means none.
   */
  toolset_name?: string | null;
}
/**
 * Finds deferred tools by words.
 */
export interface ToolSearchBm25Tool {
  /**
   * Version of the tool.
   */
  type: 'tool_search_tool_bm25' | 'tool_search_tool_bm25_20251119';
  /**
   * The name this tool always has.
   */
  name: 'tool_search_tool_bm25';
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Whether arguments are guaranteed to follow the schema; the default is false.
   */
  strict?: boolean;
  /**
   * Whether the tool stays hidden until a tool search finds it; the default is false.
   */
  defer_loading?: boolean;
  /**
   * Who may call the tool; the default is the model alone.
   */
  allowed_callers?: AllowedCaller[];
}
/**
 * Finds deferred tools by regular expression.
 */
export interface ToolSearchRegexTool {
  /**
   * Version of the tool.
   */
  type: 'tool_search_tool_regex' | 'tool_search_tool_regex_20251119';
  /**
   * The name this tool always has.
   */
  name: 'tool_search_tool_regex';
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Whether arguments are guaranteed to follow the schema; the default is false.
   */
  strict?: boolean;
  /**
   * Whether the tool stays hidden until a tool search finds it; the default is false.
   */
  defer_loading?: boolean;
  /**
   * Who may call the tool; the default is the model alone.
   */
  allowed_callers?: AllowedCaller[];
}
/**
 * A call of a tool that the client runs.
 */
export interface ToolUseBlock {
  /**
   * Marks a tool call.
   */
  type: 'tool_use';
  /**
   * Id that the tool result refers to; letters, digits, underscore and hyphen.
   */
  id: string;
  /**
   * Name of the tool.
   */
  name: string;
  /**
   * Arguments; empty in content_block_start.
   */
  input: {
    [k: string]: unknown;
  };
  /**
   * Who made the call; absent means the model itself.
   */
  caller?: Caller | null;
  /**
   * Toolset that the tool belongs to; null means none.
   */
  toolset_name?: string | null;
}
/**
 * A tool call of an earlier answer.
 */
export interface ToolUseBlockParam {
  /**
   * Marks a tool call.
   */
  type: 'tool_use';
  /**
   * Id that the tool result refers to; letters, digits, underscore and hyphen.
   */
  id: string;
  /**
   * Name of the tool.
   */
  name: string;
  /**
   * Arguments of the call.
   */
  input: {
    [k: string]: unknown;
  };
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Who made the call; absent and null mean the model itself.
   */
  caller?: Caller | null;
  /**
   * Toolset that the tool belongs to; null means none.
   */
  toolset_name?: string | null;
}
/**
 * An image or PDF that the server fetches.
 */
export interface UrlSource {
  /**
   * Marks a URL.
   */
  type: 'url';
  /**
   * Address of the file.
   */
  url: string;
}
/**
 * Tokens used by a request. The whole input is input_tokens and both cache counters together.
 */
export interface Usage {
  /**
   * Input tokens that the prompt cache did not serve.
   */
  input_tokens: number;
  /**
   * Output tokens, thinking included.
   */
  output_tokens: number;
  /**
   * Input tokens written to the prompt cache; null means none.
   */
  cache_creation_input_tokens?: number | null;
  /**
   * Input tokens read from the prompt cache; null means none.
   */
  cache_read_input_tokens?: number | null;
  /**
   * Tokens written to the prompt cache by lifetime; null means not told.
   */
  cache_creation?: CacheCreation | null;
  /**
   * Uses of server tools; null means none.
   */
  server_tool_use?: ServerToolUsage | null;
  /**
   * Capacity that served the request; null means not told.
   */
  service_tier?: 'standard' | 'priority' | 'batch' | null;
  /**
   * Region in which inference ran; null means not told.
   */
  inference_geo?: string | null;
  /**
   * Speed that was used; null means not told.
   */
  speed?: 'standard' | 'fast' | null;
  /**
   * What the output tokens were; null means not told.
   */
  output_tokens_details?: OutputTokensDetails | null;
  /**
   * Beta: usage of each step where an answer took several.
   */
  iterations?:
    | {
        [k: string]: unknown;
      }[]
    | null;
  /**
   * Beta: what became of a fallback credit; null means none.
   */
  fallback_credit?: {
    [k: string]: unknown;
  } | null;
}
/**
 * Where the user roughly is.
 */
export interface UserLocation {
  /**
   * The only precision.
   */
  type: 'approximate';
  /**
   * City; null means unknown.
   */
  city?: string | null;
  /**
   * Region; null means unknown.
   */
  region?: string | null;
  /**
   * Two-letter country code; null means unknown.
   */
  country?: string | null;
  /**
   * IANA time zone; null means unknown.
   */
  timezone?: string | null;
}
/**
 * A message of the user, also the place of tool results.
 */
export interface UserMessageParam {
  /**
   * Marks a user message.
   */
  role: 'user';
  /**
   * One string, equal to one text block, or content blocks.
   */
  content: string | ContentBlockParam[];
}
/**
 * Fetching of web pages that the server runs.
 */
export interface WebFetchTool {
  /**
   * Version of the tool.
   */
  type: 'web_fetch_20250910' | 'web_fetch_20260209' | 'web_fetch_20260309' | 'web_fetch_20260318';
  /**
   * The name this tool always has.
   */
  name: 'web_fetch';
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Whether arguments are guaranteed to follow the schema; the default is false.
   */
  strict?: boolean;
  /**
   * Whether the tool stays hidden until a tool search finds it; the default is false.
   */
  defer_loading?: boolean;
  /**
   * Who may call the tool; the default is the model alone.
   */
  allowed_callers?: AllowedCaller[];
  /**
   * Only these domains; null means all.
   */
  allowed_domains?: string[] | null;
  /**
   * Not these domains; null means none.
   */
  blocked_domains?: string[] | null;
  /**
   * Most uses in one request; null means no limit.
   */
  max_uses?: number | null;
  /**
   * Whether results are part of the answer, from version 20260318 on.
   */
  response_inclusion?: 'full' | 'excluded';
  /**
   * Whether fetched pages may be cited; null equals the default.
   */
  citations?: CitationsConfig | null;
  /**
   * Most tokens of a page to use; null means no limit.
   */
  max_content_tokens?: number | null;
  /**
   * Whose URLs may be fetched; null means the default.
   */
  url_sources?: {
    [k: string]: unknown;
  } | null;
  /**
   * Whether a cached copy may be used, from version 20260309 on; the default is true.
   */
  use_cache?: boolean;
}
/**
 * A place on a web page that was found.
 */
export interface WebSearchResultLocation {
  /**
   * Marks a web search result.
   */
  type: 'web_search_result_location';
  /**
   * The text cited.
   */
  cited_text: string;
  /**
   * Opaque place, to be passed back unchanged.
   */
  encrypted_index: string;
  /**
   * Title of the page; null means none.
   */
  title?: string | null;
  /**
   * Address of the page.
   */
  url: string;
}
/**
 * Web search that the server runs.
 */
export interface WebSearchTool {
  /**
   * Version of the tool.
   */
  type: 'web_search_20250305' | 'web_search_20260209' | 'web_search_20260318';
  /**
   * The name this tool always has.
   */
  name: 'web_search';
  /**
   * Marks the end of a cacheable prefix; null means no marker.
   */
  cache_control?: CacheControl | null;
  /**
   * Whether arguments are guaranteed to follow the schema; the default is false.
   */
  strict?: boolean;
  /**
   * Whether the tool stays hidden until a tool search finds it; the default is false.
   */
  defer_loading?: boolean;
  /**
   * Who may call the tool; the default is the model alone.
   */
  allowed_callers?: AllowedCaller[];
  /**
   * Only these domains; null means all.
   */
  allowed_domains?: string[] | null;
  /**
   * Not these domains; null means none.
   */
  blocked_domains?: string[] | null;
  /**
   * Most uses in one request; null means no limit.
   */
  max_uses?: number | null;
  /**
   * Whether results are part of the answer, from version 20260318 on.
   */
  response_inclusion?: 'full' | 'excluded';
  /**
   * Where the user roughly is; null means unknown.
   */
  user_location?: UserLocation | null;
}
