interface Asked<Q, A> {
  question: Q;
  resolve: (answer: A) => void;
  reject: (error: unknown) => void;
}

/** Questions in one batch at most. */
const TOGETHER = 200;

/**
 * Asks many questions in one statement: what is asked while the batch before is under way makes up the next one. Nobody waits
 * for others to come. When a batch fails, its questions are asked again, each alone and all at once: a bad one fails only its own
 * asker, and where nobody answers, all hear so after the time of two.
 */
export class Gathering<Q, A> {
  private waiting: Asked<Q, A>[] = [];
  private isAsking = false;

  /** `ask` answers in the order of the questions. */
  constructor(private readonly ask: (questions: readonly Q[]) => Promise<readonly A[]>) {}

  answer(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      if (!this.isAsking) void this.askAll();
    });
  }

  private async askAll(): Promise<void> {
    this.isAsking = true;
    while (this.waiting.length > 0) await this.askTogether(this.waiting.splice(0, TOGETHER));
    this.isAsking = false;
  }

  /** Never rejects: each asker is told its own outcome. */
  private async askTogether(batch: readonly Asked<Q, A>[]): Promise<void> {
    try {
      const answers = await this.ask(batch.map(({ question }) => question));
      if (answers.length !== batch.length) throw new Error(`${answers.length} answers to ${batch.length} questions`);
      for (const [place, { resolve }] of batch.entries()) resolve(answers[place] as A);
    } catch (error) {
      if (batch.length > 1) await Promise.all(batch.map((asked) => this.askTogether([asked])));
      else batch[0]?.reject(error);
    }
  }
}
