import type { Condition } from './condition.ts'

/** A day `2026-03-15`, or as precise as the source is: `2026-03` or `2026`. */
export type SourceDate = string

/** When a requirement, or one address or port of it, comes and goes. Absent: it stands. */
export interface Window {
  readonly announced?: SourceDate
  /** From then on it is used. Open before. */
  readonly effective?: SourceDate
  /** From then on it is not used. Close after. */
  readonly retired?: SourceDate
}

/** Where a requirement stands. */
export interface Provenance {
  /** Id of one of the catalogue's documents. */
  readonly document: string
  readonly version: string
  /** Number or, where sections have none, heading: `6.2`, `Bande passante`. */
  readonly section: string
  /** What that section says otherwise than another, in few words of our own; only where sections disagree. */
  readonly says?: string
}

/** Parts of a network that a flow goes between, by role; a profile and the catalogue give them addresses. */
export type PlaceName = string

export interface Address {
  /** CIDR network `81.228.2.192/27`, one address, or `first-last`. */
  readonly network?: string
  /** Host name; `*.example.com` stands for every name under it. */
  readonly name?: string
  readonly window?: Window
}

export interface FlowEnd {
  readonly place: PlaceName
  /** Empty: the addresses of the place (profile or catalogue); none known: any. */
  readonly addresses?: readonly Address[]
}

export interface Ports {
  readonly from: number
  /** Included. */
  readonly to: number
  readonly window?: Window
}

/** Traffic that has to get through, seen from who begins it; answers belong to it. */
export interface FlowBody {
  readonly kind: 'flow'
  readonly from: FlowEnd
  readonly to: FlowEnd
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  /** Destination ports; empty only for icmp. */
  readonly ports: readonly Ports[]
  /** Application protocol, in capitals as people say it: HTTPS, SIPS, SRTP, NTP. */
  readonly carries: string
  /** Both ends begin: a second rule the other way. */
  readonly bothWays?: boolean
  readonly idleTimeoutSeconds?: number
  /** Differentiated services code point, 0 to 63 (RFC 4594, RFC 8837). */
  readonly dscp?: number
  /** A web proxy between. */
  readonly proxy?: 'forbidden' | 'allowed'
  readonly tlsInspection?: 'forbidden' | 'allowed'
}

export interface DnsBody {
  readonly kind: 'dns'
  readonly names: readonly string[]
  /** `resolve`: the site's machines look these up. `publish`: the customer's own zone must hold them. */
  readonly duty: 'resolve' | 'publish'
  readonly records: readonly ('A' | 'AAAA' | 'SRV' | 'TXT' | 'MX' | 'CNAME')[]
  /** Names below them too. */
  readonly subdomains?: boolean
}

export interface TlsBody {
  readonly kind: 'tls'
  /** Whose certificate or TLS stack is meant. */
  readonly of: PlaceName
  readonly versions?: readonly ('1.0' | '1.1' | '1.2' | '1.3')[]
  readonly issuer?: 'public' | 'private' | 'either'
  readonly wildcard?: 'allowed' | 'forbidden'
  readonly extendedKeyUsages?: readonly ('serverAuth' | 'clientAuth')[]
  readonly names?: readonly string[]
  /** TCP port where the certificate is shown. */
  readonly port?: number
  /** Roots and revocation lists are renewed by themselves. */
  readonly automaticRenewal?: boolean
  readonly note?: string
}

/** The layer at which a bandwidth figure counts; without it two right figures look like a contradiction. */
export type Layer = 'payload' | 'ip' | 'ethernet' | 'wire' | 'not stated'

export interface BandwidthBody {
  readonly kind: 'bandwidth'
  readonly per: 'concurrent-call' | 'user' | 'agent-session' | 'event'
  /** What it is needed for. */
  readonly use: string
  /** One way, 1 kbit/s = 1,000 bit/s. */
  readonly kbps?: number
  /** For what comes once at an event. */
  readonly bytes?: number
  readonly layer: Layer
  readonly between: readonly [PlaceName, PlaceName]
  /** Kinds of client (`softphone`, `deskPhone`) whose calls or users count; absent: all that meet the condition. */
  readonly people?: readonly string[]
  /** The document's own sum does not count it, although it asks for it. */
  readonly leftOutOfDocumentsSum?: boolean
}

export type Metric = 'one-way-delay' | 'round-trip-time' | 'jitter' | 'packet-loss' | 'latency'

/** A limit of quality on one segment of the path. */
export interface QualityBody {
  readonly kind: 'quality'
  readonly metric: Metric
  readonly operator: '<' | '<='
  readonly value: number
  readonly unit: 'ms' | '%'
  readonly segment: readonly [PlaceName, PlaceName]
  readonly percentile?: number | 'average'
  readonly windowSeconds?: number
}

export interface LanBody {
  readonly kind: 'lan'
  readonly topic: 'ethernet' | 'wireless' | 'addressing' | 'nat' | 'firewall' | 'proxy' | 'routing' | 'vpn' | 'wan'
  readonly rule: string
  /** Networks that the rule is about: those to route, or to allow. */
  readonly addresses?: readonly Address[]
  readonly minimumMbps?: number
  readonly duplex?: 'full'
}

/** A program: browser, operating system, client, framework, server. */
export interface SoftwareBody {
  readonly kind: 'software'
  readonly category: 'browser' | 'operating-system' | 'client' | 'framework' | 'server' | 'setting'
  /** Who or what needs it. */
  readonly for: string
  /** One of these is enough, unless `every`. */
  readonly products: readonly Product[]
  readonly every?: boolean
}

