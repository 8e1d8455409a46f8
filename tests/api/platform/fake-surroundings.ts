import type { CertificateDesk, SiteEcho } from '@vaxel/core'
import type { RunningListeners } from '@vaxel/site/catalogues'

const one = (port: number) => ({ from: port, to: port })
/** What a server with the ports of the demo would listen at. */
export const fakeListeners: RunningListeners = {
  ports: {
    http: one(8080),
    https: one(8443),
    sip: one(5060),
    sips: one(5061),
    stun: one(3478),
    media: one(5004),
    mediaRange: { from: 49152, to: 65535 },
  },
  reachedBy: ['203.0.113.7'],
  certificate: 'own',
  trunks: [],
  mostCalls: 1000,
}

/** A desk that has the own certificate and nothing else. */
export const fakeCertificates: CertificateDesk = {
  served: () => ({
    source: 'own',
    subject: 'CN=test',
    issuer: 'CN=test',
    names: ['test'],
    validFromMs: 0,
    validToMs: 1,
    fingerprint: 'AB',
  }),
  rootPem: () => '',
  acme: () => undefined,
  upload: async () => undefined,
  order: async () => undefined,
  useOwn: async () => {},
  challenge: () => undefined,
  warnings: () => [],
}

/** One that has no port to spare. */
export const noEcho: SiteEcho = {
  range: { from: 50_000, to: 50_003 },
  hasPortsToSpare: false,
  openPorts: new Set(),
  begin: async () => false,
  openPort: async () => 'too-many',
  heard: async () => [],
  keepOneClosed: () => undefined,
  openStream: async () => ({ fault: 'no-room', reason: '' }),
  figures: async () => undefined,
  endStream: async () => {},
  end: async () => {},
  onStreamEnded: () => {},
  onLost: () => {},
  close: async () => {},
}

/** What looks for an HTTP server finds none. */
export const noHttp = {
  ask: async () => ({ kind: 'failed' as const, reason: 'there is no network in this test' }),
}
