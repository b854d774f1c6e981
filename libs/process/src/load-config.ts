import { readFileSync } from 'node:fs';
import { inBothLanguages } from '@simpul/contracts';
import { type ConfigClass, type SettingInfo, type SettingKind, settingsOf } from './setting.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with the configuration, by the names of the variables and never with their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly findings: readonly string[]) {
    super(`The configuration is not usable:\n${findings.map((finding) => `  - ${finding}`).join('\n')}`);
  }
}

export const isProduction = (env: Environment = process.env): boolean => env['NODE_ENV'] === 'production';

/**
 * Reads a configuration once, from the environment. Throws ConfigError with the whole list of what is wrong; `troublesOf` names what is wrong
 * with values together, when each by itself is right.
 */
export function loadConfig<T extends object>(
  type: ConfigClass<T>,
  env: Environment = process.env,
  troublesOf: (config: T) => readonly string[] = () => [],
): T {
  const config = new type() as Record<string, unknown>;
  const findings: string[] = [];
  for (const setting of settingsOf(type)) {
    try {
      config[setting.field] = valueOf(setting, env);
    } catch (error) {
      if (!(error instanceof Finding)) throw error;
      findings.push(`${setting.env} ${error.message}. ${inBothLanguages(setting)}`);
    }
  }
  if (findings.length === 0) findings.push(...troublesOf(config as T));
  if (findings.length > 0) throw new ConfigError(findings);
  return config as T;
}

/** The configuration as it may be shown: of secrets, only whether they are set. */
export function printableConfig(config: object): Record<string, unknown> {
  const values = config as Record<string, unknown>;
  const infos = settingsOf(config.constructor as ConfigClass<object>);
  return Object.fromEntries(
    infos.map(({ field, env, secret }) => [
      env,
      secret ? (values[field] === undefined ? 'unset' : 'set') : values[field],
    ]),
  );
}

class Finding extends Error {}

function valueOf(setting: SettingInfo, env: Environment): unknown {
  const text = textOf(setting, env);
  if (text === undefined || text === '') {
    if (setting.optional) return undefined;
    throw new Finding('is missing');
  }
  if (setting.secretFile && isProduction(env)) readSecret(text);
  if (setting.pattern && !setting.pattern.test(text)) throw new Finding('does not have the right form');
  return CONVERT[setting.kind](text, setting);
}

function textOf(setting: SettingInfo, env: Environment): string | undefined {
  const given = env[setting.env];
  if (given !== undefined && given !== '') return given;
  const file = setting.secret ? env[`${setting.env}_FILE`] : undefined;
  if (file) return readSecret(file);
  const isSecret = setting.secret === true || setting.secretFile === true;
  return isSecret && isProduction(env) ? undefined : setting.default;
}

function readSecret(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new Finding('names a file that cannot be read', { cause });
  }
}

const CONVERT: Record<SettingKind, (text: string, setting: SettingInfo) => unknown> = {
  text: (text) => text,
  file: (text) => text,
  list: (text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  flag: (text) => {
    if (text !== 'true' && text !== 'false') throw new Finding('must be true or false');
    return text === 'true';
  },
  whole: (text, { min = 0, max = Number.MAX_SAFE_INTEGER }) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw new Finding(`must be a whole number from ${min} to ${max}`);
    return value;
  },
};
