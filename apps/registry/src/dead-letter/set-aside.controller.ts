import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Requires } from '@simpul/access';

import { numberOf, refusalOf } from '../paging/number-of.js';
import { OperatorDeadLetterAnswer, toOperatorDeadLetter } from './dead-letter.answer.js';
import { DeadLetterStore } from './dead-letter.store.js';
import { SetAside } from './set-aside.js';
import { type AsideResult, SetAsideStore } from './set-aside.store.js';

const Letter = (): MethodDecorator =>
  ApiParam({ name: 'number', description: 'number of the letter / nomor surat', example: '41' });

/** An operator's word that nothing will be done about a dead letter. */
@ApiTags('operations')
@Requires('operations')
@Controller('registry/v1/dead-letters')
export class SetAsideController {
  constructor(
    private readonly store: SetAsideStore,
    private readonly letters: DeadLetterStore,
  ) {}

  @Post(':number/set-aside')
  @HttpCode(200)
  @Letter()
  @ApiOperation({
    summary: 'Let a dead letter rest / Kesampingkan surat mati',
    description:
      'It stays visible, leaves the alarms and is not replayed. The message stays dead.\n\nTetap terlihat, tidak lagi memicu alarm, dan tidak diputar ulang. Pesannya tetap ditolak.',
  })
  @ApiBody({
    type: SetAside,
    examples: {
      'sent-anew': { value: { reason: 'sent-anew', note: 'Agreed with the data officer of the puskesmas' } },
    },
  })
  @ApiOkResponse({ type: OperatorDeadLetterAnswer })
  async setAside(
    @Param('number') text: string,
    @Body() { reason, note }: SetAside,
    @CurrentCaller() { clientId: by }: Caller,
  ): Promise<OperatorDeadLetterAnswer> {
    const number = numberOf(text);
    return await this.answer(number, await this.store.setAside(number, { reason, note, by }));
  }

  @Delete(':number/set-aside')
  @Letter()
  @ApiOperation({
    summary: 'Take a letter up again / Angkat kembali surat yang dikesampingkan',
    description:
      'It is an ordinary dead letter again; not once its raw bytes are gone.\n\nSurat itu kembali menjadi surat mati biasa; tidak lagi bila byte mentahnya sudah dikosongkan.',
  })
  @ApiOkResponse({ type: OperatorDeadLetterAnswer })
  async takeUp(@Param('number') text: string): Promise<OperatorDeadLetterAnswer> {
    const number = numberOf(text);
    return await this.answer(number, await this.store.takeUp(number));
  }

  private async answer(number: string, result: AsideResult): Promise<OperatorDeadLetterAnswer> {
    if (result !== 'done') throw refusalOf(result);
    const row = await this.letters.find(number);
    if (!row) throw refusalOf('absent');
    return toOperatorDeadLetter(row, await this.letters.findSuperseding([row]));
  }
}
