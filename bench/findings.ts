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
        from: 'workload growth, 847c32b',
      },
      {
        what: 'At 150 % of what the adapter accepts, 250 open arrays of 100 waited for the processor together.',
        figures: 'p99 of what was accepted 4,126 ms, half of it refused',
        from: 'workload path, quick, e7b95d6',
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
        what: 'Filling large tables row by row with all indexes in place, for the growth workload.',
        figures:
          'ended by its limit of 4 minutes before 5 million persons; copied without indexes, 5,000,000 came in 140 s',
        from: '847c32b',
      },
    ],
  },
];
