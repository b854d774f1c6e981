/** What was learned while measuring: written by hand, each with its figures and where they come from (a commit or a decision). */
export interface Finding {
  what: string;
  figures: string;
  from: string;
}

export interface Findings {
  title: string;
  findings: readonly Finding[];
}

/** The report prints them in this order. A new finding is one more entry in its list; one that a later figure contradicts is taken out. */
export const FINDINGS: readonly Findings[] = [
  {
    title: 'Where the time goes',
    findings: [
      {
        what: 'A folded record was the largest thing that an event wrote: an event id of some fifty characters stood with each of ten attributes.',
        figures: "1,009 of an event's heap bytes, and as much again in the write-ahead log",
        from: 'decision 0021',
      },
      {
        what: 'The collector of a registry that ran with the flags of the hub, which are for little memory.',
        figures: '11.7 s of 33 s of processor time',
        from: '295b163',
      },
      {
        what: 'Wrapping a data key for each new record and unwrapping it for each one that is read, with a key that was imported each time.',
        figures: '14 µs and 17 µs',
        from: '149ecff',
      },
      {
        what: 'The write-ahead log of an event among 5 million persons, within 60,000 events after a checkpoint, is mostly whole pages: each is written once after each checkpoint. A `max_wal_size` of some GB makes checkpoints rare.',
        figures: '9,378 B/event, of which 7,343 page images; in tables of 100,000 persons 2,725, of which 629',
        from: 'workload growth, d502367',
      },
      {
        what: 'At 150 % of what the adapter accepts, 250 open arrays of 100 waited for the processor together.',
        figures: 'p99 of what was accepted 4,126 ms, half of it refused',
        from: 'workload path, quick, 5e19d4d',
      },
    ],
  },
  {
    title: 'Levers that were kept',
    findings: [
      {
        what: 'A folded record names each event once and its attributes point to it.',
        figures: 'heap 1,009 → 577 B/event, write-ahead log 2,993 → 2,459 B/event right after a checkpoint',
        from: 'decision 0021, fcbf16c',
      },
      {
        what: 'Apps apart have a young generation of 32 MB.',
        figures: 'collector 11.7 → 3.4 s of 33 s',
        from: '295b163',
      },
      {
        what: 'Data keys are wrapped and unwrapped with a key object.',
        figures: 'wrapping 14 → 5 µs, unwrapping 17 → 8 µs',
        from: '149ecff',
      },
      {
        what: 'Keys that a transaction has just made are kept, where they were read and unwrapped again.',
        figures: "half of what a new record's key cost",
        from: '2b3ed0d',
      },
      {
        what: 'A batch for Kafka is encoded in one buffer of its exact size.',
        figures: 'a long request leaves a third of the dead bytes behind',
        from: 'ccefadf',
      },
      {
        what: 'The ids of a long request stand in one table.',
        figures: '100,000 ids in 8 MB instead of over 20 MB',
        from: 'a95aaaf',
      },
      {
        what: 'Statements are looked at before they are locked, so that repetitions write nothing.',
        figures: 'not measured apart',
        from: 'decision 0005',
      },
      {
        what: "The registry's pure work on an event (hashes into pooled memory, numbers judged in loops, one JSON call for a folded record, one walk to its people, fewer short-lived lists).",
        figures: '93.2 → 66.8 µs of processor time from the sealed message to the sealed rows, without SQL',
        from: 'cd123b4 to 95a5d71',
      },
      {
        what: 'A new record is inserted with all that it holds, where it was inserted empty, locked and updated.',
        figures: 'write-ahead log 2,368 → 2,264 B/event in one lane, right after a checkpoint',
        from: 'decision 0023, 24258de',
      },
      {
        what: 'Bytes go to PostgreSQL in binary, and numbers and ids in lists without quotes.',
        figures: '650 B: 1.61 → 0.29 µs; an id 0.14 → 0.05 µs; a number 0.13 → 0.01 µs',
        from: 'f7dc196',
      },
      {
        what: 'An item that is only checked has neither key, head nor payload made; times are read once, people found in one walk.',
        figures:
          'an item of an array that is checked 33.4 → 11.2 µs, one that is published 52.1 → 40.2 µs, without HTTP and broker',
        from: 'f7e9d5b and before',
      },
      {
        what: 'Look-ups that come together share one statement, and their access entries one fixed one; the time limit of an answer costs no error object.',
        figures: 'registry and PostgreSQL 686 → 252 µs of processor time per look-up',
        from: '78d1425, 9c8a3a5',
      },
      {
        what: 'A client has 3 MiB of objects and arrays at most that wait for their answer; more is refused at once.',
        figures: 'see S4 of the workload path: push to acceptance at 150 % of the intake',
        from: 'setting QUOTA_MIB_AT_ONCE',
      },
    ],
  },
  {
    title: 'Dead ends',
    findings: [
      {
        what: "The hub's flags for apps apart: they save memory that an app apart has, and pay with the processor.",
        figures: 'a third of the processor time for the collector',
        from: '295b163',
      },
      {
        what: 'Young generations of 16, 32 or 64 MB, with one thread of the collector or several, for the pure work on an event.',
        figures: '70.6 to 75.4 µs, no order among them',
        from: 'measured before 95a5d71',
      },
      {
        what: 'Keeping opened folded states in memory would save opening a record that is seen again; they are personal data that would outlive an erasure.',
        figures: 'about 10 µs an event, not built',
        from: 'measured before 95a5d71',
      },
      {
        what: "Waiting 5 ms to write more of a stream's answers at once.",
        figures: 'no gain beyond the noise',
        from: 'measured before f2121d8',
      },
      {
        what: 'Filling large tables row by row with all indexes in place, for the growth workload.',
        figures:
          'ended by its limit of 4 minutes before 5 million persons; copied without indexes, 5,000,000 came in 140 s',
        from: 'd502367',
      },
    ],
  },
];
