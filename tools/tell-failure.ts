/** Says why a tool could not do its work, without a stack, and lets the process end with 2. */
export function tellFailure(error: unknown): void {
  // Node tries every address of a name and reports all failures in one error without words.
  const first: unknown = error instanceof AggregateError && error.message === '' ? error.errors[0] : error;
  console.error(first instanceof Error ? first.message : String(first));
  process.exitCode = 2;
}
