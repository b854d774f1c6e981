import { type ApiDescription, APIS_PATH } from '@simpul/process';

/** Where a message is pushed that becomes an event of this type. */
export interface EventRoute {
  type: string;
  /** `POST /adapters/health/v1/growth-measurements`. */
  route: string;
  /** What is pushed, in both languages, as the document says it. */
  summary: string;
  /** The operation on the page of its API. */
  href: string;
}

/** As much of an operation as an adapter's document says of its event. */
interface Pushing {
  'x-event'?: string;
  operationId?: string;
  summary?: string;
  tags?: string[];
}

/** Every route in these documents whose messages become events. */
export const eventRoutes = (documents: readonly ApiDescription[]): EventRoute[] =>
  documents.flatMap(({ name, document }) =>
    Object.entries(document.paths).flatMap(([path, { post }]) => {
      const { 'x-event': type, operationId, summary = '', tags = [] } = (post ?? {}) as Pushing;
      if (type === undefined) return [];
      const href = `${APIS_PATH}/${name}#/${tags[0] ?? 'default'}/${operationId ?? ''}`;
      return [{ type, route: `POST ${path}`, summary, href }];
    }),
  );
