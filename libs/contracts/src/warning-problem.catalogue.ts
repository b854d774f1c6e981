import type { ProblemInfo } from './problem-info.js';

/** Findings on identifiers. They never refuse an event: the value is kept, and an `error` finding bars it as an identifier. */
export const WARNING_PROBLEMS = {
  'nik.format': {
    status: 200,
    title: { en: 'The NIK does not have 16 digits', id: 'NIK tidak terdiri atas 16 digit' },
    explanation: {
      en: 'After spaces, dots and dashes are removed, the value is not 16 digits.',
      id: 'Setelah spasi, titik, dan tanda hubung dihapus, nilainya bukan 16 digit.',
    },
    fix: { en: 'Copy the NIK from the card or the family card.', id: 'Salin NIK dari KTP atau kartu keluarga.' },
  },
  'nik.placeholder': {
    status: 200,
    title: { en: 'The NIK is a placeholder', id: 'NIK hanya isian pengganti' },
    explanation: {
      en: 'All digits are equal, or the value is a known dummy.',
      id: 'Semua digit sama, atau nilainya dikenal sebagai isian palsu.',
    },
    fix: {
      en: 'Leave the NIK out where it is not known.',
      id: 'Kosongkan NIK bila tidak diketahui.',
    },
  },
  'nik.sci_notation': {
    status: 200,
    title: { en: 'A spreadsheet has rounded the NIK', id: 'NIK dibulatkan oleh lembar kerja' },
    explanation: {
      en: 'The value is written as 3.17409E+15: the last digits are lost.',
      id: 'Nilai tertulis seperti 3.17409E+15: digit terakhir sudah hilang.',
    },
    fix: {
      en: 'Format the column as text before the NIK is typed or pasted, and export again.',
      id: 'Ubah format kolom menjadi teks sebelum NIK diketik atau ditempel, lalu ekspor ulang.',
    },
  },
  'nik.serial_zero': {
    status: 200,
    title: { en: 'The serial number of the NIK is 0000', id: 'Nomor urut NIK adalah 0000' },
    explanation: {
      en: 'Serial numbers begin at 0001; 0000 usually means that digits were lost.',
      id: 'Nomor urut dimulai dari 0001; 0000 biasanya berarti ada digit yang hilang.',
    },
    fix: { en: 'Copy the NIK from the card.', id: 'Salin NIK dari KTP.' },
  },
  'nik.float_truncated': {
    status: 200,
    title: { en: 'The NIK column of the file was rounded', id: 'Kolom NIK pada berkas dibulatkan' },
    explanation: {
      en: 'More than a fifth of the NIKs of the file end in 0: a program has treated them as numbers.',
      id: 'Lebih dari seperlima NIK dalam berkas berakhiran 0: program memperlakukannya sebagai angka.',
    },
    fix: {
      en: 'Make it a text column, not a number, and export again.',
      id: 'Jadikan kolom teks, bukan angka, lalu ekspor ulang.',
    },
  },
  'nik.json_number': {
    status: 200,
    title: { en: 'The NIK was sent as a number', id: 'NIK dikirim sebagai angka' },
    explanation: {
      en: 'A JSON number can lose the last digits of a NIK.',
      id: 'Angka JSON dapat menghilangkan digit terakhir NIK.',
    },
    fix: { en: 'Put the NIK in quotation marks.', id: 'Tulis NIK di dalam tanda kutip.' },
  },
  'nik.day': {
    status: 200,
    title: { en: 'The day in the NIK does not exist', id: 'Tanggal dalam NIK tidak ada' },
    explanation: {
      en: 'Digits 7 and 8 are neither 01 to 31 nor 41 to 71 (women).',
      id: 'Digit 7 dan 8 bukan 01 sampai 31 atau 41 sampai 71 (perempuan).',
    },
    fix: { en: 'Copy the NIK from the card.', id: 'Salin NIK dari KTP.' },
  },
  'nik.date': {
    status: 200,
    title: { en: 'The birth date in the NIK does not exist', id: 'Tanggal lahir dalam NIK tidak ada' },
    explanation: {
      en: 'Digits 7 to 12 give no real date between today and 125 years ago.',
      id: 'Digit 7 sampai 12 bukan tanggal yang benar dalam 125 tahun terakhir.',
    },
    fix: { en: 'Copy the NIK from the card.', id: 'Salin NIK dari KTP.' },
  },
  'nik.kk_swapped': {
    status: 200,
    title: { en: 'The NIK looks like a family card number', id: 'NIK tampak seperti nomor KK' },
    explanation: {
      en: "The value equals, or nearly equals, the family card number, or has only a family card's form.",
      id: 'Nilainya sama atau hampir sama dengan nomor KK, atau hanya cocok dengan bentuk nomor KK.',
    },
    fix: {
      en: 'Check whether the two columns were exchanged.',
      id: 'Periksa apakah kedua kolom tertukar.',
    },
  },
  'nik.area_unknown': {
    status: 200,
    title: { en: 'The area in the NIK is not known', id: 'Wilayah dalam NIK tidak dikenal' },
    explanation: {
      en: 'The first six digits are no present or former district.',
      id: 'Enam digit pertama bukan kecamatan sekarang maupun lama.',
    },
    fix: { en: 'Compare the NIK with the card.', id: 'Bandingkan NIK dengan KTP.' },
  },
  'nik.dob_mismatch': {
    status: 200,
    title: { en: 'The NIK has another birth date', id: 'Tanggal lahir dalam NIK berbeda' },
    explanation: {
      en: 'The stated birth date differs from that in the NIK; a later correction of the date leaves the NIK as it is.',
      id: 'Tanggal lahir yang disebut berbeda dari yang ada di NIK; perbaikan tanggal lahir tidak mengubah NIK.',
    },
    fix: {
      en: "Check both; for a child, check that it is not the mother's NIK.",
      id: 'Periksa keduanya; untuk anak, pastikan bukan NIK ibunya.',
    },
  },
  'nik.sex_mismatch': {
    status: 200,
    title: { en: 'The NIK has another sex', id: 'Jenis kelamin dalam NIK berbeda' },
    explanation: {
      en: 'The day in the NIK is above 40 for women only, and the stated sex differs.',
      id: 'Tanggal dalam NIK di atas 40 hanya untuk perempuan, dan jenis kelamin yang disebut berbeda.',
    },
    fix: { en: 'Check sex and NIK against the card.', id: 'Periksa jenis kelamin dan NIK pada KTP.' },
  },
  'nik.century_ambiguous': {
    status: 200,
    title: { en: 'The century of the NIK is open', id: 'Abad dalam NIK tidak pasti' },
    explanation: {
      en: 'The year in the NIK may be of this or the last century.',
      id: 'Tahun dalam NIK dapat berarti abad ini atau abad lalu.',
    },
    fix: { en: 'Send the birth date with it.', id: 'Sertakan tanggal lahir.' },
  },
  'nik.status_inactive': {
    status: 200,
    title: { en: 'The NIK is not active', id: 'NIK tidak aktif' },
    explanation: {
      en: 'The civil registry has deactivated this NIK; the person keeps it and can object.',
      id: 'Dukcapil menonaktifkan NIK ini; penduduk tetap memilikinya dan dapat mengajukan keberatan.',
    },
    fix: {
      en: 'Keep serving; send the resident to the counter of the kelurahan.',
      id: 'Layanan tetap diberikan; arahkan warga ke loket kelurahan.',
    },
  },
  'nik.birth_date_missing': {
    status: 200,
    title: { en: "A child's NIK without a birth date", id: 'NIK anak tanpa tanggal lahir' },
    explanation: {
      en: "In a message about a child, a NIK counts only with a stated birth date: it may be the mother's.",
      id: 'Dalam pesan tentang anak, NIK hanya dipakai bila tanggal lahir disebut: mungkin itu NIK ibunya.',
    },
    fix: { en: "Send the child's birth date.", id: 'Sertakan tanggal lahir anak.' },
  },
} as const satisfies Record<string, ProblemInfo>;
