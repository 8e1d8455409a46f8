/** Options of the probe, in the order of its help; `value` names what follows. */
export const probeFlags = {
  catalogue: { value: 'ID|FILE', about: "whose requirements, instead of the server's own" },
  profile: {
    value: 'FILE',
    about: 'the site: who works there and how; without it one of every kind of user is assumed',
  },
  segment: { value: 'NAME', about: 'part of the site (VLAN) that this machine is in' },
  minutes: { value: 'N', about: 'how long the line is measured, 0.05 to 15; 0.5 unless told' },
  only: {
    value: 'CHECKS',
    about: 'these kinds of checks alone, separated by commas: tcp,tls,stream-quality; the rest stays not tested',
  },
  merge: { value: 'FILES', about: 'JSON reports of other segments, separated by commas, gathered in one' },
  json: { value: 'FILE', about: 'write the report as JSON' },
  html: { value: 'FILE', about: 'write the report as one HTML file, to print or send by mail' },
  language: { value: 'en|sv|fr', about: 'of the report; that of the shell unless told' },
  ntp: { value: 'HOSTS', about: 'time servers to ask, separated by commas' },
  dns: { value: 'ADDRESSES', about: "DNS servers to ask instead of this machine's, separated by commas" },
  ca: { value: 'FILES', about: 'PEM files of further roots to trust, separated by commas' },
  quiet: { about: 'print one line for monitoring and nothing else' },
} as const satisfies Readonly<Record<string, { readonly value?: string; readonly about: string }>>

/** What exit codes mean, for help texts. */
export const probeExitText =
  'Exit codes: 0 ready, 1 ready with limits, 2 not ready, 3 not proven, wrongly typed, or a clock that is wrong.'
