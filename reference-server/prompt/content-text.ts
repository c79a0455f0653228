/** The text of content blocks, for a model that reads only text. What is not text and cannot be told as text is refused, never dropped. */
import type {
  ContentBlockParam,
  DocumentBlockParam,
  SearchResultBlockParam,
  TextBlockParam,
  ToolResultContentBlock,
} from '../../spec/index.ts';
import { refusal } from './refusal.ts';

/** Blocks that become plain text. */
export type ReadableBlock = Extract<ContentBlockParam | ToolResultContentBlock, { type: string }>;

/**
 * A string, or text blocks joined by line breaks. A string and one block with it give the same text.
 * `where` is the path of the content in the request.
 *
 * @throws ApiError 400 for an image, a PDF or another block that is not text, and where citations are asked for.
 */
export function contentText(content: string | readonly ReadableBlock[], where: string): string {
  if (typeof content === 'string') return content;
  return content.map((block, index) => blockText(block, `${where}.${index}`)).join('\n');
}

/** The text of one block. @throws ApiError 400 for what is not text. */
export function blockText(block: ReadableBlock, where: string): string {
  if (block.type === 'text') return block.text;
  if (block.type === 'document' || block.type === 'search_result') refuseCitations(block, where);
  if (block.type === 'document') return documentText(block, where);
  if (block.type === 'search_result') return searchResultText(block);
  if (block.type === 'tool_reference') return `The tool ${block.tool_name} is available.`;
  if (block.type === 'image') throw refusal(where, 'this model does not take images');
  throw refusal(where, `this model does not take blocks of type ${block.type} here`);
}

/** Whoever asked for citations would take an answer without any for one that has no sources. */
function refuseCitations({ citations }: DocumentBlockParam | SearchResultBlockParam, where: string): void {
  if (citations?.enabled === true) throw refusal(`${where}.citations.enabled`, 'this server does not cite');
}

function documentText(block: DocumentBlockParam, where: string): string {
  const { source } = block;
  const heading = [block.title, block.context].filter((line) => typeof line === 'string' && line !== '');
  switch (source.type) {
    case 'text':
      return [...heading, source.data].join('\n');
    case 'content':
      return [...heading, contentText(source.content, `${where}.source.content`)].join('\n');
    case 'base64':
    case 'url':
    case 'file':
      throw refusal(`${where}.source`, `this model takes plain-text documents only, not ${source.type} sources`);
    default:
      throw refusal(`${where}.source`, 'this model takes plain-text documents only');
  }
}

function searchResultText(block: SearchResultBlockParam): string {
  return [block.title, block.source, ...block.content.map((part: TextBlockParam) => part.text)].join('\n');
}
