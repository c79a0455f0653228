/** What the runner says to people at a terminal, in the words of somebody who writes a test file. */

const words: readonly (readonly [flag: string, option: string])[] = [
  ['name the environment variable that holds it with --api-key-env NAME', 'give it as the option apiKey'],
  ['only where it is named, with --api-key-env ANTHROPIC_API_KEY', 'only as the option apiKey'],
  [', and --auth none sends none, whatever --api-key-env names; leave out --auth none', ", and auth: 'none' sends none; leave that out"],
  ['--auth x-api-key, bearer or both', 'the option auth'],
  ['--wait SECONDS', 'the option waitMs'],
  ['--timeout SECONDS', 'the option timeoutMs'],
  ['--model NAME', 'the option model'],
  ['--base-url', 'baseUrl'],
];

export function inOptions(text: string): string {
  return words.reduce((sentence, [flag, option]) => sentence.replaceAll(flag, option), text);
}
