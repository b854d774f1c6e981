import { ApiProperty, ApiSchema, getSchemaPath } from '@nestjs/swagger';
import { Contract, Identifier, Part } from '@simpul/contracts';

@Contract('PersonLookup', { en: 'A person looked up by an identifier', id: 'Pencarian orang dengan nomor identitas' })
export class PersonLookup {
  @Part(Identifier, {
    en: 'an exact identifier; it never stands in the address of a request',
    id: 'nomor identitas yang tepat; tidak pernah ditulis di alamat permintaan',
    group: 'identity',
  })
  identifier: Identifier;
}

const time = { type: 'string', format: 'date-time', example: '2026-11-12T02:14:00.000Z' } as const;

@ApiSchema({ name: 'AttributeValue', description: 'A value and where it comes from / Nilai dan asal-usulnya' })
export class AttributeValue {
  @ApiProperty({
    description: 'the value; its form depends on the attribute / nilai; bentuknya bergantung pada atribut',
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'object', additionalProperties: true }],
    example: 'CONTOH SATU',
  })
  value: unknown;

  @ApiProperty({ description: 'source that said so / sumber yang menyatakan', example: 'dukcapil-jakarta-selatan' })
  source: string;

  @ApiProperty({
    description:
      'verified: said by the source that ranks first, and fresh; claimed: by another / verified: dari sumber peringkat pertama dan masih berlaku; claimed: dari sumber lain',
    enum: ['verified', 'claimed'],
  })
  assurance: 'verified' | 'claimed';

  @ApiProperty({
    description: 'older than this attribute stays fresh / lebih lama daripada masa berlaku atribut ini',
    example: false,
  })
  stale: boolean;

  @ApiProperty({ description: 'when it was so / kapan hal itu berlaku', ...time })
  time: string;

  @ApiProperty({ description: 'when the source recorded it / kapan sumber mencatatnya', ...time })
  recordedAt: string;
}

const byAttribute = (value: object) => ({ type: 'object', additionalProperties: value }) as const;

@ApiSchema({
  name: 'Person',
  description: 'A person as this purpose may see one / Seseorang sebagaimana boleh dilihat untuk tujuan ini',
})
export class PersonAnswer {
  @ApiProperty({
    description: "the person's id for your agency only / id orang ini, khusus untuk instansi Anda",
    example: 'q1b7cT0n3y1S8jC1m0ZbVQ',
  })
  id: string;

  @ApiProperty({ description: 'seen at / dilihat pada', ...time })
  asOf: string;

  @ApiProperty({ description: 'version of the ranks of sources / versi peringkat sumber', example: '2024-01' })
  ranks: string;

  @ApiProperty({
    description: 'values by attribute / nilai menurut atribut',
    ...byAttribute({ $ref: getSchemaPath(AttributeValue) }),
  })
  attributes: Record<string, AttributeValue>;

  @ApiProperty({
    description:
      'other persons that carry the same identifier; a fault to be cleared up / orang lain dengan nomor yang sama; perlu diperiksa',
    type: [String],
    required: false,
  })
  others?: string[];
}

@ApiSchema({ name: 'ProvenanceClaim', description: 'One claim on an attribute / Satu pernyataan tentang atribut' })
export class ProvenanceClaim {
  @ApiProperty({
    description: 'the value; its form depends on the attribute / nilai; bentuknya bergantung pada atribut',
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'object', additionalProperties: true }],
    example: 'CONTOH SATU',
  })
  value: unknown;

  @ApiProperty({ description: 'source that said so / sumber yang menyatakan', example: 'dukcapil-jakarta-selatan' })
  source: string;

  @ApiProperty({
    description: 'older than this attribute stays fresh / lebih lama daripada masa berlaku atribut ini',
    example: false,
  })
  stale: boolean;

  @ApiProperty({ description: 'when it was so / kapan hal itu berlaku', ...time })
  time: string;

  @ApiProperty({ description: 'when the source recorded it / kapan sumber mencatatnya', ...time })
  recordedAt: string;

  @ApiProperty({ description: 'rank of the source, 1 first / peringkat sumber, 1 paling dipercaya', example: 1 })
  rank: number;

  @ApiProperty({ description: 'the record, for your agency only / rekaman, khusus untuk instansi Anda' })
  record: string;

  @ApiProperty({ description: 'the event, for your agency only / peristiwa, khusus untuk instansi Anda' })
  event: string;

  @ApiProperty({
    description: 'id of the event, only of your own / id peristiwa, hanya milik Anda sendiri',
    required: false,
    example: 'growth-measurement/posy-rw03-2026-11-000187/0',
  })
  reference?: string;
}

@ApiSchema({
  name: 'Provenance',
  description: 'Who said what, in the order in which it is believed / Siapa menyatakan apa, urut kepercayaan',
})
export class ProvenanceAnswer {
  @ApiProperty({ description: "the person's id / id orang" })
  id: string;

  @ApiProperty({ description: 'seen at / dilihat pada', ...time })
  asOf: string;

  @ApiProperty({ description: 'version of the ranks of sources / versi peringkat sumber', example: '2024-01' })
  ranks: string;

  @ApiProperty({
    description: 'claims by attribute, the one shown first / pernyataan menurut atribut, yang dipakai lebih dulu',
    ...byAttribute({ type: 'array', items: { $ref: getSchemaPath(ProvenanceClaim) } }),
  })
  attributes: Record<string, ProvenanceClaim[]>;
}
