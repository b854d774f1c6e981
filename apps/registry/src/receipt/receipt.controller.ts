import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Requires } from '@simpul/access';
import { ProblemError, readReceipt } from '@simpul/contracts';
import { Limits, readStrictJson } from '@simpul/process';

import { reasonOf } from '../dead-letter/reason.js';
import { MOST_RECEIPTS, type ReceiptOutcome, ReceiptsAnswer, ReceiptsQuestion } from './receipt.answer.js';
import { ReceiptStore } from './receipt.store.js';
import { viewReceipt } from './receipt.view.js';

/** Room for as many receipts of the greatest length as may be asked about. */
const MOST_BYTES = MOST_RECEIPTS * 1100;

/** Tells an agency what became of what it sent. */
@ApiTags('receipts')
@Requires('events:own')
@Controller('registry/v1/receipts')
export class ReceiptController {
  constructor(private readonly store: ReceiptStore) {}

  @Post()
  @HttpCode(200)
  @Limits({ bodyLimit: MOST_BYTES })
  @ApiOperation({
    summary: 'What became of your messages / Hasil pesan Anda',
    description:
      'Answers for your own source only. A receipt that is malformed or not yours is `unknown` and does not spoil the rest.\n\nHanya untuk sumber Anda sendiri. Tanda terima yang rusak atau bukan milik Anda berstatus `unknown` dan tidak mengganggu yang lain.',
  })
  @ApiBody({ type: ReceiptsQuestion })
  @ApiOkResponse({ type: ReceiptsAnswer })
  async receipts(@Body() body: Buffer | undefined, @CurrentCaller() caller: Caller): Promise<ReceiptsAnswer> {
    const asked = readQuestion(body).map(readReceipt);
    const readable = asked.filter((receipt) => receipt !== undefined);
    const facts = await this.store.findFacts(caller.source, readable);
    let n = 0;
    const items = asked.map((receipt, index): ReceiptOutcome => {
      if (!receipt) return { index, status: 'unknown' };
      n += 1;
      const { status, code } = viewReceipt(receipt, n, facts);
      if (code === undefined) return { index, id: receipt.id, status };
      const { explanation, fix } = reasonOf(code);
      return { index, id: receipt.id, status, reason: { code, explanation, fix } };
    });
    return { items };
  }
}

/** Read by hand: one receipt that is no text must not refuse the others. */
function readQuestion(body: Buffer | undefined): unknown[] {
  if (body === undefined) throw new ProblemError('body.empty');
  const question = readStrictJson(body);
  const { receipts } = (typeof question === 'object' && question !== null ? question : {}) as { receipts?: unknown };
  if (Array.isArray(receipts) && receipts.length > 0 && receipts.length <= MOST_RECEIPTS) return receipts;
  const detail = {
    en: `must be a list of 1 to ${MOST_RECEIPTS} receipts`,
    id: `harus berupa daftar 1 sampai ${MOST_RECEIPTS} tanda terima`,
  };
  throw new ProblemError('validation', { errors: [{ pointer: '/receipts', code: 'items', detail }] });
}
