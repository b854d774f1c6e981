/** Where an accepted item went. Opaque to agencies: they hand it back to the registry to ask what became of it. */
export interface ReceiptParts {
  id: string;
  digest: string;
  topic: string;
  partition: number;
  offset: string;
}

/** base64url of the JSON list [id, digest, topic, partition, offset]. */
export const writeReceipt = ({ id, digest, topic, partition, offset }: ReceiptParts): string =>
  Buffer.from(JSON.stringify([id, digest, topic, partition, offset])).toString('base64url');
