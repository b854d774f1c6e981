export interface BacklogOptions {
  brokers: string[];
  groupId: string;
  topicPrefix?: string;
  /** Without prefix; default: the topics of all sectors. */
  topics?: readonly string[];
  clientId?: string;
}

/**
 * How long the oldest message that the group has not yet read has been in each topic, in milliseconds;
 * 0 when all is read, undefined where it cannot be told. Topics are named without prefix.
 */
export async function backlogAge(options: BacklogOptions): Promise<Record<string, number | undefined>> {
  throw new Error(`not yet: ${options.groupId}`);
}
