import { createOpener } from '@simpul/identifiers';
import type { Opener } from '@simpul/identifiers';
import type { RegistryKeys } from '../record/registry-keys.js';
import { judge } from './open.js';
import type { RawMessage } from './open.js';
import type { Judged } from './opened-event.js';
import type { RegisteredSourceStore } from './registered-source.store.js';

/** Judges messages with the keys of this process and the sources that are registered now. */
export class MessageJudge {
  private readonly opener: Opener;

  constructor(
    keys: Pick<RegistryKeys, 'opening'>,
    private readonly sources: RegisteredSourceStore,
  ) {
    this.opener = createOpener(keys.opening);
  }

  /** A judge for one batch: the sources are read once. */
  async forBatch(): Promise<(message: RawMessage) => Judged> {
    const sectors = await this.sources.listSectors();
    return (message) => judge(message, { opener: this.opener, findSectors: (source) => sectors.get(source) });
  }
}
