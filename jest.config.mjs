const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  setupFiles: ['<rootDir>/test/reflect.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2024',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
  },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@simpul/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.simpul/'],
};

// PostgreSQL and Kafka, started once for all projects that name these two files.
const servers = { globalSetup: '<rootDir>/test/servers/start.mjs', globalTeardown: '<rootDir>/test/servers/stop.mjs' };

export default {
  // A spec that hangs must end and say so. Jest takes the limit from here only, not from a project.
  testTimeout: 60_000,
  // Suites wait for servers more than they compute, so each core takes one; Jest itself would leave a core idle.
  maxWorkers: '100%',
  coverageProvider: 'v8',
  collectCoverageFrom: ['{apps,libs}/*/src/**/*.ts', '!**/*.spec.ts', '!**/main.ts'],
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{apps,libs}/*/src/**/*.spec.ts',
        '<rootDir>/{tools,bench}/**/*.spec.ts',
        '<rootDir>/test/{architecture,chaos,hostile}/**/*.spec.ts',
      ],
    },
    { ...base, ...servers, displayName: 'int', testMatch: ['<rootDir>/{apps,libs,tools}/*/test/**/*.int-spec.ts'] },
    { ...base, ...servers, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'] },
  ],
};
