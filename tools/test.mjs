// Jest as an ES module runner. Arguments are Jest's.
import { spawn } from 'node:child_process';

const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const jest = spawn(process.execPath, [...flags, 'node_modules/jest/bin/jest.js', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { KAFKAJS_NO_PARTITIONER_WARNING: '1', ...process.env },
});
process.on('SIGINT', () => undefined); // the terminal tells Jest too; its servers' guards see to the rest
process.on('SIGTERM', () => jest.kill('SIGTERM'));
jest.on('exit', (code) => process.exit(code ?? 1));
