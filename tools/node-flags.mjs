// The flags under which Node runs the product, said here alone: development, demonstration and benchmark take them from
// here, and test/architecture/compose.spec.ts holds Dockerfile, docker-compose.yml and apps/hub/README.md to them.
export const NODE_FLAGS = [
  '--enable-source-maps',
  '--max-semi-space-size=4',
  '--memory-saver-mode',
  '--no-separate-gc-phases',
];
