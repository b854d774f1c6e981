import { DataSource } from 'typeorm';
import { REGISTRY_ENTITIES } from '../../apps/registry/src/entities.js';
import { inTurn, type MessageStep, type Writer, type WriterPlan } from '../write-path/writer.js';
import { type EventOpening, eventOpening, type OpenedEntry } from './event-opening.js';

/** Writes with TypeORM, over the registry's own tables as entities. */
export async function entityWriter(
  plan: WriterPlan,
  save: (source: DataSource, entries: readonly OpenedEntry[], opening: EventOpening) => Promise<void>,
): Promise<Writer<MessageStep>> {
  const opening = await eventOpening(plan);
  const source = await new DataSource({
    type: 'postgres',
    url: plan.databaseUrl,
    entities: REGISTRY_ENTITIES,
  }).initialize();
  return {
    write: inTurn(async (messages) => save(source, await opening.open(messages), opening)),
    close: async () => {
      await source.destroy();
      await opening.database.close();
    },
  };
}
