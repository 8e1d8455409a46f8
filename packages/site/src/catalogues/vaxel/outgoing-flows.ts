import type { Address, FlowBody } from '../../catalogue/requirement.ts'
import type { Draft } from '../draft.ts'
import { edition, when } from './listener-flows.ts'
import type { RunningListeners } from './running-listeners.ts'

/** Where Chrome, Firefox, Edge and Safari are told of calls while their page is closed. */
const pushNames = [
  'fcm.googleapis.com',
  '*.push.services.mozilla.com',
  '*.notify.windows.com',
  'web.push.apple.com',
] as const

const port = (number: number): FlowBody['ports'] => [{ from: number, to: number }]
const out = (
  to: string,
  protocol: 'tcp' | 'udp',
  number: number,
  carries: string,
  addresses?: Address[],
): FlowBody => ({
  kind: 'flow',
  from: { place: 'platform' },
  to: { place: to, ...(addresses && { addresses }) },
  protocol,
  ports: port(number),
  carries,
})

/** What the platform connects to, for the firewall of the site where it stands. */
export function outgoingDrafts(listeners: RunningListeners): readonly Draft[] {
  const { certificate, certificateAuthority, databasePort, mailPort } = listeners
  return [
    ...carrierDrafts(listeners),
    {
      id: 'vaxel-push',
      title: 'Calls for closed browsers',
      at: { [edition]: ['Connections out'] },
      level: 'required',
      when: when.platformHere,
      lost: 'Mobiles and browsers whose page is closed do not ring.',
      checks: ['tcp'],
      body: out(
        'push-services',
        'tcp',
        443,
        'HTTPS',
        pushNames.map((name) => ({ name })),
      ),
    },
    {
      id: 'vaxel-name-lookup',
      title: 'Looking up names',
      at: { [edition]: ['VAXEL_DNS'] },
      level: 'required',
      when: when.platformHere,
      lost: 'Calls to carriers and other systems by name fail.',
      checks: ['dns'],
      body: out('dns-server', 'udp', 53, 'DNS'),
    },
    {
      id: 'vaxel-name-lookup-tcp',
      title: 'Looking up names with long answers',
      at: { [edition]: ['VAXEL_DNS'] },
      level: 'optional',
      when: when.platformHere,
      lost: 'Names with many addresses or services are not found.',
      checks: ['tcp'],
      body: out('dns-server', 'tcp', 53, 'DNS'),
    },
    {
      id: 'vaxel-single-sign-on',
      title: 'Login by a provider of the company',
      at: { [edition]: ['Connections out'] },
      level: 'required',
      when: { all: [when.platformHere, { fact: 'option.singleSignOn' }] },
      lost: 'Nobody can log in by the company’s own accounts.',
      checks: ['tcp', 'tls'],
      body: out('identity-provider', 'tcp', 443, 'HTTPS'),
    },
    {
      id: 'vaxel-calendars',
      title: 'Calendars of people',
      at: { [edition]: ['Connections out'] },
      level: 'optional',
      when: when.platformHere,
      lost: 'Presence does not know of meetings; people say themselves how they are.',
      checks: ['tcp', 'tls'],
      body: out('calendar-server', 'tcp', 443, 'HTTPS (iCalendar, CalDAV)'),
    },
    {
      id: 'vaxel-directories',
      title: 'Directories of the company',
      at: { [edition]: ['Connections out'] },
      level: 'optional',
      when: when.platformHere,
      lost: 'Contacts from the company’s directory stay as they were read last.',
      checks: ['tcp'],
      // ldaps, and StartTLS on the port of LDAP.
      body: { ...out('directory-server', 'tcp', 636, 'LDAP'), ports: [...port(636), ...port(389)] },
    },
    ...(mailPort === undefined
      ? []
      : [
          {
            id: 'vaxel-mail',
            title: 'Mails that the platform sends',
            at: { [edition]: ['VAXEL_SMTP_URL'] },
            level: 'required',
            when: when.platformHere,
            lost: 'Warnings of what expires wait in the outbox and reach nobody by mail.',
            checks: ['tcp'],
            body: out('mail-server', 'tcp', mailPort, 'SMTP'),
          } satisfies Draft,
        ]),
    ...(databasePort === undefined
      ? []
      : [
          {
            id: 'vaxel-database',
            title: 'Database',
            at: { [edition]: ['VAXEL_DATABASE_URL'] },
            level: 'required',
            when: when.platformHere,
            lost: 'The platform does not start; when it is lost while it runs, calls go on and nothing can be changed.',
            checks: ['tcp'],
            body: out('database-server', 'tcp', databasePort, 'PostgreSQL'),
          } satisfies Draft,
        ]),
    ...(certificate === 'acme' ? orderDrafts(certificateAuthority, listeners.ports.http.from) : []),
  ]
}

