import { isProblemCode, PROBLEMS, type Words } from '@simpul/contracts';

/** A code with its words; a code that this build does not know has only itself to say. */
export interface Reason {
  code: string;
  title: Words;
  explanation: Words;
  fix: Words;
}

export function reasonOf(code: string): Reason {
  if (!isProblemCode(code)) {
    const bare = { en: code, id: code };
    return { code, title: bare, explanation: bare, fix: bare };
  }
  const { title, explanation, fix } = PROBLEMS[code];
  return { code, title, explanation, fix };
}
