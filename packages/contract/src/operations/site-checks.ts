import Type from 'typebox'
import { TooManyRequests } from '../errors.ts'
import { Closed, OneOf, Text } from '../objects/common.ts'
import { SiteReportFile } from '../objects/site.ts'
import { Count, EchoId, Port, SiteCheck } from '../objects/site-check.ts'
import { operation } from '../operation.ts'
import {
  SiteCheckGone,
  SiteCheckLimit,
  SiteChecksBusy,
  SiteChecksOff,
  SiteCheckWithoutSite,
  SiteOfferUnusable,
  SitePortNotOpen,
} from '../site-check-errors.ts'
import { InvitationGone } from '../site-errors.ts'

const tag = 'site checks'
const access = 'anyone'
const path = '/api/v1/site/checks'

export const startSiteCheck = operation({
  id: 'startSiteCheck',
  method: 'POST',
  path,
  tag,
  summary: 'Begin to check whether a site is ready: what to try, and what it may cost',
  description:
    'Opens UDP ports of the media range for some minutes. No login; how often an address may ask is limited, and while the server is busy with calls it refuses.',
  access,
  body: Closed({
    invitation: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, pattern: '^[A-Za-z0-9_-]+$', description: "Of a site's link." }),
    ),
  }),
  status: 201,
  reply: SiteCheck,
  errors: [TooManyRequests, SiteChecksBusy, SiteChecksOff, InvitationGone],
})

const params = { checkId: EchoId }
const errors = [SiteCheckGone, TooManyRequests]

export const endSiteCheck = operation({
  id: 'endSiteCheck',
  method: 'DELETE',
  path: `${path}/{checkId}`,
  tag,
  summary: 'End a check before its time: its ports are closed',
  access,
  params,
  errors,
})

const ClosedWhy = OneOf(['outside-range', 'in-use', 'kept-closed', 'too-many'], 'Why it is not.')

export const openSiteEchoPorts = operation({
  id: 'openSiteEchoPorts',
  method: 'POST',
  path: `${path}/{checkId}/echo-ports`,
  tag,
  summary: 'Open further UDP ports of the media range for this check',
  access,
  params,
  body: Closed({
    ports: Type.Array(Port('Of the media range.'), { minItems: 1, maxItems: 64, uniqueItems: true }),
  }),
  reply: Closed(
    {
      open: Type.Array(Port('Open for this check, sample included.')),
      refused: Type.Array(Closed({ port: Port('As asked.'), why: ClosedWhy })),
    },
    { title: 'SiteEchoPorts' },
  ),
  errors: [...errors, SiteChecksBusy],
})

export const readSiteEcho = operation({
  id: 'readSiteEcho',
  method: 'GET',
  path: `${path}/{checkId}/echo`,
  tag,
  summary: 'On which ports packets of this check came, whether or not the answers did',
  description: 'Where something came and nothing came back, the way to the server is open and the way back is not.',
  access,
  params,
  reply: Closed(
    {
      heard: Type.Array(
        Closed({
          port: Port('Where they came.'),
          hellos: Count('With a right MAC.'),
          probes: Count('With a right MAC.'),
        }),
      ),
    },
    { title: 'SiteEchoHeard' },
  ),
  errors,
})

const StreamId = Text(64, 'The stream.')

export const startSiteStream = operation({
  id: 'startSiteStream',
  method: 'POST',
  path: `${path}/{checkId}/streams`,
  tag,
  summary: 'A call without a telephone: audio to exactly that UDP port, and the same audio back',
  description:
    'The answer is ICE-lite with one candidate for each address of the server, DTLS-SRTP and RTCP on the same port. Loss, jitter and round trip are in the RTCP reports of both sides.',
  access,
  params,
  body: Closed({
    port: Type.Union([Port('One of the open ports of this check.'), Type.Literal('shared')], {
      description: '`shared`: the port that calls of browsers use.',
    }),
    offer: Type.String({ minLength: 10, maxLength: 20_000, description: 'SDP of one audio stream (RFC 8829).' }),
  }),
  status: 201,
  reply: Closed(
    {
      streamId: StreamId,
      port: Port('Where it goes.'),
      answer: Type.String({ description: 'SDP.' }),
    },
    { title: 'SiteStream' },
  ),
  errors: [...errors, SiteCheckLimit, SiteChecksBusy, SitePortNotOpen, SiteOfferUnusable],
})

const Milliseconds = (description: string) => Type.Number({ minimum: 0, description })

export const readSiteStream = operation({
  id: 'readSiteStream',
  method: 'GET',
  path: `${path}/{checkId}/streams/{streamId}`,
  tag,
  summary: 'What the server measured of a stream so far',
  access,
  params: { ...params, streamId: StreamId },
  reply: Closed(
    {
      state: OneOf(
        ['waiting', 'keying', 'running', 'failed', 'ended'],
        '`waiting`: nothing of the peer has come; `keying`: its connectivity checks have; `running`: its audio too; `ended`: by itself or by its limit.',
      ),
      reason: Type.Optional(Type.String({ description: 'Of `failed`, for an engineer.' })),
      port: Port('Where it goes.'),
      heard: Type.Boolean({ description: 'A connectivity check of the peer came.' }),
      packets: Count('Audio packets that came.'),
      lost: Count('Audio packets that should have come and did not (RFC 3550 A.3).'),
      jitterMs: Milliseconds('Of what came (RFC 3550 A.8).'),
      sent: Count('Audio packets that were sent back.'),
      sentLost: Count('Of those, lost on the way, as the peer reports.'),
      sentJitterMs: Milliseconds('As the peer reports.'),
      roundTripMs: Type.Optional(Milliseconds('By RTCP. Absent: not known yet.')),
      codec: Type.Optional(Type.String({ description: 'Of the audio that came last.' })),
      tos: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 255,
          description: 'Traffic class octet of the packet that came last. Absent: not known.',
        }),
      ),
    },
    { title: 'SiteStreamFigures' },
  ),
  errors,
})

export const endSiteStream = operation({
  id: 'endSiteStream',
  method: 'DELETE',
  path: `${path}/{checkId}/streams/{streamId}`,
  tag,
  summary: 'End a stream',
  access,
  params: { ...params, streamId: StreamId },
  errors,
})

export const keepSiteCheckReport = operation({
  id: 'keepSiteCheckReport',
  method: 'POST',
  path: `${path}/{checkId}/report`,
  tag,
  summary: 'Keep the finished report at the site of whose link this check was begun with',
  access,
  params,
  body: SiteReportFile,
  bodyLimitBytes: 2_000_000,
  status: 201,
  reply: Closed({ reportId: Text(64, 'The report.') }, { title: 'KeptSiteReport' }),
  errors: [...errors, SiteCheckWithoutSite],
})
