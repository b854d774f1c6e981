// The flags under which Node runs the product, said here alone: development, demonstration and benchmark take them from
// here, and test/architecture/compose.spec.ts holds Dockerfile, docker-compose.yml and apps/hub/README.md to them.

// The hub shares a small computer with its servers: memory is dearer than processor time.
const SMALL = [
  '--enable-source-maps',
  // What is dead after a moment is collected cheaply, and the heap grows by a third at most before all of it is looked through.
  '--max-semi-space-size=4',
  '--memory-saver-mode',
  // Without this the young generation grows to ten times its size while the old one is marked.
  '--no-separate-gc-phases',
];

// An app apart has room for what a batch needs and leaves behind: with a demonstration's load the collector takes a third
// of the time that it takes with the hub's flags (3.4 s instead of 11.7 s of 33 s).
const FAST = ['--enable-source-maps', '--max-semi-space-size=32'];

/** @param {string} app a folder of apps/ */
export const nodeFlagsOf = (app) => (app === 'hub' ? SMALL : FAST);