/** Each way to a carrier once; the operator gives the carriers' addresses to the place `carrier`. */
function carrierDrafts({ trunks, ports }: RunningListeners): readonly Draft[] {
  const at = { [edition]: ['Trunks'] }
  const lost = 'No calls from or to the public telephone network.'
  const both = trunks.map(
    ({ protocol, port: number }): Draft => ({
      id: `vaxel-trunk-${protocol}-${number}`,
      title: `To carriers by SIP over ${protocol.toUpperCase()}, port ${number}`,
      at,
      level: 'required',
      when: when.platformHere,
      lost,
      checks: protocol === 'udp' ? ['sip-alg'] : protocol === 'tls' ? ['tcp', 'tls'] : ['tcp', 'sip-alg'],
      body: out('carrier', protocol === 'udp' ? 'udp' : 'tcp', number, protocol === 'tls' ? 'SIPS' : 'SIP'),
    }),
  )
  if (trunks.length === 0) return []
  const protocols = [...new Set(trunks.map(({ protocol }) => protocol))]
  const incoming = protocols.map(
    (protocol): Draft => ({
      id: `vaxel-trunk-from-carrier-${protocol}`,
      title: `From carriers by SIP over ${protocol.toUpperCase()}`,
      at,
      level: 'required',
      when: when.platformHere,
      lost: 'Calls from the public telephone network do not arrive.',
      unverifiable: 'The connection begins at the carrier; a call from outside shows it.',
      body: {
        kind: 'flow',
        from: { place: 'carrier' },
        to: { place: 'platform' },
        protocol: protocol === 'udp' ? 'udp' : 'tcp',
        ports: [protocol === 'tls' ? ports.sips : ports.sip],
        carries: protocol === 'tls' ? 'SIPS' : 'SIP',
      },
    }),
  )
  return [
    ...both,
    ...incoming,
    {
      id: 'vaxel-trunk-media',
      title: 'Voice from and to carriers',
      at: { [edition]: ['Trunks', 'VAXEL_MEDIA_PORTS'] },
      level: 'required',
      when: when.platformHere,
      lost: 'Calls with the public telephone network are silent.',
      unverifiable: 'Needs a call by the carrier.',
      body: {
        kind: 'flow',
        from: { place: 'carrier' },
        to: { place: 'platform' },
        protocol: 'udp',
        ports: [ports.mediaRange],
        carries: 'RTP or SRTP',
        dscp: 46,
      },
    },
    {
      id: 'vaxel-trunk-media-out',
      title: 'Voice to carriers',
      at: { [edition]: ['Trunks'] },
      level: 'required',
      when: when.platformHere,
      lost: 'The public telephone network hears nothing of us.',
      unverifiable: 'Needs a call by the carrier, which chooses its ports for each.',
      body: {
        kind: 'flow',
        from: { place: 'platform' },
        to: { place: 'carrier' },
        protocol: 'udp',
        ports: [{ from: 1024, to: 65_535 }],
        carries: 'RTP or SRTP',
        dscp: 46,
      },
    },
  ]
}

function orderDrafts(authority: string | undefined, httpPort: number): readonly Draft[] {
  const at = { [edition]: ['Certificate'] }
  const lost = 'The certificate is not renewed: on its last day browsers warn and telephones do not register.'
  return [
    {
      id: 'vaxel-certificate-order',
      title: 'Ordering certificates',
      at,
      level: 'required',
      when: when.platformHere,
      lost,
      checks: ['tcp'],
      body: out(
        'certificate-authority',
        'tcp',
        443,
        'HTTPS (ACME)',
        authority === undefined ? undefined : [{ name: authority }],
      ),
    },
    {
      id: 'vaxel-certificate-proof',
      title: 'The authority looks at the web without TLS',
      at,
      level: 'required',
      when: when.platformHere,
      lost,
      unverifiable: 'The connection begins at the authority, from addresses that it does not tell.',
      body: {
        kind: 'flow',
        from: { place: 'internet' },
        to: { place: 'platform' },
        protocol: 'tcp',
        ports: httpPort === 80 ? port(80) : [...port(80), ...port(httpPort)],
        carries: 'HTTP (ACME, http-01); port 80 of the name must reach this server',
      },
    },
  ]
}
