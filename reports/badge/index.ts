/** A badge for a README: as an SVG file, and as the JSON that https://shields.io/badges/endpoint-badge draws one from. */
import type { RunRecord } from '../../spec/record/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { escaped } from '../junit/xml.ts';
import { type Claim, claimOf } from './claim.ts';

/** Dark enough for white text (contrast above 4.5). */
const colours: Readonly<Record<Claim['tone'], string>> = { good: '#2b7a0b', bad: '#b3261e', doubt: '#8a5a00', none: '#5f6368' };

const shieldsColours: Readonly<Record<Claim['tone'], string>> = { good: 'success', bad: 'critical', doubt: 'yellow', none: 'inactive' };

export function badgeReport(record: RunRecord, _catalogue: Catalogue): string {
  const { label, message, tone } = claimOf(record);
  const [left, right] = [widthOf(label), widthOf(message)];
  const width = left + right;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${escaped(`${label}: ${message}`)}">`,
    `  <title>${escaped(`${label}: ${message}`)}</title>`,
    `  <clipPath id="c"><rect width="${width}" height="20" rx="3"/></clipPath>`,
    `  <g clip-path="url(#c)"><rect width="${left}" height="20" fill="#3c4043"/><rect x="${left}" width="${right}" height="20" fill="${colours[tone]}"/></g>`,
    `  <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${textAt(6, left, label)}${textAt(left + 6, right, message)}</g>`,
    '</svg>',
    '',
  ].join('\n');
}

/** The endpoint's JSON: served anywhere, `https://img.shields.io/endpoint?url=...` shows it. */
export function shieldsReport(record: RunRecord, _catalogue: Catalogue): string {
  const { label, message, tone } = claimOf(record);
  return `${JSON.stringify({ schemaVersion: 1, label, message, color: shieldsColours[tone], isError: tone === 'bad' })}\n`;
}

/** About what Verdana takes at 11 pixels, and 6 on each side; `textLength` makes it exact. */
function widthOf(text: string): number {
  return Math.round(text.length * 6.6) + 12;
}

function textAt(x: number, room: number, content: string): string {
  return `<text x="${x}" y="14" textLength="${room - 12}" lengthAdjust="spacingAndGlyphs">${escaped(content)}</text>`;
}
