/** Where requirements are stated and who depends on them: the links and names that checks share. */
import type { Breakage } from './model/check.ts';

const platform = 'https://platform.claude.com/docs/en';

type Page =
  | 'messages'
  | 'versioning'
  | 'errors'
  | 'workingWithMessages'
  | 'streaming'
  | 'stopReasons'
  | 'thinking'
  | 'caching'
  | 'tokenCounting'
  | 'vision'
  | 'pdf'
  | 'searchResults'
  | 'systemMessages'
  | 'effort'
  | 'toolUse'
  | 'fineGrainedStreaming'
  | 'structuredOutputs'
  | 'eventStreams'
  | 'sdkStreaming'
  | 'sdkMessageStream'
  | 'sdkMessages';

/** Public pages and official client sources. */
export const docs: Readonly<Record<Page, string>> = {
  messages: `${platform}/api/messages`,
  versioning: `${platform}/api/versioning`,
  errors: `${platform}/api/errors`,
  workingWithMessages: `${platform}/build-with-claude/working-with-messages`,
  streaming: `${platform}/build-with-claude/streaming`,
  stopReasons: `${platform}/build-with-claude/handling-stop-reasons`,
  thinking: `${platform}/build-with-claude/extended-thinking`,
  caching: `${platform}/build-with-claude/prompt-caching`,
  tokenCounting: `${platform}/build-with-claude/token-counting`,
  vision: `${platform}/build-with-claude/vision`,
  pdf: `${platform}/build-with-claude/pdf-support`,
  searchResults: `${platform}/build-with-claude/search-results`,
  systemMessages: `${platform}/build-with-claude/mid-conversation-system-messages`,
  effort: `${platform}/build-with-claude/effort`,
  toolUse: `${platform}/agents-and-tools/tool-use/overview`,
  structuredOutputs: `${platform}/build-with-claude/structured-outputs`,
  fineGrainedStreaming: `${platform}/agents-and-tools/tool-use/fine-grained-tool-streaming`,
  eventStreams: 'https://html.spec.whatwg.org/multipage/server-sent-events.html',
  sdkStreaming: 'https://github.com/anthropics/anthropic-sdk-typescript/blob/main/src/core/streaming.ts',
  sdkMessageStream: 'https://github.com/anthropics/anthropic-sdk-typescript/blob/main/src/lib/MessageStream.ts',
  sdkMessages: 'https://github.com/anthropics/anthropic-sdk-typescript/blob/main/src/resources/messages/messages.ts',
};

/** What a user of Claude Code sees. */
export function claudeCode(effect: string): Breakage {
  return { client: 'claude-code', effect };
}

/** What a user of `@anthropic-ai/sdk` sees. */
export function sdkTypescript(effect: string): Breakage {
  return { client: 'sdk-typescript', effect };
}

/** What a user of the Python package `anthropic` sees. */
export function sdkPython(effect: string): Breakage {
  return { client: 'sdk-python', effect };
}
