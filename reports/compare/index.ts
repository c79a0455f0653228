/** Several records beside each other. */
export { compare, type Comparison } from './compare.ts';
export { htmlComparison } from './html.ts';
export { nameOf } from './labels.ts';
export { markdownComparison } from './markdown.ts';
export { terminalComparison } from './terminal.ts';
