/** A text that people read, in both languages of the installation. */
export interface Words {
  en: string;
  id: string;
}

export type Language = keyof Words;

/** Both languages in one line, for documents that have room for one description. */
export const inBothLanguages = ({ en, id }: Words): string => `${en} / ${id}`;
