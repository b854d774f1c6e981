import { SOURCES } from '../tools/demo/plan/agencies.js';
import { install, layFoundation, startDatabase } from '../tools/installation/installation.js';
import { lookAtMachine, type Machine } from './machine.js';
import type { Grounds, Outcome, Stage, Workload } from './workload.js';

export interface Run {
  machine: Machine;
  outcome: Outcome;
}

/** One run on a ground of its own, which is gone afterwards whatever happens. */
export async function runOnGround(workload: Workload, stage: Stage): Promise<Run> {
  switch (workload.needs) {
    case 'installation':
      return await runOn(await install(planOf(stage)), urlOfEnv, stage, (installation) =>
        workload.run({ ...stage, installation }),
      );
    case 'foundation':
      return await runOn(await layFoundation(planOf(stage)), urlOfEnv, stage, (foundation) =>
        workload.run({ ...stage, foundation }),
      );
    case 'database':
      return await runOn(
        await startDatabase({ say: stage.say, signal: stage.stop }),
        ({ databaseUrl }) => databaseUrl,
        stage,
        (database) => workload.run({ ...stage, database }),
      );
  }
}

const planOf = ({ say, stop }: Stage) => ({ name: 'bench', sources: SOURCES, seed: 1, say, signal: stop });

const urlOfEnv = ({ env }: { env: Record<string, string> }): string => env['DATABASE_URL'] ?? '';

async function runOn<G extends Grounds[keyof Grounds]>(
  ground: G,
  urlOf: (ground: G) => string,
  { say, stop }: Stage,
  run: (ground: G) => Promise<Outcome>,
): Promise<Run> {
  try {
    stop.throwIfAborted();
    const machine = await lookAtMachine(urlOf(ground));
    return { machine, outcome: await run(ground) };
  } finally {
    say('Stopping what was started');
    await ground.stop();
  }
}
