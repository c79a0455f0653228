/** Every setting of a run: its flag, its environment variable, and what it means. Flags win over the environment, the environment over the file. */
import { formatNames } from '../../reports/formats.ts';
import { programName } from '../hints.ts';
import { authStyles, gates, levels } from './choices.ts';

export interface Definition {
  /** As commander writes flags. */
  readonly flag: string;
  /** Absent where only a flag, or a flag and the file, may say it. */
  readonly variable?: string;
  readonly help: string;
  /** May be given several times. */
  readonly isRepeatable?: boolean;
}

export type SettingName =
  | 'baseUrl'
  | 'model'
  | 'profile'
  | 'apiKeyEnv'
  | 'auth'
  | 'headers'
  | 'apiVersion'
  | 'only'
  | 'skip'
  | 'level'
  | 'quick'
  | 'tokenBudget'
  | 'client'
  | 'failOn'
  | 'require'
  | 'concurrency'
  | 'timeout'
  | 'maxTime'
  | 'wait'
  | 'ca'
  | 'insecure'
  | 'report'
  | 'baseline'
  | 'strictBaseline'
  | 'output';

export const definitions: Readonly<Record<SettingName, Definition>> = {
  baseUrl: { flag: '--base-url <url>', variable: 'CONFORMANCE_BASE_URL', help: 'server to check, without /v1' },
  model: { flag: '--model <name>', variable: 'CONFORMANCE_MODEL', help: 'model to ask for (default: the first that the server lists)' },
  profile: {
    flag: '--profile <id>',
    variable: 'CONFORMANCE_PROFILE',
    help: 'what is known about a server: litellm, llama-cpp, lm-studio, lmdeploy, ollama, vllm',
  },
  // No variable names a variable: a key in the environment goes where the command says, not where the environment says.
  apiKeyEnv: { flag: '--api-key-env <name>', help: 'environment variable that holds the key (default: CONFORMANCE_API_KEY)' },
  auth: { flag: '--auth <style>', variable: 'CONFORMANCE_AUTH', help: `how to send the key: ${authStyles.join(', ')}` },
  headers: { flag: '--header <name:value>', help: 'send this with every request; repeatable', isRepeatable: true },
  apiVersion: {
    flag: '--api-version <version>',
    variable: 'CONFORMANCE_API_VERSION',
    help: 'the anthropic-version header (default: 2023-06-01)',
  },
  only: {
    flag: '--only <globs>',
    variable: 'CONFORMANCE_ONLY',
    help: 'run these checks, as in "stream.*,tools.*"; repeatable',
    isRepeatable: true,
  },
  skip: { flag: '--skip <globs>', variable: 'CONFORMANCE_SKIP', help: 'leave these checks out; repeatable', isRepeatable: true },
  level: {
    flag: '--level <level>',
    variable: 'CONFORMANCE_LEVEL',
    help: `weakest requirement to judge: ${levels.join(', ')} (default: may)`,
  },
  quick: { flag: '--quick', variable: 'CONFORMANCE_QUICK', help: 'run the most telling checks only: at most 12 requests that generate' },
  tokenBudget: {
    flag: '--token-budget <n>',
    variable: 'CONFORMANCE_TOKEN_BUDGET',
    help: `most output tokens to ask for; the dearest probes are dropped (default: all, see "${programName} plan")`,
  },
  client: {
    flag: '--client <id>',
    variable: 'CONFORMANCE_CLIENT',
    help: 'run what this client needs, exit 1 where it is not ready: claude-code, sdk-python, sdk-typescript, sdk-typescript-0',
  },
  failOn: {
    flag: '--fail-on <level>',
    variable: 'CONFORMANCE_FAIL_ON',
    help: `weakest requirement that makes exit 1: ${gates.join(', ')} (default: must)`,
  },
  require: {
    flag: '--require <parts>',
    variable: 'CONFORMANCE_REQUIRE',
    help: 'optional parts that may not be refused, as in "tools,count-tokens"; repeatable',
    isRepeatable: true,
  },
  concurrency: {
    flag: '--concurrency <n>',
    variable: 'CONFORMANCE_CONCURRENCY',
    help: 'probes at a time (default: 4; 1 for a server with one slot)',
  },
  timeout: {
    flag: '--timeout <seconds>',
    variable: 'CONFORMANCE_TIMEOUT',
    help: 'silence after which a request is given up (default: 120)',
  },
  maxTime: { flag: '--max-time <seconds>', variable: 'CONFORMANCE_MAX_TIME', help: 'end the run after this time (default: none)' },
  wait: { flag: '--wait <seconds>', variable: 'CONFORMANCE_WAIT', help: 'wait until the server answers at all (default: 0)' },
  ca: { flag: '--ca <file>', variable: 'CONFORMANCE_CA', help: 'trust the certificates in this PEM file' },
  insecure: { flag: '--insecure', variable: 'CONFORMANCE_INSECURE', help: 'do not verify certificates' },
  report: {
    flag: '--report <format=path>',
    variable: 'CONFORMANCE_REPORT',
    help: `write a report: ${formatNames.join(', ')}; repeatable`,
    isRepeatable: true,
  },
  baseline: {
    flag: '--baseline <file>',
    variable: 'CONFORMANCE_BASELINE',
    help: 'failures that are known: shown, but no reason for exit 1',
  },
  strictBaseline: {
    flag: '--strict-baseline',
    variable: 'CONFORMANCE_STRICT_BASELINE',
    help: 'exit 1 where entries of the baseline no longer fail',
  },
  output: { flag: '--output <folder>', variable: 'CONFORMANCE_OUTPUT', help: 'where record.json goes (default: conformance-report)' },
};
