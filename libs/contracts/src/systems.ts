/** The name of each numbering, as it stands in `Identifier.system`. Some are the issuer's own, the `urn:id:` ones are ours. */
export const SYSTEMS = {
  nik: 'https://fhir.kemkes.go.id/id/nik',
  kk: 'https://fhir.kemkes.go.id/id/kk',
  nisn: 'urn:id:kemendikdasmen:nisn',
  ihs: 'https://fhir.kemkes.go.id/id/ihs-number',
  dapodik: 'urn:id:dapodik:pd',
  jkn: 'https://fhir.kemkes.go.id/id/noka',
  npsn: 'urn:id:kemendikdasmen:npsn',
  posyandu: 'urn:id:kemendagri:posyandu',
  faskes: 'urn:id:kemkes:faskes',
  bpjsFaskes: 'urn:id:bpjs:faskes',
  crm: 'urn:id:jakarta:crm',
  partner: 'urn:id:simpul:partner',
} as const;

export type SystemName = keyof typeof SYSTEMS;
