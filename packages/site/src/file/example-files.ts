import type { Catalogue } from '../catalogue/catalogue.ts'
import type { SiteProfile } from '../profile/site-profile.ts'
import type { SiteReport } from '../verdict/site-report.ts'

/** A small catalogue that is right, for tests. */
export const exampleCatalogue: Catalogue = {
  format: 'vaxel-site-catalogue/1',
  id: 'example',
  title: 'Example telephony',
  provider: 'Example',
  version: '2026031501',
  publishedAt: '2026-03-15',
  language: 'en',
  documents: [
    {
      id: 'example-guide',
      title: 'Guide',
      version: '1',
      date: '2026-03',
      language: 'en',
      sections: [
        { number: '1', title: 'Introduction', without: 'Says what the guide is for.' },
        { number: '2', title: 'Ports' },
      ],
    },
  ],
  places: [
    { name: 'pc', label: 'PCs', side: 'customer' },
    { name: 'service', label: 'Service', side: 'provider', addresses: [{ network: '192.0.2.0/24' }] },
  ],
  options: [
    { id: 'video', label: 'Video', kind: 'flag' },
    {
      id: 'exchange',
      label: 'Calendars',
      kind: 'choice',
      choices: [
        { id: 'online', label: 'Online' },
        { id: 'none', label: 'None' },
      ],
    },
  ],
  requirements: [
    {
      id: 'example-media',
      title: 'Voice',
      level: 'required',
      appliesWhen: { any: [{ fact: 'option.exchange', is: 'online' }, { not: { fact: 'people.total', atLeast: 3 } }] },
      lostIfMissing: 'Nobody hears anybody.',
      responsible: 'customer',
      window: { announced: '2026', effective: '2026-02-01' },
      provenance: [{ document: 'example-guide', version: '1', section: '2' }],
      checks: ['udp-media'],
      body: {
        kind: 'flow',
        from: { place: 'pc' },
        to: { place: 'service' },
        protocol: 'udp',
        ports: [{ from: 49_152, to: 65_535 }],
        carries: 'SRTP',
        dscp: 46,
      },
    },
  ],
}

/** A profile with every field, for tests. */
export const exampleProfile: SiteProfile = {
  format: 'vaxel-site-profile/1',
  name: 'Göteborg',
  system: 'example',
  people: { softphone: 100, deskPhone: 5 },
  shareInCall: 0.2,
  agents: { loggedOn: 15, client: 'deskPhone' },
  options: { video: true, exchange: 'online' },
  connection: 'internet',
  proxy: 'forced',
  networks: {
    inside: ['10.0.0.0/8'],
    segments: [{ name: 'office', network: '10.1.0.0/16' }],
    places: { pc: ['10.1.0.0/24', '10.2.0.1-10.2.0.9'] },
    stateful: true,
  },
  voice: { codec: 'g711', packetMs: 20, srtp: true, ipVersion: 4, vlan: false, connectionMbps: 100 },
  traffic: { externalCallsPerHour: 100, blocking: 0.01, serviceLevel: { share: 0.8, withinSeconds: 20 } },
  secrets: [{ requirement: 'example-media', subject: 'Secret', notAfter: '2027-02-28', owner: 'it@example.com' }],
}

/** A report, for tests. */
export const exampleReport: SiteReport = {
  format: 'vaxel-site-report/1',
  site: 'Göteborg',
  catalogue: { id: 'example', version: '2026031501' },
  madeBy: { tool: 'probe', version: '0.1.0', on: 'Linux' },
  startedAt: '2026-03-20T08:00:00Z',
  endedAt: '2026-03-20T09:01:00.5+01:00',
  segments: ['office'],
  results: [
    {
      check: 'udp-media',
      requirementIds: ['example-media'],
      target: 'UDP 192.0.2.1:49152',
      outcome: 'pass',
      segment: 'office',
      startedAt: '2026-03-20T08:00:00Z',
      endedAt: '2026-03-20T08:00:10Z',
      finding: { key: 'udpOpen', values: { ports: 3, name: 'x' } },
      measured: [{ name: 'packet-loss-up', value: 0.1, unit: '%' }],
      controls: { knownGood: true, closed: 'not-tested' },
      evidence: { 'resolved address': '192.0.2.1' },
    },
  ],
  judgement: { verdict: 'ready', coverage: { required: 1, proven: 1, cannotBeProvenHere: 0 }, losses: [] },
}
