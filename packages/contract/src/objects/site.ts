import type { Catalogue, SiteProfile, SiteReport } from '@vaxel/site'
import Type from 'typebox'
import { Closed, Id, OneOf, Text, Time } from './common.ts'

/** Version of a catalogue. */
export const CatalogueVersion = (description: string) =>
  Type.String({ pattern: '^[0-9]{10}$', description: `${description} \`YYYYMMDDNN\`.` })

/**
 * A file of one of the formats of site readiness. Its schema stands at `/api/v1/site/schemas/…`; the server reads it with
 * the same reader as the command line, which tells every mistake with its place.
 */
const FileOf = <T>(title: string, schema: string, description: string) =>
  Type.Unsafe<T>({
    type: 'object',
    title,
    'x-file-schema': `/api/v1/site/schemas/${schema}`,
    description: `${description} Schema: \`/api/v1/site/schemas/${schema}\`.`,
  })

export const SiteCatalogue = FileOf<Catalogue>(
  'SiteCatalogue',
  'catalogue',
  'Everything that a service asks of a site.',
)
export const SiteProfileFile = FileOf<SiteProfile>(
  'SiteProfile',
  'profile',
  'People, options and connection of a site.',
)
export const SiteReportFile = FileOf<SiteReport>('SiteReport', 'report', 'What a page or a probe found at a site.')

export const siteLanguages = ['en', 'sv', 'fr'] as const

export const SiteLanguage = OneOf(siteLanguages, 'Of the sentences; English by default.')

export const CatalogueEntry = Closed(
  {
    id: Id('The same for every version.'),
    title: Type.String(),
    provider: Type.String(),
    language: Type.String({ description: 'Of its texts.' }),
    source: OneOf(
      ['vaxel', 'delivered', 'published'],
      "`vaxel`: this platform's own, made from its running configuration. `delivered`: comes with the program.",
    ),
    versions: Type.Array(
      Closed({
        version: CatalogueVersion('Rising.'),
        publishedAt: Type.String({ description: 'Day.' }),
        requirements: Type.Integer({ description: 'How many.' }),
      }),
      { description: 'Oldest first.' },
    ),
  },
  { title: 'CatalogueEntry' },
)

const Judgement = Closed(
  {
    verdict: OneOf(['ready', 'ready-with-limits', 'not-ready', 'not-proven'], 'What it comes to.'),
    coverage: Closed({
      required: Type.Integer({ description: 'Requirements that must be met and can be proven from inside a site.' }),
      proven: Type.Integer(),
      cannotBeProvenHere: Type.Integer({ description: 'That no page and no probe can prove.' }),
    }),
    losses: Type.Array(
      Closed({
        requirementId: Type.String(),
        title: Type.String(),
        lost: Type.String({ description: 'What people lose.' }),
        outcome: OneOf(['fail', 'limit', 'inconclusive', 'not-tested', 'stale'], 'How the evidence stands.'),
        who: OneOf(
          ['customer-firewall', 'customer-network', 'internet-provider', 'service', 'endpoint', 'unknown'],
          'Who has to act.',
        ),
        segments: Type.Array(Type.String()),
      }),
      { description: 'Worst first.' },
    ),
  },
  { title: 'SiteJudgement' },
)

export const CivicAddress = Closed(
  {
    country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1, two capitals: `SE`.' }),
    region: Type.Optional(Text(100, "State, county or province, as the country's emergency centres call it.")),
    city: Text(100, 'Town or village.'),
    street: Text(100, 'Without the number of the house.'),
    houseNumber: Type.Optional(Text(20, 'With its letter: `12 B`.')),
    postalCode: Type.Optional(Text(20, 'As it is written in the country.')),
    building: Type.Optional(Text(100, 'Where the address has several.')),
  },
  { title: 'CivicAddress', description: 'Where a house is.' },
)

export const Site = Closed(
  {
    id: Id('The site.'),
    name: Text(200, 'As people call it.'),
    profile: SiteProfileFile,
    reachedFrom: Type.Array(Type.String(), { description: 'Public addresses and networks (CIDR) of the site.' }),
    owners: Type.Array(Id('A user.'), { description: 'Who is told of what expires and of new reports.' }),
    address: Type.Optional(CivicAddress),
    changedAt: Time('When it was changed last.'),
  },
  { title: 'Site' },
)

export const SiteWish = Closed(
  {
    name: Text(200, 'As people call it.'),
    profile: SiteProfileFile,
    reachedFrom: Type.Optional(
      Type.Array(Type.String({ maxLength: 90 }), {
        maxItems: 100,
        description: 'Public addresses and networks (CIDR) of the site; real calls are known by them.',
      }),
    ),
    owners: Type.Optional(
      Type.Array(Id('A user of the company.'), {
        maxItems: 20,
        description: 'Who is told of what expires and of new reports; you, if it is left out.',
      }),
    ),
    address: Type.Optional(
      Type.Union([CivicAddress, Type.Null()], {
        description: 'Where the house is, for emergency calls. Left out: it stays as it is. `null`: none.',
      }),
    ),
  },
  { title: 'SiteWish' },
)

export const SiteReportEntry = Closed(
  {
    id: Id('The report.'),
    receivedAt: Time('When it came.'),
    endedAt: Time('When its last check ended, as the machine at the site says.'),
    tool: OneOf(['verify-page', 'probe'], 'What made it.'),
    on: Type.String({ description: 'Browser or machine.' }),
    catalogue: Closed({ id: Type.String(), version: Type.String() }),
    segments: Type.Array(Type.String()),
    address: Type.Optional(Type.String({ description: 'It came from there.' })),
    judgement: Judgement,
  },
  { title: 'SiteReportEntry' },
)

const Spread = Closed({
  half: Type.Number({ description: 'Half of the legs were at most (MOS: at least) this.' }),
  mostOf: Type.Number({ description: '95 in 100 were at most (MOS: at least) this.' }),
})

/** What is known of a site today. */
export const SitePassport = Closed(
  {
    siteId: Id('The site.'),
    catalogue: Closed({ id: Type.String(), version: Type.String() }),
    judgement: Judgement,
    segments: Type.Array(Type.String()),
    changedSince: Type.Array(Type.String(), {
      description: 'Requirements that changed since they were proven: verify them again.',
    }),
    verifyAgainBy: Type.Optional(Time('When the oldest evidence stops counting.')),
    reports: Type.Array(SiteReportEntry, { description: 'Latest first.' }),
    calls: Type.Optional(
      Closed(
        {
          legs: Type.Integer({ description: 'How many connections of real calls of the last 30 days.' }),
          packetLossUp: Spread,
          packetLossDown: Spread,
          jitterUp: Spread,
          jitterDown: Spread,
          roundTrip: Type.Optional(Spread),
          mos: Type.Optional(Spread),
        },
        {
          description:
            'From the addresses of the site. Absent: too few to say anything. Loss in per cent, times in ms.',
        },
      ),
    ),
    expiring: Type.Array(
      Closed({
        requirement: Type.String(),
        subject: Type.String(),
        notAfter: Type.String({ description: 'Day.' }),
        owner: Type.String({ description: 'Mail address.' }),
        daysLeft: Type.Integer({ description: 'Below zero: ended.' }),
      }),
      { description: 'What ends within 60 days, or has ended.' },
    ),
  },
  { title: 'SitePassport' },
)

export const SiteInvitation = Closed(
  {
    id: Id('The link.'),
    createdBy: Id('The user who made it.'),
    createdAt: Time('When.'),
    expiresAt: Time('Until when it works.'),
  },
  { title: 'SiteInvitation' },
)
