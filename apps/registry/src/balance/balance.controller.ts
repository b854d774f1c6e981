import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '@simpul/access';

import { BalanceAnswer, type PartitionAnswer } from './balance.answer.js';
import { BalanceStore } from './balance.store.js';
import { balanceOf, type PartitionBalance, totalsOf } from './balance.view.js';
import { toHaltAnswer } from '../log/log.answer.js';
import type { LogHaltRow } from '../log/log-order.entity.js';
import { LogLag } from './log-lag.js';

/** Proves to operators that nothing accepted was lost: every offset passed is accounted for. */
@ApiTags('operations')
@Requires('operations')
@Controller('registry/v1/balance')
export class BalanceController {
  constructor(
    private readonly store: BalanceStore,
    private readonly lag: LogLag,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The balance of the log / Neraca log',
    description:
      'Per partition: offsets passed = applied + duplicate + repaired + conflict + dead + waiting.\n\nPer partisi: offset yang dilewati = applied + duplicate + repaired + conflict + dead + waiting.',
  })
  @ApiOkResponse({ type: BalanceAnswer })
  async balance(): Promise<BalanceAnswer> {
    const partitions = balanceOf(await this.store.listPositions());
    const halts = await this.store.listHalts();
    return {
      balanced: partitions.every((partition) => partition.balanced),
      partitions: partitions.map((partition) => this.toAnswer(partition, halts)),
      totals: totalsOf(partitions),
      held: await this.store.countHeld(),
    };
  }

  /** A generation that was closed has neither a lag nor a halt. */
  private toAnswer(balance: PartitionBalance, halts: readonly LogHaltRow[]): PartitionAnswer {
    const { topic, partition, nextOffset, closedAt } = balance;
    if (closedAt !== undefined) return balance;
    const traffic = this.lag.trafficOf({ topic, partition, next: BigInt(nextOffset) });
    const halt = halts.find((one) => one.topic === topic && one.partition === partition);
    return {
      ...balance,
      ...(traffic && { lag: Number(traffic.lag) }),
      ...(traffic?.lagSeconds !== undefined && { lagSeconds: traffic.lagSeconds }),
      ...(traffic?.drainSeconds !== undefined && { drainSeconds: traffic.drainSeconds }),
      ...(halt && { halted: toHaltAnswer({ ...halt, at: halt.haltedAt }) }),
    };
  }
}
