// As `refusals-are-clean.test.ts`, with the probes that take the bundled model seconds: all that there are.
import { describeCleanRefusals } from './refusals-are-clean.fixture.ts';

describeCleanRefusals(() => true);
