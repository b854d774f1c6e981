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
        figures: 'ended by its limit of 4 minutes before 5 million persons',
        from: '847c32b',
      },
    ],
  },
];
