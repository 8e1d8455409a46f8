import Type, { type Static } from 'typebox'
import { Closed, Time } from './common.ts'

/** A check, and the echo service's name of it. */
export const EchoId = Type.String({ pattern: '^[0-9a-f]{16}$', description: 'The check, 16 hexadecimal digits.' })
export const Port = (description: string) => Type.Integer({ minimum: 1, maximum: 65_535, description })
export const Count = (description: string) => Type.Integer({ minimum: 0, description })

/** What one check may have; who goes beyond is answered by silence (UDP) or refused (HTTP). */
export const SiteCheckLimits = Closed(
  {
    packetsPerSecond: Count('Packets of the echo service that are answered in a second, all its ports together.'),
    packets: Count('The same for the whole check.'),
    hellos: Count('Of those, hellos.'),
    longestPacketBytes: Count('Longer datagrams are not answered.'),
    sourceAddresses: Count('IP addresses that packets may come from.'),
    fiveTuples: Count('Pairs of address and port on both sides that are told apart; further ones are not answered.'),
    furtherPorts: Count('Ports that may be asked for besides the sample.'),
    streams: Count('Streams at once.'),
    streamsInAll: Count('Streams, those that have ended too.'),
  },
  { title: 'SiteCheckLimits' },
)

export const SiteCheckThresholds = Closed(
  {
    oneWayDelayMs: Type.Number({ description: 'From mouth to ear without what the ends add (ITU-T G.114).' }),
    jitterMs: Type.Number({ description: 'RFC 3550 §6.4.1.' }),
    packetLossPercent: Type.Number({ description: 'Of the packets of one direction.' }),
  },
  { title: 'SiteCheckThresholds', description: 'What a call may at most have, as the catalogue says.' },
)

const IceServer = Closed({
  urls: Type.Array(Type.String()),
  username: Type.Optional(Type.String()),
  credential: Type.Optional(Type.String()),
})

/** All that a checker has to know; `Authorization: Bearer <echo.key>` opens everything that follows. */
export const SiteCheck = Closed(
  {
    checkId: EchoId,
    expiresAt: Time('When everything of it ends.'),
    echo: Closed({
      id: EchoId,
      key: Type.String({
        pattern: '^[A-Za-z0-9_-]{43}$',
        description: 'Of its packets and requests; 32 bytes, base64url.',
      }),
    }),
    catalogue: Closed({
      id: Type.String({ description: 'Whose requirements it is about.' }),
      version: Type.String({ description: '`YYYYMMDDNN`.' }),
    }),
    site: Type.Optional(Closed({ name: Type.String() }, { description: 'Of the link with which it was begun.' })),
    address: Type.String({ description: "The server's address, or name, for media and signalling." }),
    names: Type.Array(Type.String(), { description: 'Host names by which the server is reached.' }),
    ports: Closed({
      web: Type.Optional(Port('HTTP. Absent: there is none.')),
      webTls: Port('HTTPS and WSS.'),
      sip: Port('UDP and TCP.'),
      sips: Port('TLS.'),
      stun: Port('STUN and TURN, UDP and TCP.'),
      media: Port('UDP, shared by all calls of browsers.'),
      mediaRange: Closed({ from: Port('First.'), to: Port('Last.') }, { description: 'UDP, for phones and trunks.' }),
      sample: Type.Array(Port('Open for this check.'), {
        description:
          'Ports of the range to try: both ends, the middle and some at random, as far as no call uses them.',
      }),
    }),
    sampleSeed: Type.String({ description: 'What the random ports were drawn from: the same draws the same.' }),
    closedPort: Type.Optional(
      Port('Of the range: nothing answers there while this check goes on. Absent: none could be spared.'),
    ),
    stun: Type.Array(Type.String(), { description: '`stun:` URLs.' }),
    turn: IceServer,
    thresholds: SiteCheckThresholds,
    limits: SiteCheckLimits,
    yourAddress: Type.String({ description: 'Where this request came from, as the server sees it.' }),
  },
  { title: 'SiteCheck' },
)
export type SiteCheck = Static<typeof SiteCheck>
