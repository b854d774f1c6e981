// JSON Schemas of the answers, as the OpenAPI documents show them.
const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;

const object = (properties: Record<string, object>, optional: readonly string[] = []): Record<string, unknown> => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});

const warnings = {
  type: 'array',
  description: 'Findings on identifiers; they refuse nothing / Temuan pada nomor identitas; tidak menolak apa pun',
  items: object({ code: text, pointer: text }),
};
const problem = { $ref: '#/components/schemas/Problem' };
const status = (value: string): object => ({ type: 'string', const: value });
const place = { index: count, id: text };

export const acceptedItem = object({
  ...place,
  status: status('accepted'),
  receivedAt: { type: 'string', format: 'date-time' },
  receipt: {
    type: 'string',
    description: 'Ask POST /registry/v1/receipts what became of it / Tanyakan nasibnya ke POST /registry/v1/receipts',
  },
  warnings,
});
export const checkedItem = object({ ...place, status: status('would-be-accepted'), warnings });
const duplicateItem = object({ ...place, status: status('duplicate') });
const retryItem = object({ ...place, status: status('retry') });
const rejectedItem = object({ ...place, status: status('rejected'), problem }, ['id']);

/** One item of an array or stream. */
export const itemLine = { oneOf: [acceptedItem, checkedItem, duplicateItem, rejectedItem, retryItem] };

const counters = { accepted: count, wouldBeAccepted: count, duplicate: count, rejected: count, retry: count };
const eitherCount = ['accepted', 'wouldBeAccepted'];

export const arrayAnswer = object({ ...counters, items: { type: 'array', items: itemLine } }, eitherCount);
export const lastLine = {
  oneOf: [
    object({ summary: object(counters, eitherCount) }),
    object({ problem, counted: object(counters, eitherCount) }),
  ],
};
