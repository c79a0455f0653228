/**
 * A tiny agent: asks, runs the tools that the model calls, and asks again until there is an answer. `agent-loop-vitest` and `agent-loop-msw`
 * have the same one on purpose: each example is a project that can be copied away, and they differ in the test alone.
 */
import type Anthropic from '@anthropic-ai/sdk';

export interface AgentTool {
  readonly definition: Anthropic.Tool;
  readonly run: (input: unknown) => Promise<string>;
}

const mostTurns = 10;

export async function runAgent(client: Anthropic, model: string, question: string, tools: readonly AgentTool[]): Promise<string> {
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: question }];
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const message = await client.messages.create({
      model,
      max_tokens: 1024,
      tools: tools.map(({ definition }) => definition),
      messages,
    });
    if (message.stop_reason !== 'tool_use') return textOf(message);
    const calls = message.content.filter((block) => block.type === 'tool_use');
    const results = await Promise.all(calls.map((call) => resultOf(call, tools)));
    messages.push({ role: 'assistant', content: message.content }, { role: 'user', content: results });
  }
  throw new Error(`The agent found no answer in ${mostTurns} turns.`);
}

/** What a tool says; a tool that fails tells the model, which may try something else. */
async function resultOf(call: Anthropic.ToolUseBlock, tools: readonly AgentTool[]): Promise<Anthropic.ToolResultBlockParam> {
  const result = { type: 'tool_result', tool_use_id: call.id } as const;
  const tool = tools.find(({ definition }) => definition.name === call.name);
  if (tool === undefined) return { ...result, is_error: true, content: `There is no tool ${call.name}.` };
  try {
    return { ...result, content: await tool.run(call.input) };
  } catch (error) {
    return { ...result, is_error: true, content: String(error) };
  }
}

function textOf({ content }: Anthropic.Message): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}
