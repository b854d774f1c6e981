// The flags under which Node runs the product, said here alone: development, demonstration and benchmark take them from
// here, and test/architecture/compose.spec.ts holds Dockerfile and docker-compose.yml to them.
// A young generation of two semi-spaces that may not grow keeps the peak of a long stream low (apps/hub/README.md).
export const NODE_FLAGS = ['--enable-source-maps'];
