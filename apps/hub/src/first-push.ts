import type { ApiDescription } from '@simpul/process';

export interface Push {
  sector: string;
  path: string;
  body: unknown;
}

/** As much of an operation as the examples of its JSON body need. */
interface WithExamples {
  requestBody?: { content?: Record<string, { examples?: Record<string, { value?: unknown }> }> };
}

const SECTOR_OF_PATH = /^\/adapters\/([a-z]+)\//u;

const examplesOf = (operation: WithExamples | undefined): { value?: unknown }[] =>
  Object.values(operation?.requestBody?.content?.['application/json']?.examples ?? {});

/** The first pushed message with an example in these documents, health before the others: its words are the plainest. */
export function firstPush(documents: readonly ApiDescription[]): Push | undefined {
  const pushes = documents.flatMap(({ document }) =>
    Object.entries(document.paths).flatMap(([path, { post }]) => {
      const sector = SECTOR_OF_PATH.exec(path)?.[1];
      const [example] = examplesOf(post as WithExamples | undefined);
      return sector && example ? [{ sector, path, body: example.value }] : [];
    }),
  );
  return pushes.find(({ sector }) => sector === 'health') ?? pushes[0];
}
