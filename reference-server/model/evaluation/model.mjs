// Loads a GGUF and answers one conversation at a time, greedily, optionally under a schema once a tool call opens.
import { Template } from '@huggingface/jinja';
import { LlamaGrammarEvaluationState, getLlama } from 'node-llama-cpp';

import { toolCallGrammar } from './grammar.mjs';

const longestAnswer = 900;

/** One thread: with two, llama.cpp's threads wait for each other longer than this model computes. */
export async function loadModel(modelPath, contextSize) {
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: 1, logLevel: 'error' });
  const model = await llama.loadModel({ modelPath });
  const context = await model.createContext({ contextSize, sequences: 1, threads: 1 });
  const sequence = context.getSequence();
  const template = new Template(model.fileInfo.metadata.tokenizer.chat_template);
  const [opener] = model.tokenize('<tool_call>', true);

  /** `under` names a tool that is forced, or is 'schema': free until `<tool_call>`, then the tools' schemas. */
  return async function answer({ messages, tools, thinking = false, under }) {
    const rendered = template.render({ messages, tools, add_generation_prompt: true, enable_thinking: thinking });
    const forcedTool = tools?.find(({ function: { name } }) => name === under);
    const prefix = forcedTool ? '<tool_call>' : '';
    const prompt = model.tokenize(rendered + prefix, true);
    const constrain = async (allowed) =>
      new LlamaGrammarEvaluationState({ model, grammar: await llama.createGrammar({ grammar: toolCallGrammar(allowed) }) });
    let state = forcedTool && (await constrain([forcedTool]));
    const prepared = under === 'schema' ? await constrain(tools) : undefined;

    // Cases that share a long beginning share its evaluation.
    await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
    const rest = prompt.slice(sequence.nextTokenIndex);
    const tokens = [];
    let ended = false;
    const options = { temperature: 0, yieldEogToken: true, grammarEvaluationState: () => state };
    for await (const token of sequence.evaluate(rest, options)) {
      if (model.isEogToken(token)) {
        ended = true;
        break;
      }
      tokens.push(token);
      if (token === opener) state ??= prepared;
      if (tokens.length >= longestAnswer) break;
    }
    const text = prefix + model.detokenize(tokens, true);
    return { text, ended, tokens: tokens.length, promptTokens: prompt.length };
  };
}
