// Who may import whom. Each rule is planted and seen caught in test/architecture/boundaries.spec.ts.
const spec = '\\.(spec|int-spec|e2e-spec)\\.ts$';
const source = '^(apps|libs)/[^/]+/src/';

const apps = [
  {
    name: 'app-not-to-app',
    comment: 'Apps never import each other: what two of them need belongs to a lib.',
    from: { path: '^apps/([^/]+)/', pathNot: '^apps/hub/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'hub-to-modules-only',
    comment: 'The hub composes: of each app it sees the module file and nothing else.',
    from: { path: '^apps/hub/' },
    to: { path: '^apps/', pathNot: ['^apps/hub/', '^apps/[^/]+/src/[^/]+\\.module\\.ts$'] },
  },
  {
    name: 'lib-not-to-app',
    comment: 'Libs do not know who uses them.',
    from: { path: '^libs/' },
    to: { path: '^apps/' },
  },
];

const libs = [
  {
    name: 'lib-by-its-door',
    comment: 'A lib is used through its index.ts (@simpul/<lib>).',
    from: { path: '^(apps|libs|tools|bench|test)/([^/]+)/' },
    to: { path: '^libs/[^/]+/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/$2/'] },
  },
  {
    name: 'contracts-stand-alone',
    comment: 'What all sides agree on depends on no side.',
    from: { path: '^libs/contracts/', pathNot: spec },
    to: { path: '^libs/', pathNot: '^libs/contracts/' },
  },
  {
    name: 'testing-not-from-src',
    comment: 'Test tools do not reach what runs in production; specs may use them.',
    from: { path: source, pathNot: [spec, '^libs/testing/'] },
    to: { path: '^libs/testing/' },
  },
];

const packages = [
  {
    name: 'kafka-only-in-messaging',
    comment: 'kafkajs is named in one lib, so it can be replaced there.',
    from: { path: '^(apps|libs)/', pathNot: ['^libs/messaging/', spec] },
    to: { path: 'node_modules/kafkajs/' },
  },
  {
    name: 'rows-only-in-stores',
    comment: 'SQL lives in stores, entities, modules and the database lib.',
    from: {
      path: '^(apps|libs)/',
      pathNot: ['\\.(entity|store|module)\\.ts$', '^libs/(database|testing)/', spec],
    },
    to: { path: 'node_modules/(typeorm|pg|pg-copy-streams|@nestjs/typeorm|@types/pg|@types/pg-copy-streams)/' },
  },
  {
    name: 'transport-only-in-consumers',
    comment: 'Nest microservices are for the Kafka consumer alone.',
    from: { path: '^(apps|libs)/', pathNot: ['^libs/(messaging|process)/', '\\.consumer\\.ts$', spec] },
    to: { path: 'node_modules/@nestjs/microservices/' },
  },
  {
    name: 'no-dev-dependency-in-src',
    comment: 'What runs must be there after npm ci --omit=dev.',
    from: { path: source, pathNot: [spec, '^libs/testing/'] },
    to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
  },
];

const general = [
  {
    name: 'chaos-judges-from-outside',
    comment: 'The oracle shares no code with what it judges: an error in it would be agreed upon.',
    from: { path: '^test/chaos/oracle/' },
    to: { path: '^(apps|libs|tools|bench)/' },
  },
  {
    name: 'chaos-drives-from-outside',
    comment:
      'It starts servers and processes as everybody does, with tools/local and the flags of Node, and meets the product as processes only.',
    from: { path: '^test/chaos/' },
    to: { path: '^(apps|libs|tools|bench)/', pathNot: '^tools/(local/|node-flags)' },
  },
  { name: 'no-cycles', comment: 'Read in order; none leads back.', from: {}, to: { circular: true } },
  {
    name: 'no-orphans',
    comment: 'A module that nobody imports and that is no entry is forgotten.',
    from: { orphan: true, path: '^(apps|libs)/', pathNot: ['/src/main\\.ts$', spec, '\\.d\\.[mc]?ts$'] },
    to: {},
  },
  {
    name: 'resolvable',
    comment: 'An import that leads nowhere would fail at start.',
    from: { path: '^(apps|libs|tools|bench|test)/' },
    to: { couldNotResolve: true },
  },
];

export default {
  forbidden: [...apps, ...libs, ...packages, ...general].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|\\.simpul)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
