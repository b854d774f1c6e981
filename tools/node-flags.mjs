// The flags under which Node runs the product, said here alone: development, demonstration and benchmark take them from
// here, and test/architecture/compose.spec.ts holds Dockerfile, docker-compose.yml and apps/hub/README.md to them.
export const NODE_FLAGS = [
  '--enable-source-maps',
  // What is dead after a moment is collected cheaply, and the heap grows by a third at most before all of it is looked through.
  '--max-semi-space-size=4',
  '--memory-saver-mode',
  // Without this the young generation grows to ten times its size while the old one is marked.
  '--no-separate-gc-phases',
];
