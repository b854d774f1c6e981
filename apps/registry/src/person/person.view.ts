import type { Sector } from '@simpul/contracts';

import type { AttributeRule, SurvivorshipTable } from './survivorship.data.js';

/** What one event said about one attribute of a record. Times are UTC milliseconds. */
export interface RecordClaim {
  readonly value: unknown;
  readonly time: number;
  readonly recordedTime: number;
  readonly eventId: string;
}

/** One source's folded view of one subject, opened. */
export interface RecordView {
  readonly id: string;
  readonly source: string;
  /** Sectors that the source is registered for: they decide its rank. */
  readonly sectors: readonly Sector[];
  readonly attributes: Readonly<Record<string, RecordClaim>>;
}

export interface ClaimView extends RecordClaim {
  readonly recordId: string;
  readonly source: string;
  /** 1 is believed first. */
  readonly rank: number;
  readonly stale: boolean;
}

export interface AttributeView {
  readonly name: string;
  readonly chosen: ClaimView;
  /** All claims, the chosen one first, each next one the answer if those before it were gone. */
  readonly claims: readonly ClaimView[];
  readonly assurance: 'verified' | 'claimed';
}

/**
 * The person (or family) as seen through some records at one instant: per attribute the claims in the order in which
 * they are believed. Pure; the order of the records and how often one is given do not matter.
 */
export function viewOf(records: readonly RecordView[], ranks: SurvivorshipTable, asOf: number): AttributeView[] {
  const distinct = [...new Map(records.map((record) => [record.id, record])).values()];
  const names = new Set(distinct.flatMap((record) => Object.keys(record.attributes)));
  return [...names].toSorted().flatMap((name) => {
    const claims = distinct.flatMap((record) => claimOf(record, name, ranks, asOf)).toSorted(byBelief);
    const [chosen] = claims;
    return chosen
      ? [{ name, chosen, claims, assurance: chosen.rank === 1 && !chosen.stale ? 'verified' : 'claimed' }]
      : [];
  });
}

function claimOf(record: RecordView, name: string, ranks: SurvivorshipTable, asOf: number): ClaimView[] {
  const claim = record.attributes[name];
  if (!claim) return [];
  const rule = ranks.rules[name] ?? ranks.otherwise;
  const stale = isStale(claim.time, rule, asOf);
  return [{ ...claim, recordId: record.id, source: record.source, rank: rankOf(record.sectors, rule), stale }];
}

/** The best place of any of the source's sectors, counted from 1; after all named ones when none is named. */
function rankOf(sectors: readonly Sector[], rule: AttributeRule): number {
  const places = sectors.map((sector) => rule.sectors.indexOf(sector)).filter((place) => place >= 0);
  return 1 + Math.min(rule.sectors.length, ...places);
}

function isStale(time: number, rule: AttributeRule, asOf: number): boolean {
  if (rule.freshMonths === undefined) return false;
  const until = new Date(time);
  until.setUTCMonth(until.getUTCMonth() + rule.freshMonths);
  return until.getTime() < asOf;
}

/** Fresh before stale, then rank, then the greatest (time, recordedtime, id), then the record id: a total order. */
function byBelief(a: ClaimView, b: ClaimView): number {
  return (
    Number(a.stale) - Number(b.stale) ||
    a.rank - b.rank ||
    b.time - a.time ||
    b.recordedTime - a.recordedTime ||
    compareBytes(b.eventId, a.eventId) ||
    compareBytes(b.recordId, a.recordId)
  );
}

// Ids are ASCII, where UTF-16 order is byte order.
function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
