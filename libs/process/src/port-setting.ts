import { Setting } from './setting.js';

const port = (env: string, number: number, words: { en: string; id: string }): PropertyDecorator =>
  Setting({ env, kind: 'whole', max: 65_535, default: String(number), ...words });

/** Field decorator: where agencies reach the process. */
export const PublicPort = (number: number): PropertyDecorator =>
  port('PUBLIC_PORT', number, {
    en: 'Port of the public listener, 0 for a free one',
    id: 'Porta pendengar publik, 0 untuk porta bebas',
  });

/** Field decorator: where operators reach it. */
export const OperatorsPort = (number: number): PropertyDecorator =>
  port('OPERATORS_PORT', number, {
    en: "Port of the operators' listener: /livez, /readyz, /metrics",
    id: 'Porta pendengar operator: /livez, /readyz, /metrics',
  });
