import type { RecordKind } from '@simpul/contracts';

import type { AttributeValue, ProvenanceClaim } from './person.answer.js';
import type { Look, Looks } from './looks.js';
import { viewOf, type AttributeView, type ClaimView, type RecordView } from './person.view.js';
import type { SurvivorshipTable } from './survivorship.data.js';
import { isVisible } from './visible-attribute.js';

/** What a view is made for and of. */
export interface ViewFrame {
  readonly look: Look;
  readonly kind: RecordKind;
  readonly ranks: SurvivorshipTable;
  readonly asOf: number;
}

/** The attributes that the look's purpose opens, best claim first. Nothing else of the records is ever copied. */
export function visibleView(records: readonly RecordView[], frame: ViewFrame): AttributeView[] {
  const { look, kind, ranks, asOf } = frame;
  const shown = records.map((record) => ({ ...record, attributes: visibleClaims(record, look, kind) }));
  return viewOf(shown, ranks, asOf);
}

function visibleClaims(record: RecordView, look: Look, kind: RecordKind): RecordView['attributes'] {
  const isOwn = record.source === look.caller.source;
  const open = Object.entries(record.attributes).filter(
    // A source's own number of a person would let two agencies join their extracts.
    ([name]) => isVisible(name, kind, look.purpose.groups) && (name !== 'localId' || isOwn),
  );
  return Object.fromEntries(open);
}

export function toAttributes(view: readonly AttributeView[]): Record<string, AttributeValue> {
  return Object.fromEntries(view.map((attribute) => [attribute.name, toAttribute(attribute)]));
}

export function toAttribute({ chosen, assurance }: AttributeView): AttributeValue {
  return { ...toValue(chosen), assurance };
}

export function toClaim(claim: ClaimView, look: Look, looks: Looks): ProvenanceClaim {
  const record = looks.hide(look, claim.recordId);
  return { ...toValue(claim), rank: claim.rank, record, ...looks.hideEvent(look, claim.source, claim.eventId) };
}

function toValue({ value, source, stale, time, recordedTime }: ClaimView): Omit<AttributeValue, 'assurance'> {
  return { value, source, stale, time: toText(time), recordedAt: toText(recordedTime) };
}

const toText = (instant: number): string => new Date(instant).toISOString();
