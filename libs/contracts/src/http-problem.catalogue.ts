import type { ProblemInfo } from './problem-info.js';

/** Problems that an HTTP answer carries. */
export const HTTP_PROBLEMS = {
  'body.encoding': {
    status: 400,
    title: { en: 'The body is not UTF-8', id: 'Isi permintaan bukan UTF-8' },
    explanation: {
      en: 'The bytes of the body are not valid UTF-8 text.',
      id: 'Byte pada isi permintaan bukan teks UTF-8 yang sah.',
    },
    fix: {
      en: 'Write the body as UTF-8 without a byte order mark; check the export settings of your program.',
      id: 'Tulis isi permintaan dalam UTF-8 tanpa byte order mark; periksa pengaturan ekspor program Anda.',
    },
  },
  'body.empty': {
    status: 400,
    title: { en: 'The body is empty', id: 'Isi permintaan kosong' },
    explanation: { en: 'The request came without a body.', id: 'Permintaan datang tanpa isi.' },
    fix: {
      en: 'Send one JSON object, a JSON array, or one object per line as application/x-ndjson.',
      id: 'Kirim satu objek JSON, larik JSON, atau satu objek per baris sebagai application/x-ndjson.',
    },
  },
  'body.shape': {
    status: 400,
    title: { en: 'The body is neither an object nor an array', id: 'Isi permintaan bukan objek atau larik' },
    explanation: {
      en: 'The JSON is a bare text, number, true, false or null.',
      id: 'JSON berisi teks, angka, true, false, atau null saja.',
    },
    fix: { en: 'Send a JSON object or an array of objects.', id: 'Kirim objek JSON atau larik berisi objek.' },
  },
  'json.syntax': {
    status: 400,
    title: { en: 'The JSON cannot be read', id: 'JSON tidak dapat dibaca' },
    explanation: {
      en: 'The body does not follow the syntax of JSON, or was cut off.',
      id: 'Isi permintaan tidak mengikuti sintaks JSON atau terpotong.',
    },
    fix: {
      en: 'Write the body with a JSON library, and check that it was sent whole.',
      id: 'Tulis isi permintaan dengan pustaka JSON, dan pastikan terkirim utuh.',
    },
  },
  'json.duplicate-key': {
    status: 400,
    title: { en: 'A member stands twice in one object', id: 'Satu nama muncul dua kali dalam satu objek' },
    explanation: {
      en: 'Two members of one object have the same name; which of them was meant cannot be known.',
      id: 'Dua anggota dalam satu objek bernama sama; tidak dapat diketahui mana yang dimaksud.',
    },
    fix: { en: 'Send each member once.', id: 'Kirim setiap anggota satu kali saja.' },
  },
  'json.depth': {
    status: 400,
    title: { en: 'The JSON is nested too deeply', id: 'JSON bersarang terlalu dalam' },
    explanation: {
      en: 'Objects and arrays are nested more than 32 levels.',
      id: 'Objek dan larik bersarang lebih dari 32 tingkat.',
    },
    fix: { en: 'Send the message as its schema shows it.', id: 'Kirim pesan sesuai skemanya.' },
  },
  'json.members': {
    status: 400,
    title: { en: 'The JSON has too many members', id: 'JSON memiliki terlalu banyak anggota' },
    explanation: {
      en: 'An object has more than 256 members, or the whole has more than 200,000 values.',
      id: 'Ada objek dengan lebih dari 256 anggota, atau seluruhnya berisi lebih dari 200.000 nilai.',
    },
    fix: {
      en: 'Send the message as its schema shows it, many of them as application/x-ndjson.',
      id: 'Kirim pesan sesuai skemanya; kirim dalam jumlah banyak sebagai application/x-ndjson.',
    },
  },
  'json.forbidden-key': {
    status: 400,
    title: { en: 'A member has a forbidden name', id: 'Ada nama anggota yang dilarang' },
    explanation: {
      en: 'Names such as __proto__ are refused, because programs may mistake them for their own.',
      id: 'Nama seperti __proto__ ditolak karena dapat disalahartikan oleh program.',
    },
    fix: { en: 'Leave the member out.', id: 'Hilangkan anggota tersebut.' },
  },
  'json.text': {
    status: 400,
    title: { en: 'A text cannot be stored', id: 'Ada teks yang tidak dapat disimpan' },
    explanation: {
      en: 'A text holds the character NUL or half of a surrogate pair.',
      id: 'Ada teks yang berisi karakter NUL atau separuh pasangan surrogate.',
    },
    fix: {
      en: 'Remove such characters; they usually come from a faulty conversion.',
      id: 'Hapus karakter tersebut; biasanya akibat konversi yang salah.',
    },
  },
  'json.number': {
    status: 400,
    title: { en: 'A number loses digits', id: 'Ada angka yang kehilangan digit' },
    explanation: {
      en: 'A number is greater than 9007199254740991 (2^53 - 1) and would lose digits.',
      id: 'Ada angka yang lebih besar dari 9007199254740991 (2^53 - 1) sehingga digitnya akan hilang.',
    },
    fix: {
      en: 'Send identifiers such as NIK and family card as text, in quotation marks.',
      id: 'Kirim nomor seperti NIK dan KK sebagai teks, di dalam tanda kutip.',
    },
  },
  'request.malformed': {
    status: 400,
    title: { en: 'The request cannot be understood', id: 'Permintaan tidak dapat dipahami' },
    explanation: {
      en: 'The request line, a header or a parameter does not have its proper form.',
      id: 'Baris permintaan, header, atau parameter tidak berbentuk semestinya.',
    },
    fix: { en: 'Compare the request with the API document.', id: 'Bandingkan permintaan dengan dokumen API.' },
  },
  'purpose.missing': {
    status: 400,
    title: { en: 'The purpose is missing', id: 'Tujuan akses belum disebutkan' },
    explanation: {
      en: 'Personal data leave only for a stated purpose, and the header Simpul-Purpose is missing.',
      id: 'Data pribadi hanya diberikan untuk tujuan yang disebutkan, sedangkan header Simpul-Purpose tidak ada.',
    },
    fix: {
      en: 'Send the header Simpul-Purpose with a code agreed for your agency.',
      id: 'Kirim header Simpul-Purpose dengan kode yang disepakati untuk instansi Anda.',
    },
  },
  'token.missing': {
    status: 401,
    title: { en: 'A token is needed', id: 'Perlu token' },
    explanation: {
      en: 'The request has no header Authorization: Bearer <token>.',
      id: 'Permintaan tidak memiliki header Authorization: Bearer <token>.',
    },
    fix: {
      en: "Ask the token issuer for a token with your client's key and send it.",
      id: 'Minta token kepada penerbit token dengan kunci klien Anda, lalu sertakan.',
    },
  },
  'token.invalid': {
    status: 401,
    title: { en: 'The token is not valid', id: 'Token tidak sah' },
    explanation: {
      en: 'The token has another issuer, audience, type or signature than this service accepts.',
      id: 'Penerbit, audiens, jenis, atau tanda tangan token tidak diterima oleh layanan ini.',
    },
    fix: {
      en: 'Get a new token for this service; check the clock and the issuer in your settings.',
      id: 'Ambil token baru untuk layanan ini; periksa jam dan penerbit pada pengaturan Anda.',
    },
  },
  'token.expired': {
    status: 401,
    title: { en: 'The token has expired', id: 'Token sudah kedaluwarsa' },
    explanation: {
      en: 'A token is valid for at most five minutes.',
      id: 'Token berlaku paling lama lima menit.',
    },
    fix: { en: 'Get a new token and send the request again.', id: 'Ambil token baru dan kirim ulang permintaan.' },
  },
  'token.scope': {
    status: 403,
    title: { en: 'The token does not open this route', id: 'Token tidak membuka rute ini' },
    explanation: {
      en: 'The token lacks the scope that this route needs.',
      id: 'Token tidak memiliki lingkup (scope) yang diperlukan rute ini.',
    },
    fix: {
      en: 'Ask for the scope named in the API document when you get the token; if it is refused, ask the operators.',
      id: 'Minta scope yang tertulis di dokumen API saat mengambil token; bila ditolak, hubungi operator.',
    },
  },
  'source.not-allowed': {
    status: 403,
    title: { en: 'This source may not do that', id: 'Sumber ini tidak berhak' },
    explanation: {
      en: 'The token names no source, an unknown one, or one of another sector.',
      id: 'Token tidak menyebut sumber, menyebut sumber yang tidak dikenal, atau sumber dari sektor lain.',
    },
    fix: {
      en: 'Push to the adapter of your own sector; ask the operators to register the source.',
      id: 'Kirim ke adaptor sektor Anda sendiri; minta operator mendaftarkan sumber tersebut.',
    },
  },
  'purpose.not-allowed': {
    status: 403,
    title: { en: 'This purpose is not open to you', id: 'Tujuan ini tidak terbuka untuk Anda' },
    explanation: {
      en: 'The purpose is unknown, or not agreed for this source.',
      id: 'Tujuan tersebut tidak dikenal atau tidak disepakati untuk sumber ini.',
    },
    fix: {
      en: 'Use a purpose agreed for your agency; a new one needs a legal basis and the operators.',
      id: 'Gunakan tujuan yang disepakati untuk instansi Anda; tujuan baru memerlukan dasar hukum dan persetujuan pengelola.',
    },
  },
  'not-found': {
    status: 404,
    title: { en: 'There is nothing here', id: 'Tidak ada apa pun di sini' },
    explanation: { en: 'No route has this path.', id: 'Tidak ada rute dengan alamat ini.' },
    fix: { en: 'Look the path up in the API document.', id: 'Periksa alamat pada dokumen API.' },
  },
  'log.no-partition': {
    status: 404,
    title: { en: 'There is no such topic or partition', id: 'Tidak ada topik atau partisi itu' },
    explanation: {
      en: 'The registry does not read a topic of this name, or has not read anything of this partition yet.',
      id: 'Registri tidak membaca topik dengan nama ini, atau belum membaca apa pun dari partisi ini.',
    },
    fix: {
      en: 'GET /registry/v1/log lists what is read; topics are named without prefix.',
      id: 'GET /registry/v1/log menampilkan yang dibaca; nama topik ditulis tanpa awalan.',
    },
  },
  'log.offset': {
    status: 409,
    title: { en: 'The position cannot go there', id: 'Posisi tidak dapat dipindahkan ke sana' },
    explanation: {
      en: 'The offset is where the position is already, was passed meanwhile, or lies outside of what the broker still has.',
      id: 'Offset sama dengan posisi sekarang, sudah terlewati, atau berada di luar yang masih disimpan broker.',
    },
    fix: {
      en: 'Choose an offset from `low` to `high` of GET /registry/v1/log. Where the log starts after the position, adopt it instead.',
      id: 'Pilih offset dari `low` sampai `high` pada GET /registry/v1/log. Bila log dimulai setelah posisi, gunakan adopt.',
    },
  },
  'person.not-found': {
    status: 404,
    title: { en: 'No such person for this purpose', id: 'Orang tidak ditemukan untuk tujuan ini' },
    explanation: {
      en: 'The person is unknown, or not within reach of this purpose; the answer is the same for both.',
      id: 'Orang tersebut tidak dikenal, atau di luar jangkauan tujuan ini; jawabannya sama untuk keduanya.',
    },
    fix: {
      en: 'Check the identifier; for a purpose with the reach "own", your agency must have reported the person first.',
      id: 'Periksa nomor identitas; untuk tujuan dengan jangkauan "own", instansi Anda harus sudah melaporkan orang tersebut.',
    },
  },
  'operations.not-found': {
    status: 404,
    title: { en: 'No such letter or job', id: 'Surat atau pekerjaan tidak ditemukan' },
    explanation: {
      en: 'Nothing has this number; a letter may have been released in the meantime.',
      id: 'Tidak ada yang bernomor ini; surat mungkin sudah dilepas sementara itu.',
    },
    fix: { en: 'Take the number from the listing.', id: 'Ambil nomornya dari daftar.' },
  },
  'operations.state': {
    status: 409,
    title: { en: 'It is not in the state for this', id: 'Keadaannya tidak memungkinkan hal ini' },
    explanation: {
      en: 'Only dead letters can be set aside, only letters that are set aside and still have their bytes can be taken up again, and only a running job can be cancelled.',
      id: 'Hanya surat mati yang dapat dikesampingkan, hanya surat yang dikesampingkan dan masih memiliki isinya yang dapat diangkat kembali, dan hanya pekerjaan yang berjalan yang dapat dibatalkan.',
    },
    fix: { en: 'Look at its state, then decide anew.', id: 'Lihat keadaannya, lalu putuskan kembali.' },
  },
  'method-not-allowed': {
    status: 405,
    title: { en: 'This method is not offered here', id: 'Metode ini tidak tersedia' },
    explanation: {
      en: 'The path exists, but not for this HTTP method.',
      id: 'Alamat ini ada, tetapi tidak untuk metode HTTP tersebut.',
    },
    fix: { en: 'Use a method named in the header Allow.', id: 'Gunakan metode yang tertulis pada header Allow.' },
  },
  'request.timeout': {
    status: 408,
    title: { en: 'The request took too long', id: 'Permintaan terlalu lama' },
    explanation: {
      en: 'No bytes came for 30 seconds, or the whole took more than 15 minutes.',
      id: 'Tidak ada byte masuk selama 30 detik, atau keseluruhan melebihi 15 menit.',
    },
    fix: {
      en: 'Send smaller parts; what was answered as accepted is kept, the rest may be sent again.',
      id: 'Kirim bagian yang lebih kecil; yang sudah dijawab diterima tetap tersimpan, sisanya boleh dikirim ulang.',
    },
  },
  'body.too-large': {
    status: 413,
    title: { en: 'The body is too large', id: 'Isi permintaan terlalu besar' },
    explanation: {
      en: 'One object may have 256 KiB, an array 10 MiB, an NDJSON stream 256 MiB.',
      id: 'Satu objek paling besar 256 KiB, larik 10 MiB, aliran NDJSON 256 MiB.',
    },
    fix: { en: 'Split what you send.', id: 'Bagi kiriman Anda.' },
  },
  'body.too-many-items': {
    status: 413,
    title: { en: 'Too many items', id: 'Terlalu banyak butir' },
    explanation: {
      en: 'An array may have 1,000 items, an NDJSON stream 100,000 lines.',
      id: 'Larik paling banyak 1.000 butir, aliran NDJSON 100.000 baris.',
    },
    fix: {
      en: 'Split what you send, or send larger amounts as application/x-ndjson.',
      id: 'Bagi kiriman Anda, atau kirim jumlah besar sebagai application/x-ndjson.',
    },
  },
  'line.too-long': {
    status: 413,
    title: { en: 'A line is too long', id: 'Ada baris yang terlalu panjang' },
    explanation: { en: 'A line of NDJSON may have 64 KiB.', id: 'Satu baris NDJSON paling panjang 64 KiB.' },
    fix: {
      en: 'Write one object per line, ended by a line feed.',
      id: 'Tulis satu objek per baris, diakhiri karakter baris baru.',
    },
  },
  'media-type': {
    status: 415,
    title: { en: 'This kind of body is not taken', id: 'Jenis isi ini tidak diterima' },
    explanation: {
      en: 'The header Content-Type is missing or names a form that this route does not take.',
      id: 'Header Content-Type tidak ada atau menyebut bentuk yang tidak diterima rute ini.',
    },
    fix: {
      en: 'Send application/json or, for streams, application/x-ndjson, without compression.',
      id: 'Kirim application/json atau, untuk aliran, application/x-ndjson, tanpa kompresi.',
    },
  },
  validation: {
    status: 422,
    title: { en: 'The message does not fit its schema', id: 'Pesan tidak sesuai dengan skemanya' },
    explanation: {
      en: 'The JSON was read, but some of its fields are missing, unknown or not as they should be; see errors.',
      id: 'JSON terbaca, tetapi sebagian isiannya tidak ada, tidak dikenal, atau tidak semestinya; lihat errors.',
    },
    fix: {
      en: 'Correct every field named in errors; the pointer leads to it.',
      id: 'Perbaiki setiap isian yang disebut dalam errors; pointer menunjukkan letaknya.',
    },
  },
  'time.future': {
    status: 422,
    title: { en: 'A time lies in the future', id: 'Ada waktu yang berada di masa depan' },
    explanation: {
      en: 'The date of the fact, recordedAt or the revision lies more than 5 minutes ahead of our clock.',
      id: 'Tanggal kejadian, recordedAt, atau revisi lebih dari 5 menit di depan jam kami.',
    },
    fix: {
      en: "Report what has happened; check the sender's clock and time zone.",
      id: 'Laporkan yang sudah terjadi; periksa jam dan zona waktu pengirim.',
    },
  },
  'items.rejected': {
    status: 422,
    title: { en: 'No item was accepted', id: 'Tidak ada butir yang diterima' },
    explanation: {
      en: 'Every item of the array was rejected; each says why.',
      id: 'Semua butir dalam larik ditolak; masing-masing menyebut sebabnya.',
    },
    fix: { en: 'Correct the items and send them again.', id: 'Perbaiki butir-butir tersebut dan kirim ulang.' },
  },
  'receipt.unknown': {
    status: 422,
    title: { en: 'A receipt cannot be read', id: 'Tanda terima tidak dapat dibaca' },
    explanation: {
      en: 'The text is not a receipt that this hub gave out.',
      id: 'Teks tersebut bukan tanda terima yang dikeluarkan hub ini.',
    },
    fix: {
      en: 'Send the receipts exactly as they were answered.',
      id: 'Kirim tanda terima persis seperti yang dijawab.',
    },
  },
  quota: {
    status: 429,
    title: { en: 'Too many requests', id: 'Terlalu banyak permintaan' },
    explanation: {
      en: 'This client has used up its share for the moment.',
      id: 'Klien ini sudah memakai jatahnya untuk saat ini.',
    },
    fix: {
      en: 'Wait as long as Retry-After says; send many items in one request.',
      id: 'Tunggu selama yang disebut Retry-After; kirim banyak butir dalam satu permintaan.',
    },
  },
  'headers.too-large': {
    status: 431,
    title: { en: 'The headers are too large', id: 'Header terlalu besar' },
    explanation: {
      en: 'The request line and headers exceed what is accepted.',
      id: 'Baris permintaan dan header melebihi batas.',
    },
    fix: { en: 'Send fewer or shorter headers.', id: 'Kirim header yang lebih sedikit atau lebih pendek.' },
  },
  internal: {
    status: 500,
    title: { en: 'Something went wrong here', id: 'Terjadi kesalahan di pihak kami' },
    explanation: {
      en: 'An error that was not foreseen; it has been written down under the trace id.',
      id: 'Kesalahan yang tidak terduga; sudah dicatat dengan trace id.',
    },
    fix: {
      en: 'Send the same again; it is always safe. If it stays, give the operators the trace id.',
      id: 'Kirim ulang yang sama; itu selalu aman. Bila tetap terjadi, sampaikan trace id kepada operator.',
    },
  },
  'access.no-rule': {
    status: 500,
    title: { en: 'The route has no access rule', id: 'Rute belum memiliki aturan akses' },
    explanation: {
      en: 'A route that does not say who may use it is closed to everyone.',
      id: 'Rute yang tidak menyebut siapa yang berhak tertutup bagi semua.',
    },
    fix: {
      en: 'This is a fault of the program: report it to the operators.',
      id: 'Ini kesalahan program: laporkan kepada operator.',
    },
  },
  unavailable: {
    status: 503,
    title: { en: 'Not available at the moment', id: 'Sedang tidak tersedia' },
    explanation: {
      en: 'Something that this service needs does not answer; nothing was taken.',
      id: 'Sesuatu yang diperlukan layanan ini tidak menjawab; tidak ada yang diterima.',
    },
    fix: {
      en: 'Send the same again after Retry-After.',
      id: 'Kirim ulang yang sama setelah waktu pada Retry-After.',
    },
  },
  'broker.unavailable': {
    status: 503,
    title: { en: 'The event log does not answer', id: 'Log peristiwa tidak menjawab' },
    explanation: {
      en: 'Kafka did not confirm in time, so nothing is called accepted. Some of it may have arrived.',
      id: 'Kafka tidak memberi konfirmasi tepat waktu, sehingga tidak ada yang dinyatakan diterima. Sebagian mungkin sudah sampai.',
    },
    fix: {
      en: 'Send the same again after Retry-After: what had arrived is recognised and counted once.',
      id: 'Kirim ulang yang sama setelah Retry-After: yang sudah sampai akan dikenali dan dihitung sekali.',
    },
  },
  'broker.full': {
    status: 503,
    title: { en: 'Too much is under way', id: 'Terlalu banyak yang sedang diproses' },
    explanation: {
      en: 'The queue to the event log is full; nothing was taken.',
      id: 'Antrean menuju log peristiwa penuh; tidak ada yang diterima.',
    },
    fix: { en: 'Send the same again after Retry-After.', id: 'Kirim ulang yang sama setelah Retry-After.' },
  },
  'backlog.old': {
    status: 503,
    title: { en: 'The registry is too far behind', id: 'Registri tertinggal terlalu jauh' },
    explanation: {
      en: 'The oldest event not yet applied is close to the retention of the log; taking more would risk losing it.',
      id: 'Peristiwa tertua yang belum diterapkan mendekati batas simpan log; menerima lebih banyak berisiko kehilangan.',
    },
    fix: {
      en: 'Keep the data and send them later; the operators are alarmed.',
      id: 'Simpan data dan kirim nanti; operator sudah mendapat peringatan.',
    },
  },
  'registry-keys.stale': {
    status: 503,
    title: { en: "The registry's key is not confirmed", id: 'Kunci registri belum dikonfirmasi' },
    explanation: {
      en: 'The public key that events are sealed to could not be read, or was last confirmed over 7 days ago.',
      id: 'Kunci publik untuk menyegel peristiwa tidak terbaca, atau terakhir dikonfirmasi lebih dari 7 hari lalu.',
    },
    fix: {
      en: "Send the same again later; operators: check REGISTRY_JWKS and the registry's key file.",
      id: 'Kirim ulang nanti; operator: periksa REGISTRY_JWKS dan berkas kunci registri.',
    },
  },
  'issuer.unavailable': {
    status: 503,
    title: { en: 'Tokens cannot be checked', id: 'Token tidak dapat diperiksa' },
    explanation: {
      en: 'The keys of the token issuer could not be read.',
      id: 'Kunci penerbit token tidak dapat dibaca.',
    },
    fix: { en: 'Send the same again after Retry-After.', id: 'Kirim ulang yang sama setelah Retry-After.' },
  },
  'database.unavailable': {
    status: 503,
    title: { en: 'The database does not answer', id: 'Basis data tidak menjawab' },
    explanation: {
      en: 'PostgreSQL could not be reached or did not answer in time.',
      id: 'PostgreSQL tidak terjangkau atau tidak menjawab tepat waktu.',
    },
    fix: { en: 'Ask again after Retry-After.', id: 'Ulangi permintaan setelah Retry-After.' },
  },
  'access-log.unavailable': {
    status: 503,
    title: { en: 'The access cannot be recorded', id: 'Akses tidak dapat dicatat' },
    explanation: {
      en: 'Personal data leave only after the access is durably written, and that failed.',
      id: 'Data pribadi hanya diberikan setelah akses tercatat permanen, dan pencatatan itu gagal.',
    },
    fix: { en: 'Ask again after Retry-After.', id: 'Ulangi permintaan setelah Retry-After.' },
  },
  'shutting-down': {
    status: 503,
    title: { en: 'This process is ending', id: 'Proses ini sedang berhenti' },
    explanation: {
      en: 'The process finishes what it has taken and takes nothing new.',
      id: 'Proses menyelesaikan yang sudah diterima dan tidak menerima yang baru.',
    },
    fix: {
      en: 'Send the same again; another process will take it.',
      id: 'Kirim ulang yang sama; proses lain akan menerimanya.',
    },
  },
} as const satisfies Record<string, ProblemInfo>;
