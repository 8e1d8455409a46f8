import Type from 'typebox'
import { Closed, Id, OneOf, Time } from './common.ts'

export const Party = Closed(
  {
    number: Type.String({ description: 'E.164 or extension; `anonymous` when withheld.' }),
    name: Type.Optional(Type.String()),
    userId: Type.Optional(Id('If it is a user of the company.')),
  },
  { title: 'Party' },
)

export const Termination = Closed(
  {
    blame: OneOf(['caller', 'callee', 'trunk', 'us', 'unknown', 'nobody'], 'Who brought the end about.'),
    reason: Type.String({
      description: 'Short stable word: `hung-up`, `cancelled`, `busy`, `no-answer`, `restarted` …',
    }),
    sip: Type.Optional(Type.Integer({ description: 'The SIP status that went with it.' })),
    text: Type.Optional(Type.String({ description: 'A sentence for a person.' })),
  },
  { title: 'Termination' },
)

const callFields = {
  id: Id('Time-ordered: later calls sort after earlier ones.'),
  companyId: Id('Whose call it is.'),
  direction: OneOf(['internal', 'inbound', 'outbound'], 'Seen from the company.'),
  startedAt: Time('When the INVITE came or was sent.'),
  answeredAt: Type.Optional(Time('When somebody answered.')),
  caller: Party,
  dialled: Type.String({ description: 'As dialled.' }),
  called: Party,
}

/** A call as history knows it. */
export const Call = Closed(
  {
    ...callFields,
    endedAt: Type.Optional(Time('When it ended; absent while it goes on.')),
    durationMs: Type.Optional(Type.Integer({ description: 'From start to end.' })),
    talkMs: Type.Optional(Type.Integer({ description: 'From answer to end; 0 when nobody answered.' })),
    trunkId: Type.Optional(Id('The trunk that carried it.')),
    termination: Type.Optional(Termination),
    costMicros: Type.Optional(Type.Integer({ description: 'Millionths of the currency.' })),
  },
  { title: 'Call' },
)

const DirectionQuality = Closed(
  {
    packets: Type.Integer(),
    lossRatio: Type.Number({ description: 'Lost of expected, 0 to 1.' }),
    jitterMs: Type.Number({ description: 'RFC 3550 §6.4.1.' }),
    roundTripMs: Type.Optional(Type.Number()),
    mos: Type.Optional(Type.Number({ description: '1 to 4.5.' })),
    mosFormula: Type.Optional(Type.String()),
  },
  { title: 'DirectionQuality' },
)

const KeyingUsed = OneOf(['rtp', 'sdes', 'dtls'], '`rtp` is not encrypted.')

export const LegQuality = Closed(
  {
    received: DirectionQuality,
    sent: DirectionQuality,
    codec: Type.Optional(Type.String()),
    keying: Type.Optional(KeyingUsed),
    refusedPackets: Type.Optional(
      Type.Integer({ description: 'Packets from elsewhere, without the key, changed or seen before; none if absent.' }),
    ),
  },
  { title: 'LegQuality' },
)

/** One party's part of a call. */
export const Leg = Closed(
  {
    id: Id('Made by the server.'),
    role: OneOf(['caller', 'callee'], 'Which side.'),
    party: Party,
    deviceId: Type.Optional(Id('The device.')),
    trunkId: Type.Optional(Id('The trunk.')),
    sipCallId: Type.Optional(Type.String({ description: 'SIP Call-ID, to find its messages.' })),
    remoteAddress: Type.Optional(Type.String()),
    startedAt: Time('When it began.'),
    answeredAt: Type.Optional(Time('When it was answered.')),
    endedAt: Type.Optional(Time('When it ended.')),
    termination: Type.Optional(Termination),
    quality: Type.Optional(LegQuality),
    keying: Type.Optional(KeyingUsed),
    codec: Type.Optional(Type.String()),
  },
  { title: 'Leg' },
)

/** Something about a call's network that a person should know. */
export const Trouble = Closed(
  {
    code: OneOf(
      ['sip-alg', 'no-audio-from', 'no-audio-heard', 'lossy', 'peer-lost', 'no-ack'],
      '`sip-alg`: a router rewrote messages. `no-audio-from`, `no-audio-heard`: one way or none. `peer-lost`, `no-ack`: the way to it was closed.',
    ),
    legId: Type.Optional(Id('Whose.')),
    text: Type.String({ description: 'What was seen, in words.' }),
    advice: Type.String({ description: 'What to do about it.' }),
  },
  { title: 'Trouble' },
)

/** A SIP message on the wire, credentials masked. */
export const Message = Closed(
  {
    at: Time('When it came or went.'),
    sipCallId: Type.String(),
    direction: OneOf(['in', 'out'], 'Seen from the server.'),
    protocol: Type.String(),
    local: Type.String({ description: 'Own address and port.' }),
    remote: Type.String({ description: 'Address and port of the peer.' }),
    text: Type.String(),
  },
  { title: 'Message' },
)

/** A call that goes on now. */
export const LiveCall = Closed(
  {
    ...callFields,
    connections: Type.Array(
      Closed({
        legId: Id('The leg.'),
        party: Party,
        deviceId: Type.Optional(Id('The device.')),
        state: OneOf(
          ['null', 'initiated', 'alerting', 'connected', 'hold', 'queued', 'fail'],
          'Connection state (ECMA-269 §6.1.5).',
        ),
        keying: Type.Optional(KeyingUsed),
        codec: Type.Optional(Type.String()),
        recording: Type.Optional(
          OneOf(
            ['available', 'recording', 'paused'],
            '`available`: may be recorded on demand. `paused`: it is recorded, and nothing is heard in it now.',
          ),
        ),
        interruption: Type.Optional(
          Closed(
            { since: Time('When it was heard last.'), until: Time('When the call ends if it does not come back.') },
            { description: 'While the page or the network of this browser is away.' },
          ),
        ),
        own: Type.Optional(
          Closed(
            {
              sipCallId: Type.String(),
              replaces: Type.String({
                description:
                  'Value of the Replaces header field (RFC 3891) with which a new page of this user takes the leg back.',
              }),
              instanceId: Type.Optional(Type.String({ description: '`+sip.instance` of the browser.' })),
              isReachable: Type.Boolean({ description: 'The connection over which it was made is up.' }),
            },
            { description: "Of the caller's own legs in browsers." },
          ),
        ),
      }),
    ),
  },
  { title: 'LiveCall' },
)
