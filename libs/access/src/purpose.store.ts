import { type FieldGroup } from '@simpul/contracts';
import { type AccessEntities } from './access-data.store.js';
import { type Caller } from './caller.js';
import { ClientRow } from './client.entity.js';
import { allowPurpose, type Purpose, type PurposeFacts } from './purpose.js';
import { PurposeRow } from './purpose.entity.js';

/** A purpose that is taken away is refused after this time at the latest, ms. */
const REMEMBERED_MS = 5_000;
const REMEMBERED_MOST = 1_000;

/** The registered purposes and which clients may state them. */
export class PurposeStore {
  private readonly facts = new Map<string, { facts: PurposeFacts; until: number }>();

  constructor(private readonly data: AccessEntities) {}

  async findPurpose(code: string): Promise<Purpose | undefined> {
    const row = await (await this.data.manager()).findOneBy(PurposeRow, { code });
    return row ? toPurpose(row) : undefined;
  }

  async listPurposes(): Promise<Purpose[]> {
    const rows = await (await this.data.manager()).find(PurposeRow, { order: { code: 'ASC' } });
    return rows.map(toPurpose);
  }

  /** The stated purpose, if the caller may state it; else a 403 problem. */
  async getAllowed(code: string, caller: Caller): Promise<Purpose> {
    return allowPurpose(code, caller, await this.factsOf(code, caller.clientId));
  }

  private async factsOf(code: string, clientId: string): Promise<PurposeFacts> {
    const key = JSON.stringify([code, clientId]);
    const known = this.facts.get(key);
    if (known && known.until > performance.now()) return known.facts;
    const manager = await this.data.manager();
    const client = await manager.findOneBy(ClientRow, { id: clientId, active: true });
    const facts = { purpose: await this.findPurpose(code), clientPurposes: client?.purposes ?? [] };
    if (this.facts.size >= REMEMBERED_MOST) this.facts.clear();
    this.facts.set(key, { facts, until: performance.now() + REMEMBERED_MS });
    return facts;
  }
}

function toPurpose(row: PurposeRow): Purpose {
  return {
    code: row.code,
    legalBasis: row.legalBasis,
    groups: row.groups as FieldGroup[],
    sources: row.sources.includes('*') ? '*' : row.sources,
    reach: row.reach,
  };
}
