import { ApiProperty, ApiSchema } from '@nestjs/swagger';

@ApiSchema({ name: 'AccessEntry', description: 'One look at personal data / Satu akses data pribadi' })
export class AccessEntryAnswer {
  @ApiProperty({ description: 'id of the entry / id catatan', format: 'uuid' })
  id: string;

  @ApiProperty({ description: 'when / kapan', type: 'string', format: 'date-time' })
  at: string;

  @ApiProperty({
    description:
      'records seen, as ids for your agency only; empty for a miss / rekaman yang dilihat; kosong bila tidak ditemukan',
    type: [String],
  })
  records: string[];

  @ApiProperty({ description: 'nobody was found / tidak ada yang ditemukan', example: false })
  miss: boolean;

  @ApiProperty({ description: 'client / klien', example: 'puskesmas-tanjung-barat' })
  client: string;

  @ApiProperty({ description: 'source / sumber', example: 'puskesmas-tanjung-barat' })
  source: string;

  @ApiProperty({ description: 'purpose / tujuan', example: 'health-care' })
  purpose: string;

  @ApiProperty({ description: 'legal basis / dasar hukum' })
  basis: string;

  @ApiProperty({
    description: 'field groups opened / kelompok data yang dibuka',
    type: [String],
    example: ['identity'],
  })
  groups: string[];

  @ApiProperty({ description: 'route / rute', example: 'POST /registry/v1/persons/lookup' })
  route: string;

  @ApiProperty({ description: 'id of the request / id permintaan' })
  requestId: string;

  @ApiProperty({ description: 'id of the trace / id jejak' })
  traceId: string;
}

@ApiSchema({ name: 'AccessEntries', description: 'Newest first / Terbaru dulu' })
export class AccessEntriesAnswer {
  @ApiProperty({ description: 'looks / akses', type: [AccessEntryAnswer] })
  items: AccessEntryAnswer[];

  @ApiProperty({ description: 'cursor of the next page / penunjuk halaman berikutnya', required: false })
  next?: string;
}
