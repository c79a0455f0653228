/** The process that tries a model, started by `model-trial.ts`: it says how that went, and lives until it is killed. */
import { Worker } from 'node:worker_threads';
import { messageOf } from '../spec/as-text.ts';
import { onEngineWords } from './engine.ts';
import { loadModel, type LoadedModel } from './model.ts';
import type { ChatTemplate } from './prompt/chat-template.ts';
import type { Segment } from './prompt/placeholders.ts';
import type { TrialOutcome, TrialSettings } from './model-trial.ts';
import { StartError } from './start-error.ts';

/** The least that has a batch in it. */
const contextSize = 256;

process.once('disconnect', dieAtOnce);
watchParent(process.ppid);
onEngineWords((words) => process.stderr.write(`${words}\n`));
const settings: TrialSettings = JSON.parse(process.argv[2] ?? '{}');
const outcome = await outcomeOf(settings);
process.send?.(outcome);

async function outcomeOf(wanted: TrialSettings): Promise<TrialOutcome> {
  try {
    const model = await loadModel({ ...wanted, contextSize, sequences: 1 });
    await generate(model);
    return { isGood: true };
  } catch (error) {
    if (error instanceof StartError) return { isGood: false, code: error.code, message: error.message };
    const reason = messageOf(error);
    return { isGood: false, code: 'model-invalid', message: `The model ${wanted.path} cannot be evaluated: ${reason}` };
  }
}

/** A prompt and a token after it: llama.cpp computes them in different ways. */
async function generate({ context, vocabulary, template, path }: LoadedModel): Promise<void> {
  const segments = rendered(template) ?? [{ kind: 'content', text: 'Hello' }];
  const prompt = vocabulary.tokenize(segments).slice(0, contextSize / 2);
  let tokens = 0;
  const evaluated = context.getSequence().evaluateWithMetadata(prompt, { confidence: true }, { yieldEogToken: true });
  for await (const { confidence } of evaluated) {
    if (!Number.isFinite(confidence)) {
      throw new StartError(
        'model-invalid',
        `The model ${path} computes no numbers (NaN): its file is damaged. Download or convert it again.`,
      );
    }
    tokens += 1;
    if (tokens === 2) return;
  }
}

/** Undefined where the template refuses so short a conversation. */
function rendered(template: ChatTemplate): readonly Segment[] | undefined {
  try {
    return template.render({ turns: [{ role: 'user', content: 'Hello' }], endsWithPrefill: false }, { tools: [], thinking: undefined });
  } catch {
    return undefined;
  }
}

/** Seen from a thread of its own, since llama.cpp may hold this one for ever. Where parents are not passed on, `disconnect` has to do. */
function watchParent(parent: number): void {
  const script = `setInterval(() => process.ppid === ${parent} || process.kill(process.pid, 'SIGKILL'), 250)`;
  new Worker(script, { eval: true }).unref();
}

function dieAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}
