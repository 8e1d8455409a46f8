import type { Condition } from '../../catalogue/condition.ts'
import type { Draft } from '../draft.ts'
import { edition, when } from './listener-flows.ts'
import { oldestBrowsers } from './oldest-browsers.ts'
import type { RunningListeners } from './running-listeners.ts'

const voice: Condition = { any: [when.voiceInBrowsers, when.phones] }
const at = (section: string): Draft['at'] => ({ [edition]: [section] })

/** Bits a second of 50 packets of 20 ms: payload, RTP 12, UDP 8, IPv4 20, SRTP tag 10 bytes (RFC 3550, RFC 3711). */
const ipKbps = (payloadBytes: number): number => ((payloadBytes + 12 + 8 + 20 + 10) * 8 * 50) / 1000

/** Bandwidth and quality of calls, browsers, devices, limits. */
export const qualityDrafts = ({ mostCalls }: RunningListeners): readonly Draft[] => [
  {
    id: 'vaxel-bandwidth-g711',
    title: 'Bandwidth of a call',
    at: at('Calls'),
    level: 'required',
    when: { all: [voice, { not: { fact: 'option.codec', is: 'opus' } }] },
    lost: 'Voices break up when many speak.',
    checks: ['several-calls'],
    body: {
      kind: 'bandwidth',
      per: 'concurrent-call',
      use: 'voice by G.711 or G.722, 20 ms, encrypted',
      kbps: ipKbps(160),
      layer: 'ip',
      between: ['pc', 'service'],
    },
  },
  {
    id: 'vaxel-bandwidth-opus',
    title: 'Bandwidth of a call by Opus',
    at: at('Calls'),
    level: 'required',
    when: { all: [voice, { fact: 'option.codec', is: 'opus' }] },
    lost: 'Voices break up when many speak.',
    checks: ['several-calls'],
    body: {
      kind: 'bandwidth',
      per: 'concurrent-call',
      use: 'voice by Opus at 32 kbit/s, 20 ms, encrypted; telephones and carriers without Opus need what G.711 needs',
      kbps: ipKbps(80),
      layer: 'ip',
      between: ['pc', 'service'],
    },
  },
  {
    id: 'vaxel-delay',
    title: 'Delay, one way',
    at: at('Calls'),
    level: 'required',
    when: voice,
    lost: 'Above 150 ms from mouth to ear, people begin to talk at the same time (ITU-T G.114).',
    checks: ['stream-quality'],
    body: {
      kind: 'quality',
      metric: 'one-way-delay',
      operator: '<=',
      value: 150,
      unit: 'ms',
      segment: ['pc', 'service'],
      percentile: 'average',
    },
  },
  {
    id: 'vaxel-jitter',
    title: 'Jitter',
    at: at('Calls'),
    level: 'required',
    when: voice,
    lost: 'Above 20 ms the receiver holds back some 50 ms of voice to smooth it, which the 150 ms of delay no longer leave room for; what comes later still is lost.',
    checks: ['stream-quality'],
    body: { kind: 'quality', metric: 'jitter', operator: '<=', value: 20, unit: 'ms', segment: ['pc', 'service'] },
  },
  {
    id: 'vaxel-loss',
    title: 'Loss of packets',
    at: at('Calls'),
    level: 'required',
    when: voice,
    lost: 'Above 1 % concealment is heard, and syllables go missing when losses come together.',
    checks: ['stream-quality'],
    body: { kind: 'quality', metric: 'packet-loss', operator: '<=', value: 1, unit: '%', segment: ['pc', 'service'] },
  },
  {
    id: 'vaxel-dscp',
    title: 'Voice keeps its mark (DSCP 46)',
    at: at('Calls'),
    level: 'optional',
    when: voice,
    lost: 'When the line is full, voice waits behind downloads.',
    checks: ['dscp'],
    body: {
      kind: 'lan',
      topic: 'routing',
      rule: 'Packets of voice carry DSCP 46 (expedited forwarding), and switches and routers of the site keep and prefer it.',
    },
  },
  {
    id: 'vaxel-sip-alg',
    title: 'No SIP ALG',
    at: at('Calls'),
    level: 'required',
    when: { any: [when.phonesOverUdp, when.phonesOverTcp] },
    lost: 'One side hears nothing, telephones do not ring, or calls drop after some seconds.',
    checks: ['sip-alg'],
    body: {
      kind: 'lan',
      topic: 'nat',
      rule: 'Routers and firewalls of the site leave SIP as it is: SIP ALG, SIP helper or SIP inspection are off.',
    },
  },
  {
    id: 'vaxel-path-mtu',
    title: 'Packets of 1,400 bytes pass whole',
    at: at('Calls'),
    level: 'optional',
    when: when.phonesOverUdp,
    lost: 'Long SIP messages, such as calls with many codecs, vanish on the way.',
    checks: ['path-mtu'],
    body: {
      kind: 'lan',
      topic: 'wan',
      rule: 'The way to the platform carries packets of 1,400 bytes without fragments.',
    },
  },
  {
    id: 'vaxel-clock',
    title: 'Clocks that are right',
    at: at('Certificate'),
    level: 'optional',
    when: when.phonesOverTls,
    lost: 'A telephone whose clock is years off takes the certificate for expired and does not register.',
    checks: ['ntp'],
    body: {
      kind: 'duty',
      what: 'Let telephones and PCs set their clocks by NTP, from the site’s own server or from outside.',
    },
  },
  {
    id: 'vaxel-browser',
    title: 'Browser',
    at: at('Web app'),
    level: 'required',
    when: when.browsers,
    lost: 'The app says that the browser is too old, and does not start.',
    checks: ['browser'],
    body: {
      kind: 'software',
      category: 'browser',
      for: 'the web app',
      products: [
        { name: 'Google Chrome, Brave or another Chromium', minimum: String(oldestBrowsers.chrome) },
        { name: 'Mozilla Firefox', minimum: String(oldestBrowsers.firefox) },
        { name: 'Microsoft Edge', minimum: String(oldestBrowsers.edge) },
      ],
    },
  },
  {
    id: 'vaxel-headset',
    title: 'Microphone and headset',
    at: at('Web app'),
    level: 'required',
    when: when.voiceInBrowsers,
    lost: 'People are not heard.',
    checks: ['devices'],
    body: {
      kind: 'hardware',
      of: 'headset',
      rule: 'A microphone that the browser may use, and a headset rather than loudspeakers: other people in the room hear no echo.',
    },
  },
  {
    id: 'vaxel-most-calls',
    title: `At most ${mostCalls.toLocaleString('en')} calls at once`,
    at: at('VAXEL_MAX_CALLS'),
    level: 'required',
    lost: 'Further calls are refused, except to emergency numbers.',
    by: 'provider',
    unverifiable: 'A limit of the platform, which counts the calls of all sites.',
    body: { kind: 'limit', what: 'calls at once', most: mostCalls, per: 'platform' },
  },
]
