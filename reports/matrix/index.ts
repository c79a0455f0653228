/** A site of many records. */
export { matrixSite, type NamedRecord } from './site.ts';
