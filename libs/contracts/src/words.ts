/** A text that people read, in both languages of the installation. */
export interface Words {
  en: string;
  id: string;
}

export type Language = keyof Words;
