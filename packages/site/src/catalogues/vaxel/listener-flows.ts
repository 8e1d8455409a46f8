import type { Condition } from '../../catalogue/condition.ts'
import type { CheckName, FlowBody } from '../../catalogue/requirement.ts'
import type { Draft } from '../draft.ts'
import { type ListenerName, type RunningListeners, settingOfListener } from './running-listeners.ts'

/** Edition of the own catalogue's one source, the running configuration. */
export const edition = 'running'

/** DSCP of voice, expedited forwarding (RFC 4594 §4.1, RFC 8837). */
const expedited = 46

const anyOf = (...kinds: string[]): Condition => ({ any: kinds.map((kind) => ({ fact: `people.${kind}` })) })

/** When requirements of Vaxel apply. */
export const when = {
  browsers: anyOf('webSoftphone', 'softphone', 'mobile', 'attendant', 'ctiOnly', 'integrated'),
  voiceInBrowsers: anyOf('webSoftphone', 'softphone', 'mobile', 'attendant', 'integrated'),
  phones: anyOf('deskPhone', 'adapter'),
  phonesOverUdp: { all: [anyOf('deskPhone', 'adapter'), { fact: 'option.phoneTransport', is: 'udp' }] },
  phonesOverTcp: { all: [anyOf('deskPhone', 'adapter'), { fact: 'option.phoneTransport', is: 'tcp' }] },
  /** TLS unless something else was chosen. */
  phonesOverTls: {
    all: [
      anyOf('deskPhone', 'adapter'),
      { not: { fact: 'option.phoneTransport', is: 'udp' } },
      { not: { fact: 'option.phoneTransport', is: 'tcp' } },
    ],
  },
  platformHere: { fact: 'option.platformHere' },
  fetchesRecordings: { fact: 'option.fetchesRecordings' },
  outside: { all: [{ fact: 'option.platformHere' }, { fact: 'option.outsidePeople' }] },
} as const satisfies Readonly<Record<string, Condition>>

/** One use of a port by the clients of a site. */
interface Use {
  readonly id: string
  readonly title: string
  readonly from: 'pc' | 'phone'
  readonly protocol: 'tcp' | 'udp'
  readonly carries: string
  readonly when: Condition
  readonly level: 'required' | 'optional'
  readonly lost: string
  readonly checks: readonly CheckName[]
  readonly unverifiable?: string
  readonly more?: Partial<Pick<FlowBody, 'dscp' | 'proxy' | 'tlsInspection' | 'idleTimeoutSeconds'>>
}

