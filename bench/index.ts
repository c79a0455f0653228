// `npm run bench -- mock` measures the mock beside a bare node:http server and aimock; `npm run bench -- suite` measures a run of the suite,
// `npm run bench -- proxy` what the judging proxy adds to the first byte, `npm run bench -- reports` how long the reports take.
// `npm run bench -- reference` the reference server, in some three minutes, or with `--brief` in half a one to see that it works.
// Not a test: it prints numbers, and which of the goals in DESIGN hold. Run it on a quiet machine; the load average is printed with the result.
import { benchMock } from './mock.ts';
import { benchProxy } from './proxy.ts';
import { benchReference } from './reference.ts';
import { benchReports } from './reports.ts';
import { benchSuite } from './suite.ts';

const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  mock: benchMock,
  proxy: benchProxy,
  reference: benchReference,
  reports: benchReports,
  suite: benchSuite,
};

const [name = ''] = process.argv.slice(2);
const benchmark = benchmarks[name];
if (benchmark === undefined) {
  process.stderr.write(`Which benchmark? npm run bench -- ${Object.keys(benchmarks).join(' | ')}\n`);
  process.exitCode = 2;
} else {
  await benchmark();
}
