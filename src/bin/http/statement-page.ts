import { createHash } from 'node:crypto';
import type { PartnerEntryKind } from '../../partner-accounts/index.ts';
import { Money } from '../../shared/money.ts';
import type { FiledStatement, StatementLineRow } from '../../statements/index.ts';
import { STATEMENT_STYLE } from './statement-page.style.ts';

/** Nothing is loaded, nothing runs: the one style is known by its digest. */
export const STATEMENT_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STATEMENT_STYLE).digest('base64')}'`,
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const TITLES: Readonly<Record<PartnerEntryKind, string>> = {
  SALE: 'Sales',
  REFUND: 'Refunds',
  CHARGEBACK: 'Chargebacks',
  CHARGEBACK_REVERSAL: 'Chargebacks won',
  REALLOCATION: 'Sales split anew',
  ADVANCE: 'Advances',
  GUARANTEE: 'Guaranteed minimums',
  ADJUSTMENT: 'Adjustments',
  PAYOUT: 'Payouts',
  PAYOUT_RETURN: 'Payouts returned',
};

/** A statement as one page to look at and to print, piece by piece. Lines are grouped by kind, each group with its sum. */
export async function* statementPage(filed: FiledStatement): AsyncGenerator<string> {
  yield head(filed);
  yield figures(filed);
  const { totals, currency } = filed.statement;
  if (totals.length === 0) yield '<p class="none">Nothing happened in this month.</p>';
  for (const { kind, count, amountMinor } of totals) {
    yield `<h2>${TITLES[kind]} <span>${count} ${count === 1 ? 'line' : 'lines'}</span></h2>
<table class="lines"><thead><tr><th class="date">Date</th><th>What</th><th class="date">Available</th><th class="amount">${currency}</th></tr></thead><tbody>\n`;
    for await (const page of filed.pages(kind)) yield page.map((line) => row(line, currency)).join('');
    const sum = amount(BigInt(amountMinor), currency);
    yield `</tbody><tfoot><tr><td colspan="3">${TITLES[kind]}</td><td class="amount">${sum}</td></tr></tfoot></table>\n`;
  }
  yield foot(filed);
}

function head({ statement, partner, readAt }: FiledStatement): string {
  const { period, currency, closedAt } = statement;
  const state = closedAt ? '<span class="state">Closed</span>' : '<span class="state open">Open: not final</span>';
  const [label, at] = closedAt ? ['Closed', closedAt] : ['As of', readAt];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Statement ${period} ${currency}: ${escapeHtml(partner.name)}</title>
<style>${STATEMENT_STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${escapeHtml(partner.name)} <small>Statement of ${period} in ${currency} ${state}</small></h1>
<dl><dt>Month</dt><dd>${period}</dd><dt>Currency</dt><dd>${currency}</dd><dt>${label}</dt><dd>${instant(at)}</dd></dl>
</header>
`;
}

function figures({ statement }: FiledStatement): string {
  const { currency, carriedFrom, openingMinor, closingMinor, pendingMinor, totals } = statement;
  const line = (name: string, minor: bigint, role = '') =>
    `<tr${role && ` class="${role}"`}><td>${name}</td><td class="amount">${amount(minor, currency)}</td></tr>\n`;
  return [
    '<table class="figures"><tbody>\n',
    line(`Opening balance${carriedFrom ? `, carried from ${carriedFrom}` : ''}`, openingMinor),
    ...totals.map(({ kind, amountMinor }) => line(TITLES[kind], BigInt(amountMinor))),
    line('Closing balance', closingMinor, 'sum'),
    line('of which on hold', pendingMinor, 'part'),
    line('of which available', closingMinor - pendingMinor, 'part'),
    '</tbody></table>\n',
  ].join('');
}

function row(line: StatementLineRow, currency: string): string {
  const late = line.latePeriod ? ` <span class="late">late, of ${line.latePeriod}</span>` : '';
  const cells = [
    `<td class="date">${day(line.effectiveAt)}</td>`,
    `<td>${escapeHtml(line.explanation)}${late}</td>`,
    `<td class="date">${day(line.availableAt)}</td>`,
    `<td class="amount">${amount(line.amountMinor, currency)}</td>`,
  ];
  return `<tr>${cells.join('')}</tr>\n`;
}

function foot({ statement, previousRoot }: FiledStatement): string {
  const { closedAt, merkleRoot } = statement;
  const root = merkleRoot ? `<p>Root of all lines (SHA-256):<code>${merkleRoot}</code></p>` : '';
  const previous = previousRoot ? `<p>Root of the month before:<code>${previousRoot}</code></p>` : '';
  const why = closedAt
    ? 'The month was closed before roots were kept.'
    : 'The month is open: figures can still change.';
  return `<footer>${root || `<p>${why}</p>`}${previous}
<p>Days and times are in UTC. Positive amounts are owed to the partner.</p></footer>
</main>
</body>
</html>
`;
}

/** `-1,234.50` with a true minus sign. */
function amount(minor: bigint, currency: string): string {
  const [whole = '', ...fraction] = Money.ofMinor(minor, currency).toDecimal().split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',').replace('-', '\u2212');
  return [grouped, ...fraction].join('.');
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function instant(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
