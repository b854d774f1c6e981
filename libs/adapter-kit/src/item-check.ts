import { explain, type FieldError, ProblemError, validatorFor } from '@simpul/contracts';
import type { Kind, Message } from './kind.js';

const NEEDS_REVISION: FieldError = {
  pointer: '/withdrawn',
  code: 'revision-needed',
  detail: {
    en: 'a withdrawal needs a revision or recordedAt, so that it outranks what it withdraws',
    id: 'penarikan memerlukan revision atau recordedAt agar mengungguli pernyataan yang ditarik',
  },
};

/** The message, or every field error at once. ajv gives the verdict, class-validator the words. */
export function checkMessage<M extends Message>(kind: Kind<M>, value: unknown): M | ProblemError {
  if (!validatorFor(kind.message)(value))
    return new ProblemError('validation', { errors: explain(kind.message, value) });
  const message = value as M;
  const isLost = message.withdrawn && message.revision === undefined && message.recordedAt === undefined;
  return isLost ? new ProblemError('validation', { errors: [NEEDS_REVISION] }) : message;
}
