import type { Words } from './words.js';

/** What a field tells; purposes open groups, so a group is what an agency may or may not read. */
export type FieldGroup =
  | 'reference'
  | 'identity'
  | 'contact'
  | 'residence'
  | 'family'
  | 'civil'
  | 'health'
  | 'education'
  | 'welfare'
  | 'community';

export const FIELD_GROUPS: Readonly<Record<FieldGroup, Words>> = {
  reference: {
    en: 'References, revisions and dates of the statement itself',
    id: 'Nomor rujukan, revisi, dan tanggal pernyataan',
  },
  identity: { en: 'Name, sex, birth and identifiers', id: 'Nama, jenis kelamin, kelahiran, dan nomor identitas' },
  contact: { en: 'Telephone and other contact', id: 'Telepon dan kontak lain' },
  residence: { en: 'Address and area', id: 'Alamat dan wilayah' },
  family: { en: 'Family card, members and relations', id: 'Kartu keluarga, anggota, dan hubungan keluarga' },
  civil: { en: 'Civil registration', id: 'Pencatatan sipil' },
  health: { en: 'Health', id: 'Kesehatan' },
  education: { en: 'Education', id: 'Pendidikan' },
  welfare: { en: 'Social welfare and benefits', id: 'Kesejahteraan sosial dan bantuan' },
  community: { en: 'Community, feedback and partners', id: 'Masyarakat, pengaduan, dan mitra' },
};
