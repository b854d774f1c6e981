import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '@simpul/access';

import { BalanceAnswer, type PartitionAnswer } from './balance.answer.js';
import { BalanceStore } from './balance.store.js';
import { balanceOf, type PartitionBalance, totalsOf } from './balance.view.js';
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
    return {
      balanced: partitions.every((partition) => partition.balanced),
      partitions: partitions.map((partition) => this.withLag(partition)),
      totals: totalsOf(partitions),
      held: await this.store.countHeld(),
    };
  }

  private withLag(balance: PartitionBalance): PartitionAnswer {
    const known = this.lag
      .partitions()
      .find(({ topic, partition }) => topic === balance.topic && partition === balance.partition);
    return known?.lag === undefined ? balance : { ...balance, lag: known.lag };
  }
}
