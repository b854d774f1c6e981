import type { BrokerFacts, TopicFinding } from '@simpul/messaging';
import { check, type Check, unknown } from './check.js';
import { clockCheck } from './server.checks.js';

/** The topics, one check a setting that differs, or one that says all are right. */
export function topicChecks(findings: readonly TopicFinding[]): Check[] {
  if (findings.length === 0) return [check('kafka.topics', true, 'as they should be', '')];
  return findings.map(({ topic, setting, expected, actual }) =>
    check(
      `kafka.topics ${topic} ${setting}`,
      false,
      `${actual ?? 'missing'}, should be ${expected}`,
      'npm run topics -- apply, with the partitions and copies that are meant',
    ),
  );
}

export function brokerChecks({ makesTopics, clock }: BrokerFacts): Check[] {
  const todo = 'Set auto.create.topics.enable=false at every broker: a topic made by accident has the wrong settings';
  const auto =
    makesTopics === undefined
      ? unknown('kafka.auto-create', 'the brokers do not say', todo)
      : check('kafka.auto-create', !makesTopics, makesTopics ? 'on' : 'off', todo);
  return [auto, 'code' in clock ? unknown('clock.kafka', clock.code, '') : clockOf(clock)];
}

const clockOf = ({ theirs, asked, answered }: { theirs: number; asked: number; answered: number }): Check =>
  clockCheck('clock.kafka', theirs, asked, answered);

/** What production must not do without; outside production nothing is asked. */
export function productionChecks(at: {
  production: boolean;
  kafkaTls: boolean;
  issuerUrl: string;
  issuerConsent: boolean;
}): Check[] {
  if (!at.production) return [];
  const issuer = new URL(at.issuerUrl);
  const isOwn =
    at.issuerConsent || issuer.protocol !== 'https:' || /^(?:localhost|127\.|\[::1\])/u.test(issuer.hostname);
  return [
    check('kafka.tls', at.kafkaTls, at.kafkaTls ? 'on' : 'in clear', 'Set KAFKA_TLS=true and the files beside it'),
    check(
      'issuer',
      !isOwn,
      isOwn ? 'the development issuer, or one in clear' : issuer.hostname,
      "Set ISSUER_URL to the https address of the installation's own issuer, and do not run the development issuer",
    ),
  ];
}
