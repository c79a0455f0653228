/** `issue.md`: a text for the tracker of the server's project. Nothing files it: a person reads it, completes it, and decides. */
import { block, code, prose } from '../markdown/text.ts';
import { safeText } from '../terminal/safe-text.ts';
import { excerpt } from './excerpt.ts';
import { findingLines } from './expected.ts';
import type { Failure } from './failure.ts';

export function issueText(failure: Failure): string {
  const { verdict, check, record, command } = failure;
  const { target, suite } = record;
  const title = (check?.requirement ?? verdict.check).replace(/\.$/, '');
  return [
    '<!-- Read before you post: is it still so in the latest version, and is there an issue already? Complete what is in <angle brackets>. -->',
    ...(check?.bugs === undefined || check.bugs.length === 0 ? [] : [`<!-- Maybe the same: ${safeText(check.bugs.join(', '))} -->`]),
    '',
    `# Messages API: this does not hold: ${prose(title)}`,
    '',
    '### What happens',
    '',
    ...findingLines(failure),
    '',
    ...(check === undefined ? [] : [`The rule: ${prose(check.requirement)} (<${check.source}>)`, '']),
    ...(check === undefined || check.breaks.length === 0
      ? []
      : ['### Who is affected', '', ...check.breaks.map(({ client, effect }) => `- ${prose(client)}: ${prose(effect)}`), '']),
    '### To reproduce',
    '',
    command === '' ? 'See `request.json`.' : block(command.split('\n'), 'sh'),
    '',
    ...answer(failure),
    '### Versions',
    '',
    '- server: <name and version>',
    `- model: ${code(target.model)}`,
    `- \`anthropic-version\`: ${code(target.apiVersion)}`,
    `- found by ${code(`messages-conformance ${suite.version}`)}, check ${code(verdict.check)}`,
    '',
  ].join('\n');
}

function answer({ exchange, offset }: Failure): readonly string[] {
  const { response, ended, problem } = exchange;
  if (response === undefined) return [`No answer came: ${prose(problem ?? ended)}`, ''];
  const { body, status, statusText, headers } = response;
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const text = body.kind === 'base64' ? `(${body.bytes} bytes that are not text)` : body.kind === 'cut' ? body.head : body.text;
  return [
    'The answer:',
    '',
    block([
      safeText(`HTTP/1.1 ${status} ${statusText}`.trimEnd()),
      ...(type === undefined ? [] : [safeText(`content-type: ${type}`)]),
      '',
      ...excerpt(text, offset),
    ]),
    '',
  ];
}
