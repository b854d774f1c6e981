import type { ProblemInfo } from './problem-info.js';

/** Why an accepted event was not applied: dead for a fault of the event, waiting (`event.waiting.…`) for one of ours. */
export const VERDICT_PROBLEMS = {
  'event.conflict': {
    status: 422,
    title: { en: 'Same id, other content', id: 'Id sama, isi berbeda' },
    explanation: {
      en: 'An event with this kind, reference and revision is known with another content; the first one stays.',
      id: 'Peristiwa dengan jenis, rujukan, dan revisi ini sudah ada dengan isi lain; yang pertama tetap berlaku.',
    },
    fix: {
      en: 'Send a correction with the same reference and a higher revision.',
      id: 'Kirim koreksi dengan rujukan yang sama dan revisi yang lebih tinggi.',
    },
  },
  'event.envelope': {
    status: 422,
    title: { en: 'The envelope cannot be read', id: 'Amplop peristiwa tidak terbaca' },
    explanation: {
      en: 'The message on the log is not a CloudEvent of the agreed form.',
      id: 'Pesan pada log bukan CloudEvent dengan bentuk yang disepakati.',
    },
    fix: {
      en: 'Only adapters may write to the log: find out who wrote this one, and check the rights on the topic.',
      id: 'Hanya adaptor yang boleh menulis ke log: cari tahu penulisnya dan periksa hak akses topik.',
    },
  },
  'event.seal': {
    status: 422,
    title: { en: 'The seal does not hold', id: 'Segel tidak sah' },
    explanation: {
      en: 'The sealed payload cannot be opened with a key that we have, or belongs to another envelope.',
      id: 'Isi tersegel tidak dapat dibuka dengan kunci yang ada, atau bukan milik amplop ini.',
    },
    fix: {
      en: 'The message was changed on its way or made by a faulty program: send the statement again, and alarm the operators.',
      id: 'Pesan berubah di perjalanan atau dibuat program yang salah: kirim ulang pernyataan dan beri tahu operator.',
    },
  },
  'event.schema': {
    status: 422,
    title: { en: 'The event does not fit its schema', id: 'Peristiwa tidak sesuai skemanya' },
    explanation: {
      en: 'The payload was opened, but its fields are not those of its type.',
      id: 'Isi sudah dibuka, tetapi isiannya tidak sesuai dengan jenisnya.',
    },
    fix: {
      en: 'Usually the adapter is older or newer than the registry: repair the translation and send the same message again.',
      id: 'Biasanya versi adaptor berbeda dari registri: perbaiki penerjemahan lalu kirim ulang pesan yang sama.',
    },
  },
  'event.topic': {
    status: 422,
    title: { en: 'The event stands on the wrong topic', id: 'Peristiwa berada di topik yang salah' },
    explanation: {
      en: 'The type of the event belongs to another sector than the topic.',
      id: 'Jenis peristiwa milik sektor lain dari topiknya.',
    },
    fix: {
      en: 'Check which program wrote to this topic and with what rights.',
      id: 'Periksa program mana yang menulis ke topik ini dan dengan hak apa.',
    },
  },
  'event.key': {
    status: 422,
    title: { en: 'The Kafka key is not the subject', id: 'Kunci Kafka bukan subjek' },
    explanation: {
      en: 'The key of the message differs from its subject, so its order cannot be relied on.',
      id: 'Kunci pesan berbeda dari subjeknya, sehingga urutannya tidak dapat diandalkan.',
    },
    fix: {
      en: 'Check which program wrote it; adapters always use the subject as the key.',
      id: 'Periksa program penulisnya; adaptor selalu memakai subjek sebagai kunci.',
    },
  },
  'event.source': {
    status: 422,
    title: { en: 'The source may not report for this sector', id: 'Sumber tidak berhak melapor untuk sektor ini' },
    explanation: {
      en: 'The source is registered, but for another sector than that of the event.',
      id: 'Sumber terdaftar, tetapi untuk sektor lain dari sektor peristiwa.',
    },
    fix: {
      en: 'Correct the registration of the source, or the program that pushed here.',
      id: 'Perbaiki pendaftaran sumber, atau program yang mengirim ke sini.',
    },
  },
  'event.storable': {
    status: 422,
    title: { en: 'The event cannot be stored', id: 'Peristiwa tidak dapat disimpan' },
    explanation: {
      en: 'A value passed the schema, but the database refuses it (out of range, or not representable).',
      id: 'Ada nilai yang lolos skema tetapi ditolak basis data (di luar jangkauan atau tidak dapat diwakili).',
    },
    fix: {
      en: 'Send a correction; report the case, as the schema should have caught it.',
      id: 'Kirim koreksi; laporkan kasus ini karena seharusnya tertangkap skema.',
    },
  },
  'event.skipped': {
    status: 422,
    title: { en: 'The event was skipped', id: 'Peristiwa dilewati' },
    explanation: {
      en: 'An operator moved the position of the log past this message before it was applied. It is kept as it came.',
      id: 'Operator memajukan posisi log melewati pesan ini sebelum diterapkan. Pesan tetap disimpan sebagaimana adanya.',
    },
    fix: {
      en: 'Operators: replay the dead letter once what stood in the way is repaired. Sending the same message again changes nothing.',
      id: 'Operator: putar ulang surat mati ini setelah penghalangnya diperbaiki. Mengirim pesan yang sama lagi tidak mengubah apa pun.',
    },
  },
  'event.fold': {
    status: 422,
    title: { en: 'The event cannot be applied', id: 'Peristiwa tidak dapat diterapkan' },
    explanation: {
      en: 'The rule that turns this event into a record failed on its content.',
      id: 'Aturan yang mengubah peristiwa ini menjadi catatan gagal pada isinya.',
    },
    fix: {
      en: 'Report the case; after the repair the same message is applied.',
      id: 'Laporkan kasus ini; setelah diperbaiki pesan yang sama akan diterapkan.',
    },
  },
  'event.waiting.key': {
    status: 422,
    title: { en: 'Waiting for a key', id: 'Menunggu kunci' },
    explanation: {
      en: 'The event is sealed to a key that this registry does not hold yet.',
      id: 'Peristiwa disegel untuk kunci yang belum dimiliki registri ini.',
    },
    fix: {
      en: "Operators: add the private key to the registry's key file; the event is then applied by itself.",
      id: 'Operator: tambahkan kunci privat ke berkas kunci registri; peristiwa lalu diterapkan dengan sendirinya.',
    },
  },
  'event.waiting.type': {
    status: 422,
    title: { en: 'Waiting for a newer version', id: 'Menunggu versi yang lebih baru' },
    explanation: {
      en: 'The type or version of the event is not known to this build of the registry.',
      id: 'Jenis atau versi peristiwa belum dikenal oleh registri versi ini.',
    },
    fix: {
      en: 'Operators: bring the registry to the version of the adapters.',
      id: 'Operator: mutakhirkan registri ke versi adaptor.',
    },
  },
  'event.waiting.source': {
    status: 422,
    title: { en: 'Waiting for a source', id: 'Menunggu pendaftaran sumber' },
    explanation: {
      en: 'The source of the event is not registered.',
      id: 'Sumber peristiwa belum terdaftar.',
    },
    fix: {
      en: 'Operators: register the source; the event is then applied by itself.',
      id: 'Operator: daftarkan sumber; peristiwa lalu diterapkan dengan sendirinya.',
    },
  },
  'event.waiting.order': {
    status: 422,
    title: { en: 'Waiting behind another', id: 'Menunggu yang lebih dahulu' },
    explanation: {
      en: 'An earlier message with the same id is still waiting; this one is opened after it.',
      id: 'Pesan lebih awal dengan id yang sama masih menunggu; pesan ini dibuka setelahnya.',
    },
    fix: {
      en: 'Settle the earlier message; nothing else is needed.',
      id: 'Selesaikan pesan yang lebih awal; tidak perlu tindakan lain.',
    },
  },
} as const satisfies Record<string, ProblemInfo>;
