/** Known bugs as links: the catalogue names a repository by its short name where that is plain. */
import { html, link, type Markup } from './markup.ts';

const owners: Readonly<Record<string, string>> = {
  agentgateway: 'agentgateway',
  'anthropic-sdk-typescript': 'anthropics',
  bifrost: 'maximhq',
  'cc-switch': 'farion1231',
  'claude-code': 'anthropics',
  CLIProxyAPI: 'router-for-me',
  'ik_llama.cpp': 'ikawrakow',
  lemonade: 'lemonade-sdk',
  litellm: 'BerriAI',
  'llama.cpp': 'ggml-org',
  lmdeploy: 'InternLM',
  'lmstudio-bug-tracker': 'lmstudio-ai',
  'mlx-node': 'mlx-node',
  'new-api': 'QuantumNous',
  ollama: 'ollama',
  omlx: 'jundot',
  'Rapid-MLX': 'raullenchai',
  sglang: 'sgl-project',
  vllm: 'vllm-project',
  'vllm-ascend': 'vllm-project',
  'vllm-mlx': 'waybarrios',
};

/** `vllm#45367` or `owner/repo#7` as an address; undefined for a repository that is not known. GitHub leads from issues to pull requests itself. */
export function bugAddress(bug: string): string | undefined {
  const [, owner, repo, number] = /^(?:([\w.-]+)\/)?([\w.-]+)#(\d+)$/.exec(bug) ?? [];
  if (repo === undefined || number === undefined) return undefined;
  const known = owner ?? (Object.hasOwn(owners, repo) ? owners[repo] : undefined);
  return known === undefined ? undefined : `https://github.com/${known}/${repo}/issues/${number}`;
}

export function bugLink(bug: string): Markup {
  const address = bugAddress(bug);
  return address === undefined ? html`${bug}` : link(address, bug);
}