/** Every listener, and what the site needs it for. */
const uses: Readonly<Record<ListenerName, readonly Use[]>> = {
  http: [
    {
      id: 'vaxel-web-plain',
      title: 'Web without TLS',
      from: 'pc',
      protocol: 'tcp',
      carries: 'HTTP',
      when: when.browsers,
      level: 'optional',
      lost: 'Who types the address without https sees an error in place of the app.',
      checks: ['tcp'],
      more: { proxy: 'allowed' },
    },
  ],
  https: [
    {
      id: 'vaxel-web',
      title: 'Web app, signalling and events',
      from: 'pc',
      protocol: 'tcp',
      carries: 'HTTPS, WSS and, as the last way for voice, TURN over TLS',
      when: when.browsers,
      level: 'required',
      lost: 'The app does not open, or opens and does not ring.',
      checks: ['tcp', 'tls', 'web-socket'],
      more: { proxy: 'allowed', idleTimeoutSeconds: 120 },
    },
  ],
  sip: [
    {
      id: 'vaxel-sip-udp',
      title: 'Signalling of telephones over UDP',
      from: 'phone',
      protocol: 'udp',
      carries: 'SIP',
      when: when.phonesOverUdp,
      level: 'required',
      lost: 'Telephones do not register: no calls in or out.',
      checks: ['sip-alg'],
      more: { idleTimeoutSeconds: 30 },
    },
    {
      id: 'vaxel-sip-tcp',
      title: 'Signalling of telephones over TCP',
      from: 'phone',
      protocol: 'tcp',
      carries: 'SIP',
      when: when.phonesOverTcp,
      level: 'required',
      lost: 'Telephones do not register: no calls in or out.',
      checks: ['tcp', 'sip-alg'],
      more: { proxy: 'forbidden', idleTimeoutSeconds: 120 },
    },
  ],
  sips: [
    {
      id: 'vaxel-sips',
      title: 'Signalling of telephones over TLS',
      from: 'phone',
      protocol: 'tcp',
      carries: 'SIPS',
      when: when.phonesOverTls,
      level: 'required',
      lost: 'Telephones do not register: no calls in or out.',
      checks: ['tcp', 'tls'],
      more: { proxy: 'forbidden', tlsInspection: 'forbidden', idleTimeoutSeconds: 120 },
    },
  ],
  stun: [
    {
      id: 'vaxel-turn-udp',
      title: 'Another way for voice, over UDP',
      from: 'pc',
      protocol: 'udp',
      carries: 'STUN and TURN',
      when: when.voiceInBrowsers,
      level: 'optional',
      lost: 'Where the one port of voice is blocked, voice goes over TLS and stutters when packets are lost.',
      checks: ['stun', 'turn'],
      more: { dscp: expedited },
    },
    {
      id: 'vaxel-turn-tcp',
      title: 'Another way for voice, over TCP',
      from: 'pc',
      protocol: 'tcp',
      carries: 'TURN',
      when: when.voiceInBrowsers,
      level: 'optional',
      lost: 'Where UDP is blocked, only the way over the web’s port is left.',
      checks: ['turn'],
      more: { proxy: 'forbidden' },
    },
  ],
  media: [
    {
      id: 'vaxel-media',
      title: 'Voice of browsers',
      from: 'pc',
      protocol: 'udp',
      carries: 'SRTP',
      when: when.voiceInBrowsers,
      level: 'required',
      lost: 'Voice takes a detour by TURN, or calls connect and are silent.',
      checks: ['udp-media'],
      more: { dscp: expedited },
    },
  ],
  mediaRange: [
    {
      id: 'vaxel-phone-media',
      title: 'Voice of telephones',
      from: 'phone',
      protocol: 'udp',
      carries: 'SRTP or RTP',
      when: when.phones,
      level: 'required',
      lost: 'Calls connect, and one side or both hear nothing.',
      checks: ['udp-media'],
      more: { dscp: expedited },
    },
  ],
  ftps: [
    {
      id: 'vaxel-ftps',
      title: 'Recordings fetched by a program',
      from: 'pc',
      protocol: 'tcp',
      carries: 'FTP with TLS after AUTH TLS',
      when: when.fetchesRecordings,
      level: 'required',
      lost: 'The program fetches no recordings; people still listen to them in the app.',
      checks: ['tcp'],
      more: { proxy: 'forbidden', tlsInspection: 'forbidden', idleTimeoutSeconds: 300 },
    },
  ],
  ftpsImplicit: [
    {
      id: 'vaxel-ftps-implicit',
      title: 'Recordings fetched by a program, TLS from the start',
      from: 'pc',
      protocol: 'tcp',
      carries: 'FTPS',
      when: when.fetchesRecordings,
      level: 'optional',
      lost: 'Programs that know implicit TLS only fetch no recordings.',
      checks: ['tcp', 'tls'],
      more: { proxy: 'forbidden', tlsInspection: 'forbidden', idleTimeoutSeconds: 300 },
    },
  ],
  ftpsPassive: [
    {
      id: 'vaxel-ftps-passive',
      title: 'Transfers of recordings',
      from: 'pc',
      protocol: 'tcp',
      carries: 'Data connections of FTP, with TLS',
      when: when.fetchesRecordings,
      level: 'required',
      lost: 'The program logs in and then hangs: no list and no file arrives.',
      checks: [],
      unverifiable: 'These ports listen only while a transfer goes on.',
      more: { proxy: 'forbidden', tlsInspection: 'forbidden' },
    },
  ],
}

/** The openings that clients need, and the same from the internet where the platform stands at the site. */
export function listenerDrafts({ ports }: RunningListeners): readonly Draft[] {
  return (Object.keys(uses) as ListenerName[]).flatMap((listener) =>
    uses[listener].flatMap(({ from, protocol, carries, more, ...use }): Draft[] => {
      const range = ports[listener]
      if (range === undefined) return []
      const shared = { at: { [edition]: [settingOfListener[listener]] }, level: use.level }
      const flow = { kind: 'flow', protocol, ports: [range], carries, ...more } as const
      return [
        {
          ...shared,
          id: use.id,
          title: use.title,
          when: use.when,
          lost: use.lost,
          checks: use.checks,
          ...(use.unverifiable === undefined ? {} : { unverifiable: use.unverifiable }),
          body: { ...flow, from: { place: from }, to: { place: 'service' } },
        },
        {
          ...shared,
          id: `${use.id}-from-outside`,
          title: `${use.title}, from outside`,
          when: { all: [when.outside, use.when] },
          lost: `For who is outside: ${use.lost}`,
          unverifiable: 'The connection begins outside the site; try it from there.',
          body: { ...flow, from: { place: 'internet' }, to: { place: 'platform' } },
        },
      ]
    }),
  )
}
