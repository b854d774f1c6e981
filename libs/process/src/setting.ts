import { type Words } from '@simpul/contracts';

/** `file` is a path; the others are what the value becomes. */
export type SettingKind = 'text' | 'whole' | 'flag' | 'list' | 'file';

export interface SettingOptions extends Words {
  env: string;
  /** As it would stand in the environment. */
  default?: string;
  kind?: SettingKind;
  optional?: boolean;
  /** A path to a secret: its default holds outside production only, and the file must be there in production. */
  secretFile?: boolean;
  /** A secret value: it may also be in the file that `<env>_FILE` names, has no default in production, and is never printed. */
  secret?: boolean;
  pattern?: RegExp;
  min?: number;
  max?: number;
}

export interface SettingInfo extends SettingOptions {
  field: string;
  kind: SettingKind;
}

/** A class without arguments whose fields are settings. */
export type ConfigClass<T extends object> = new () => T;

const settings = new WeakMap<object, SettingInfo[]>();

/** Field decorator: where the value comes from, and what it is for in both languages. */
export const Setting =
  (options: SettingOptions): PropertyDecorator =>
  (prototype, field) => {
    const known = settings.get(prototype) ?? [];
    settings.set(prototype, [...known, { kind: 'text', ...options, field: String(field) }]);
  };

/** All settings of a configuration class, in order, for documents and tests. */
export const settingsOf = (type: ConfigClass<object>): readonly SettingInfo[] =>
  settings.get(type.prototype as object) ?? [];
