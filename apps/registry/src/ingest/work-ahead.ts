/**
 * Works on chunks in order, and prepares the next one meanwhile; at most two are held. `work` says whether to go on. What fails in the
 * preparation of a chunk is thrown when its turn comes.
 */
export async function workAhead<C, P>(
  chunks: readonly C[],
  prepare: (chunk: C) => Promise<P>,
  work: (prepared: P) => Promise<boolean>,
): Promise<void> {
  const begin = (chunk: C | undefined): Promise<P> | undefined => {
    const begun = chunk === undefined ? undefined : prepare(chunk);
    // Whoever waits for it hears of it; until then nobody does.
    begun?.catch(() => undefined);
    return begun;
  };
  let next = begin(chunks[0]);
  for (let at = 1; next; at += 1) {
    const prepared = await next;
    next = begin(chunks[at]);
    if (!(await work(prepared))) return;
  }
}
