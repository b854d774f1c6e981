import { type ApiTexts, describeApi } from '@simpul/process';
import { CivilAdapterModule } from '../../apps/adapter-civil/src/civil.module.js';
import { CommunityAdapterModule } from '../../apps/adapter-community/src/community.module.js';
import { EducationAdapterModule } from '../../apps/adapter-education/src/education.module.js';
import { HealthAdapterModule } from '../../apps/adapter-health/src/health.module.js';
import { SocialAdapterModule } from '../../apps/adapter-social/src/social.module.js';
import { RegistryModule } from '../../apps/registry/src/registry.module.js';
import { type Page } from './page.js';

type AppModule = Parameters<typeof describeApi>[0];

const APIS: Readonly<Record<string, { module: () => AppModule; texts: Omit<ApiTexts, 'version'> }>> = {
  'adapter-civil': {
    module: () => CivilAdapterModule,
    texts: {
      title: 'Simpul: civil registry',
      description: 'Push family cards, births and deaths / Kirim kartu keluarga, kelahiran, dan kematian',
    },
  },
  'adapter-health': {
    module: () => HealthAdapterModule,
    texts: {
      title: 'Simpul: health',
      description: 'Push measurements and vaccinations / Kirim penimbangan dan imunisasi',
    },
  },
  'adapter-education': {
    module: () => EducationAdapterModule,
    texts: { title: 'Simpul: education', description: 'Push enrolments / Kirim pendaftaran siswa' },
  },
  'adapter-social': {
    module: () => SocialAdapterModule,
    texts: {
      title: 'Simpul: social welfare',
      description: 'Push rankings and payments / Kirim peringkat dan penyaluran bantuan',
    },
  },
  'adapter-community': {
    module: () => CommunityAdapterModule,
    texts: {
      title: 'Simpul: community',
      description: 'Push delivered aid and feedback / Kirim penyaluran bantuan mitra dan masukan warga',
    },
  },
  registry: {
    module: () => RegistryModule.register(),
    texts: {
      title: 'Simpul: registry',
      description: 'Read persons, receipts and the balance / Baca data orang, tanda terima, dan neraca',
    },
  },
};

/** One OpenAPI 3.1 document per app, made without servers. */
export async function apiPages(): Promise<Page[]> {
  const pages: Page[] = [];
  for (const [app, { module, texts }] of Object.entries(APIS)) {
    const document = await describeApi(module(), { ...texts, version: '1' });
    pages.push({ path: `apps/${app}/openapi.json`, text: `${JSON.stringify(document, null, 2)}\n` });
  }
  return pages;
}
