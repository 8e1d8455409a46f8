/** Longest life of a public TLS certificate by the day on which it is issued (CA/Browser Forum, ballot SC-081). */
const lifetimes = [
  { from: '2029-03-15', days: 47 },
  { from: '2027-03-15', days: 100 },
  { from: '2026-03-15', days: 200 },
  { from: '', days: 398 },
] as const

/** Longest life of a public TLS certificate that is issued on that day, days. */
export const publicCertificateDays = (issuedOn: string): number =>
  lifetimes.find(({ from }) => issuedOn >= from)?.days ?? 47
