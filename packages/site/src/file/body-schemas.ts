import Type from 'typebox'
import {
  Amount,
  Closed,
  Count,
  FactName,
  Flag,
  Id,
  Line,
  List,
  Maybe,
  OneOf,
  Port,
  Some,
  SourceDate,
} from './shapes.ts'

const Place = Id('Name of one of the places of the catalogue.')
const Segment = (description: string) => Type.Tuple([Place, Place], { description })
const Kind = <const K extends string>(kind: K) => Type.Literal(kind)
const Names = (description: string) => List(Line('Name.'), description)

export const WindowSchema = Closed(
  {
    announced: Maybe(SourceDate('When it was made known.')),
    effective: Maybe(SourceDate('From then on it is used: open before.')),
    retired: Maybe(SourceDate('From then on it is not used: close after.')),
  },
  { description: 'When it comes and goes. Absent: it stands.' },
)

export const AddressSchema = Closed(
  {
    network: Maybe(Line('CIDR network, one address, or `first-last`.', 100)),
    name: Maybe(Line('Host name; `*.example.com` stands for every name under it.', 253)),
    window: Maybe(WindowSchema),
  },
  { description: 'A network or a name, one of the two.' },
)

const FlowEnd = Closed({
  place: Place,
  addresses: Maybe(List(AddressSchema, 'Other than those of the place.')),
})

const Ports = Closed({
  from: Port('First port.'),
  to: Port('Last port, included.'),
  window: Maybe(WindowSchema),
})

const Bad = List(
  Closed({ version: Line('As the maker writes it.', 100), fault: Line('How it fails.', 500) }),
  'Versions known to fail.',
)

const Product = Closed({
  name: Line('Name of the product.'),
  minimum: Maybe(Line('First version that is enough, as the maker writes it.', 100)),
  maximum: Maybe(Line('Last version that works.', 100)),
  versions: Maybe(List(Line('Version.', 100), 'Exactly these.')),
  latest: Maybe(Count('The so many latest releases.', 100)),
  limitation: Maybe(Line('What does not work with it.', 500)),
  bad: Maybe(Bad),
})