export interface Product {
  readonly name: string
  /** First version that is enough, as the maker writes it. */
  readonly minimum?: string
  readonly maximum?: string
  /** Exactly these. */
  readonly versions?: readonly string[]
  /** The n latest releases. */
  readonly latest?: number
  readonly limitation?: string
  /** Versions known to fail, and how. */
  readonly bad?: readonly { readonly version: string; readonly fault: string }[]
}

export interface HardwareBody {
  readonly kind: 'hardware'
  readonly of: 'pc' | 'server' | 'phone' | 'headset' | 'screen' | 'adapter' | 'mobile'
  readonly memoryGb?: number
  readonly memoryMbPerUser?: number
  readonly diskGb?: number
  readonly processor?: string
  readonly screenPixels?: readonly [number, number]
  readonly makes?: readonly string[]
  readonly rule?: string
}

/** A telephone or adapter and its firmware. */
export interface FirmwareBody {
  readonly kind: 'firmware'
  readonly maker: string
  readonly models: readonly string[]
  readonly minimum?: string
  readonly bad?: readonly { readonly version: string; readonly fault: string }[]
  readonly protocols?: readonly string[]
  readonly rule?: string
}

/** A telephone exchange and the link to it. */
export interface PbxBody {
  readonly kind: 'pbx'
  readonly maker: string
  readonly models: readonly string[]
  readonly minimum?: string
  readonly link: readonly string[]
  readonly needs?: readonly string[]
}

export interface LicenceBody {
  readonly kind: 'licence'
  /** What one may then do. */
  readonly for: string
  /** Each inner list is one way to be licensed; all of its names are needed. */
  readonly anyOf: readonly (readonly string[])[]
  readonly per: 'user' | 'agent' | 'device' | 'channel' | 'site'
  /** Clients that may run beside, and those that may not. */
  readonly with?: readonly string[]
  readonly notWith?: readonly string[]
  /** Fact that tells how many: `people.softphone`, `option.mediaChannels`; absent: by `per`, where that is known. */
  readonly fact?: string
}

/** Something that expires, or that must not. */
export interface SecretBody {
  readonly kind: 'secret'
  readonly type: 'client-secret' | 'consent' | 'certificate' | 'account' | 'app-registration'
  readonly subject: string
  readonly longestLifetimeDays?: number
  /** Days before the end by which the other side must have the new one. */
  readonly leadDays?: number
  readonly mayExpire: boolean
  readonly owner: 'customer' | 'provider'
}

/** A table or ratio that turns people into machines. */
export interface SizingBody {
  readonly kind: 'sizing'
  readonly what: string
  /** One for each so many, rounded up. */
  readonly onePer?: {
    readonly count: number
    readonly of: string
    /** The fact that `of` means: `people.total`. */
    readonly fact?: string
  }
  /** Rows by rising limits; the first whose every limit is enough counts. */
  readonly table?: {
    readonly limits: readonly string[]
    /** The fact that each limit compares: `people.total`, `traffic.callsPerHour`. */
    readonly facts?: readonly string[]
    readonly results: readonly string[]
    readonly rows: readonly { readonly upTo: readonly number[]; readonly gives: readonly (string | number)[] }[]
    /** Of each result, what is delivered without being ordered. */
    readonly delivered?: readonly number[]
    /** The result is a count of rows by which the table of that requirement is read further down. */
    readonly movesRowOf?: string
  }
  readonly rule?: string
}

export interface LimitBody {
  readonly kind: 'limit'
  readonly what: string
  readonly most: number
  readonly per: string
  /** The fact that is limited, where a site's answers tell it. */
  readonly fact?: string
}

export interface UnsupportedBody {
  readonly kind: 'unsupported'
  readonly what: string
  /** Works, but nobody answers for it. */
  readonly asIs?: boolean
}

/** What people have to do or arrange: mailboxes, accounts, phone number formats, files. */
export interface DutyBody {
  readonly kind: 'duty'
  readonly what: string
  /** When, or how often. */
  readonly when?: string
}

export type RequirementBody =
  | FlowBody
  | DnsBody
  | TlsBody
  | BandwidthBody
  | QualityBody
  | LanBody
  | SoftwareBody
  | HardwareBody
  | FirmwareBody
  | PbxBody
  | LicenceBody
  | SecretBody
  | SizingBody
  | LimitBody
  | UnsupportedBody
  | DutyBody

export type RequirementKind = RequirementBody['kind']

/** Checks that a page or a probe can make; a requirement names those that prove it. */
export type CheckName =
  | 'dns'
  | 'srv'
  | 'tcp'
  | 'tls'
  | 'udp-media'
  | 'stun'
  | 'turn'
  | 'web-socket'
  | 'nat'
  | 'sip-alg'
  | 'dscp'
  | 'path-mtu'
  | 'ntp'
  | 'stream-quality'
  | 'several-calls'
  | 'browser'
  | 'devices'

export interface Requirement {
  /** Never changes its meaning and is never used again: `tp-softphone-media`. */
  readonly id: string
  readonly title: string
  readonly level: 'required' | 'conditional' | 'optional'
  readonly appliesWhen: Condition
  /** What people lose without it, in their words. */
  readonly lostIfMissing: string
  readonly responsible: 'customer' | 'provider' | 'both'
  readonly window?: Window
  readonly provenance: readonly Provenance[]
  /** Ids of requirements that say otherwise; both are kept. */
  readonly conflictsWith?: readonly string[]
  /** Why that is a contradiction, and how a plan treats it. */
  readonly conflict?: string
  /** Empty: nothing can prove it from inside the site; then `unverifiable` says why. */
  readonly checks: readonly CheckName[]
  readonly unverifiable?: string
  readonly body: RequirementBody
}

export type RequirementOf<K extends RequirementKind> = Requirement & {
  readonly body: Extract<RequirementBody, { kind: K }>
}
