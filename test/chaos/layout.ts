/** Of what an installation is made. A fault that needs another one than usual, or leaves its own behind unfit for others, names it. */
export interface Layout {
  brokers: 1 | 3;
  /** Kafka's messages lie on a disk of this size. */
  kafkaDiskMb?: number;
  /** At the end the log is whole and is read once more, undisturbed. */
  isReadAgain?: true;
}

export const LAYOUTS = {
  usual: { brokers: 1, isReadAgain: true },
  'three-brokers': { brokers: 3, isReadAgain: true },
  'small-disk': { brokers: 1, kafkaDiskMb: 64 },
  'cut-log': { brokers: 1 },
} satisfies Record<string, Layout>;

export type LayoutName = keyof typeof LAYOUTS;