/** The schema of each kind of requirement's body. */
export const bodySchemas = {
  flow: Closed({
    kind: Kind('flow'),
    from: FlowEnd,
    to: FlowEnd,
    protocol: OneOf(['tcp', 'udp', 'icmp'], 'Protocol over IP.'),
    ports: List(Ports, 'Destination ports; empty only for icmp.'),
    carries: Line('Application protocol as people say it: HTTPS, SIPS, SRTP, NTP.', 100),
    bothWays: Maybe(Flag('Both ends begin: a second rule the other way.')),
    idleTimeoutSeconds: Maybe(Count('A firewall must remember a silent flow so long.', 1e7)),
    dscp: Maybe(Type.Integer({ minimum: 0, maximum: 63, description: 'Differentiated services code point.' })),
    proxy: Maybe(OneOf(['forbidden', 'allowed'], 'A web proxy between.')),
    tlsInspection: Maybe(OneOf(['forbidden', 'allowed'], 'A firewall that opens TLS between.')),
  }),
  dns: Closed({
    kind: Kind('dns'),
    names: List(Line('Host name or zone.', 253), 'Names; empty where each customer has others.'),
    duty: OneOf(['resolve', 'publish'], 'The site looks them up, or the customer publishes them.'),
    records: List(OneOf(['A', 'AAAA', 'SRV', 'TXT', 'MX', 'CNAME'], 'Type of record.'), 'Types of records.', 20),
    subdomains: Maybe(Flag('Names below them too.')),
  }),
  tls: Closed({
    kind: Kind('tls'),
    of: Place,
    versions: Maybe(List(OneOf(['1.0', '1.1', '1.2', '1.3'], 'Version of TLS.'), 'Versions that are spoken.', 4)),
    issuer: Maybe(OneOf(['public', 'private', 'either'], 'Who signs the certificate.')),
    wildcard: Maybe(OneOf(['allowed', 'forbidden'], 'A certificate for `*.example.com`.')),
    extendedKeyUsages: Maybe(List(OneOf(['serverAuth', 'clientAuth'], 'Usage.'), 'Usages it must have.', 2)),
    names: Maybe(Names('Names that it must hold.')),
    port: Maybe(Port('TCP port where it is shown.')),
    automaticRenewal: Maybe(Flag('Roots and revocation lists are renewed by themselves.')),
    note: Maybe(Line('What else.', 1000)),
  }),
  bandwidth: Closed({
    kind: Kind('bandwidth'),
    per: OneOf(['concurrent-call', 'user', 'agent-session', 'event'], 'What it is multiplied by.'),
    use: Line('What it is needed for.'),
    kbps: Maybe(Amount('One way, 1 kbit/s = 1,000 bit/s.', 1e9)),
    bytes: Maybe(Amount('For what comes once at an event.')),
    layer: OneOf(['payload', 'ip', 'ethernet', 'wire', 'not stated'], 'The layer at which the figure counts.'),
    between: Segment('The two places.'),
    people: Maybe(
      List(Line('Kind of client.', 60), 'Whose calls or users count; absent: all that meet the condition.'),
    ),
    leftOutOfDocumentsSum: Maybe(Flag("The document's own sum does not count it, although it asks for it.")),
  }),
  quality: Closed({
    kind: Kind('quality'),
    metric: OneOf(['one-way-delay', 'round-trip-time', 'jitter', 'packet-loss', 'latency'], 'What is limited.'),
    operator: OneOf(['<', '<='], 'How the measured value compares.'),
    value: Amount('The limit.', 1e6),
    unit: OneOf(['ms', '%'], 'Unit of the limit.'),
    segment: Segment('The part of the path.'),
    percentile: Maybe(
      Type.Union([Type.Number({ minimum: 0, maximum: 100 }), Type.Literal('average')], {
        description: 'Of the samples, from 0 to 100, or `average`.',
      }),
    ),
    windowSeconds: Maybe(Amount('Measured over so long.', 1e7)),
  }),
  lan: Closed({
    kind: Kind('lan'),
    topic: OneOf(
      ['ethernet', 'wireless', 'addressing', 'nat', 'firewall', 'proxy', 'routing', 'vpn', 'wan'],
      'What it is about.',
    ),
    rule: Line('What holds.', 2000),
    minimumMbps: Maybe(Amount('Least speed.', 1e7)),
    duplex: Maybe(Type.Literal('full')),
    addresses: Maybe(List(AddressSchema, 'Networks that the rule is about.')),
  }),
  software: Closed({
    kind: Kind('software'),
    category: OneOf(['browser', 'operating-system', 'client', 'framework', 'server', 'setting'], 'What sort.'),
    for: Line('Who or what needs it.'),
    products: Some(Product, 'One of these is enough, unless `every`.'),
    every: Maybe(Flag('All of the products are needed.')),
  }),
  hardware: Closed({
    kind: Kind('hardware'),
    of: OneOf(['pc', 'server', 'phone', 'headset', 'screen', 'adapter', 'mobile'], 'What sort.'),
    memoryGb: Maybe(Amount('Memory, GB.', 1e6)),
    memoryMbPerUser: Maybe(Amount('Memory for each user, MB.', 1e6)),
    diskGb: Maybe(Amount('Free space on disk, GB.', 1e7)),
    processor: Maybe(Line('Processor.')),
    screenPixels: Maybe(
      Type.Tuple([Type.Integer({ minimum: 1, maximum: 100_000 }), Type.Integer({ minimum: 1, maximum: 100_000 })], {
        description: 'Width and height.',
      }),
    ),
    makes: Maybe(Names('Makes that are known to work.')),
    rule: Maybe(Line('What else.', 2000)),
  }),
  firmware: Closed({
    kind: Kind('firmware'),
    maker: Line('Maker.'),
    models: List(Line('Model.', 100), 'Models.'),
    minimum: Maybe(Line('First version that is enough.', 100)),
    bad: Maybe(Bad),
    protocols: Maybe(Names('Protocols it must speak.')),
    rule: Maybe(Line('What else.', 2000)),
  }),
  pbx: Closed({
    kind: Kind('pbx'),
    maker: Line('Maker.'),
    models: Some(Line('Model.', 100), 'Models.'),
    minimum: Maybe(Line('First version that is enough.', 100)),
    link: Some(Line('Protocol.', 100), 'How it is connected.'),
    needs: Maybe(Names('Cards, keys and licences of the exchange.')),
  }),
  licence: Closed({
    kind: Kind('licence'),
    for: Line('What one may then do.'),
    anyOf: Some(Some(Line('Licence.', 100), 'All of these.', 50), 'Each list is one way to be licensed.', 50),
    per: OneOf(['user', 'agent', 'device', 'channel', 'site'], 'How they are counted.'),
    with: Maybe(Names('Clients that may run beside.')),
    notWith: Maybe(Names('Clients and functions that may not.')),
    fact: Maybe(FactName('Tells how many; absent: by `per`, where that is known.')),
  }),
  secret: Closed({
    kind: Kind('secret'),
    type: OneOf(['client-secret', 'consent', 'certificate', 'account', 'app-registration'], 'What sort.'),
    subject: Line('What it is for.'),
    longestLifetimeDays: Maybe(Count('Longest life, days.', 100_000)),
    leadDays: Maybe(Count('Days before the end by which the other side has the new one.', 100_000)),
    mayExpire: Flag('Whether it may expire.'),
    owner: OneOf(['customer', 'provider'], 'Who renews it.'),
  }),
  sizing: Closed({
    kind: Kind('sizing'),
    what: Line('What is counted.'),
    onePer: Maybe(
      Closed({
        count: Type.Integer({ minimum: 1, maximum: 10_000_000, description: 'One for each so many, rounded up.' }),
        of: Line('Of what.'),
        fact: Maybe(FactName('The fact that `of` means.')),
      }),
    ),
    table: Maybe(
      Closed({
        limits: Some(Line('What a limit counts.'), 'Heads of the limits.', 20),
        facts: Maybe(Some(FactName('The fact that this limit compares.'), 'One for each head of a limit.', 20)),
        results: Some(Line('What a row gives.'), 'Heads of the results.', 20),
        rows: Some(
          Closed({
            upTo: List(Amount('Limit.'), 'One for each head.', 20),
            gives: List(
              Type.Union([Line('Text.', 500), Type.Number({ minimum: -1e12, maximum: 1e12 })]),
              'One for each result.',
              20,
            ),
          }),
          'Rising; the first whose every limit is enough counts.',
        ),
        delivered: Maybe(Some(Amount('Delivered without being ordered.'), 'One for each result.', 20)),
        movesRowOf: Maybe(Id('Id of the requirement whose table is read so many rows further down.')),
      }),
    ),
    rule: Maybe(Line('How the table is read, or what else.', 2000)),
  }),
  limit: Closed({
    kind: Kind('limit'),
    what: Line('What is limited.'),
    most: Amount('The most.'),
    per: Line('In or for what.'),
    fact: Maybe(FactName("The fact that is limited, where a site's answers tell it.")),
  }),
  unsupported: Closed({
    kind: Kind('unsupported'),
    what: Line('What does not work.', 1000),
    asIs: Maybe(Flag('Works, but nobody answers for it.')),
  }),
  duty: Closed({
    kind: Kind('duty'),
    what: Line('What people have to do.', 2000),
    when: Maybe(Line('When, or how often.')),
  }),
} as const
