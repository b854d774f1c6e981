import { ApiProperty, ApiSchema, getSchemaPath } from '@nestjs/swagger';
import { FAMILY_RELATIONS } from '@simpul/contracts';

import { AttributeValue } from '../person/person.answer.js';

const attributes = { type: 'object', additionalProperties: { $ref: getSchemaPath(AttributeValue) } } as const;

@ApiSchema({ name: 'FamilyMemberView', description: 'A member of a family / Anggota keluarga' })
export class FamilyMemberAnswer {
  @ApiProperty({
    description:
      'id of the person, for your agency only; absent where the purpose does not reach the member / id orang, khusus untuk instansi Anda; tidak ada bila di luar jangkauan tujuan',
    required: false,
  })
  person?: string;

  @ApiProperty({
    description: 'relation to the head / hubungan dengan kepala keluarga',
    enum: Object.keys(FAMILY_RELATIONS),
    example: 'child',
  })
  relation: string;

  @ApiProperty({ description: 'what the purpose opens of the member / data anggota yang terbuka', ...attributes })
  attributes: Record<string, AttributeValue>;
}

@ApiSchema({ name: 'Family', description: "A person's family as one purpose may see it / Keluarga seseorang" })
export class FamilyAnswer {
  @ApiProperty({
    description:
      'id of the family, for your agency only; absent when no roster names the person / id keluarga; tidak ada bila orang ini tidak tercatat di keluarga mana pun',
    required: false,
  })
  id?: string;

  @ApiProperty({ description: 'seen at / dilihat pada', type: 'string', format: 'date-time' })
  asOf: string;

  @ApiProperty({ description: 'version of the ranks of sources / versi peringkat sumber', example: '2024-01' })
  ranks: string;

  @ApiProperty({ description: 'what is said of the family / data keluarga', ...attributes })
  attributes: Record<string, AttributeValue>;

  @ApiProperty({
    description: 'members by the best roster / anggota menurut daftar terbaik',
    type: [FamilyMemberAnswer],
  })
  members: FamilyMemberAnswer[];
}
