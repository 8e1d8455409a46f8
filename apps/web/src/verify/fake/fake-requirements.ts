import type { CheckName, Metric, Requirement, RequirementBody } from '@vaxel/site'
import { fakeSession } from './fake-site.ts'

const { ports } = fakeSession

const one = (
  id: string,
  checks: readonly CheckName[],
  body: RequirementBody,
  more: Partial<Requirement> = {},
): Requirement => ({
  id,
  title: id,
  level: 'required',
  appliesWhen: 'always',
  lostIfMissing: `lost: ${id}`,
  responsible: 'customer',
  provenance: [],
  checks,
  body,
  ...more,
})

const flow = (protocol: 'tcp' | 'udp', from: number, to = from): RequirementBody => ({
  kind: 'flow',
  from: { place: 'customer' },
  to: { place: 'service' },
  protocol,
  ports: [{ from, to }],
  carries: 'SRTP',
})

const quality = (metric: Metric, value: number, unit: 'ms' | '%'): RequirementBody => ({
  kind: 'quality',
  metric,
  operator: '<=',
  value,
  unit,
  segment: ['customer', 'service'],
})

/** What a service like ours asks for, as far as a page can see it, and one that it cannot. */
export const fakeRequirements: readonly Requirement[] = [
  one('web', ['tcp', 'tls', 'web-socket'], flow('tcp', ports.webTls)),
  one('names', ['dns'], { kind: 'dns', names: fakeSession.names, duty: 'resolve', records: ['A'] }),
  one('media', ['udp-media'], flow('udp', ports.media)),
  one('range', ['udp-media'], flow('udp', ports.mediaRange.from, ports.mediaRange.to), {
    appliesWhen: { any: [{ fact: 'people.deskPhone' }, { fact: 'people.adapter' }] },
  }),
  one('relay-udp', ['turn'], flow('udp', ports.stun), { level: 'conditional' }),
  one('relay-tcp', ['turn'], flow('tcp', ports.stun), { level: 'conditional' }),
  one('relay-tls', ['turn'], flow('tcp', ports.webTls), { level: 'conditional' }),
  one('delay', ['stream-quality'], quality('one-way-delay', 150, 'ms')),
  one('jitter', ['stream-quality'], quality('jitter', 20, 'ms')),
  one('loss', ['stream-quality'], quality('packet-loss', 1, '%')),
  one('several', ['several-calls'], {
    kind: 'bandwidth',
    per: 'concurrent-call',
    use: 'calls',
    kbps: 100,
    layer: 'ethernet',
    between: ['customer', 'service'],
  }),
  one('browser', ['browser'], {
    kind: 'software',
    category: 'browser',
    for: 'calls in the browser',
    products: [
      { name: 'Google Chrome', minimum: '90', bad: [{ version: '117', fault: 'no sound' }] },
      { name: 'Microsoft Edge', minimum: '123' },
      { name: 'Mozilla Firefox', minimum: '74' },
    ],
  }),
  one('dscp', ['dscp'], flow('udp', ports.mediaRange.from, ports.mediaRange.to)),
]
