import { AdapterConfig } from '@simpul/adapter-kit';
import { KafkaSecurityConfig } from '@simpul/messaging';
import { type ConfigClass, ProcessConfig, settingsOf } from '@simpul/process';
import { CivilConfig } from '../../apps/adapter-civil/src/config.js';
import { CommunityConfig } from '../../apps/adapter-community/src/config.js';
import { EducationConfig } from '../../apps/adapter-education/src/config.js';
import { HealthConfig } from '../../apps/adapter-health/src/config.js';
import { SocialConfig } from '../../apps/adapter-social/src/config.js';
import { IssuerConfig } from '../../apps/issuer/src/config.js';
import { RegistryConfig } from '../../apps/registry/src/config.js';
import { RetentionConfig } from '../retention/config.js';
import { GENERATED, type Page, table } from './page.js';

const CLASSES: readonly [string, ConfigClass<object>][] = [
  ['Every process / Setiap proses', ProcessConfig],
  ['Every adapter / Setiap adapter', AdapterConfig],
  ['Adapters, registry and tools, towards Kafka / Adapter, registri, dan alat, terhadap Kafka', KafkaSecurityConfig],
  ['adapter-civil', CivilConfig],
  ['adapter-health', HealthConfig],
  ['adapter-education', EducationConfig],
  ['adapter-social', SocialConfig],
  ['adapter-community', CommunityConfig],
  ['registry', RegistryConfig],
  ['issuer', IssuerConfig],
  ['npm run retention', RetentionConfig],
];

/** All environment variables, from the configuration classes. */
export const configurationPage = (): Page => ({
  path: 'docs/reference/configuration.md',
  text: [
    GENERATED,
    '# Configuration / Konfigurasi',
    'Read once at start, from the environment; what is wrong is told all at once. / Dibaca sekali saat mulai, dari lingkungan; semua kekeliruan disebutkan sekaligus.',
    ...CLASSES.flatMap(([name, type]) => [
      `## ${name}`,
      table(
        ['variable', 'default', 'meaning', 'arti'],
        settingsOf(type).map(({ env, default: value, optional, en, id }) => [
          `\`${env}\``,
          value === undefined ? (optional ? '-' : 'needed / wajib') : `\`${value}\``,
          en,
          id,
        ]),
      ),
    ]),
    '',
  ].join('\n\n'),
});
