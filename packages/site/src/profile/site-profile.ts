export const profileFormat = 'vaxel-site-profile/1'

/** Stands for the requirement of something that expires and that no requirement names: the site's own. */
export const ownSecret = 'own'

/** How people reach the service; what a catalogue's conditions call `people.<kind>`. */
export const clientKinds = [
  'softphone',
  'webSoftphone',
  'deskPhone',
  'integrated',
  'mobile',
  'attendant',
  'ctiOnly',
  'adapter',
] as const
export type ClientKind = (typeof clientKinds)[number]

/** What a plan is made from: the site's people, options, connection and addresses. Every field that may be left out has a stated default. */
export interface SiteProfile {
  readonly format: typeof profileFormat
  readonly name: string
  /** Catalogue id: whose service the site will use. */
  readonly system: string
  /** Version of the catalogue; absent: the newest. */
  readonly version?: string
  /** "Normal" users by their kind of client; `integrated` speak through another system (Teams, Skype for Business), `adapter` counts analogue lines. */
  readonly people: Readonly<Partial<Record<ClientKind, number>>>
  /** Of the normal users, in an external call at the busiest moment: 0 to 1; 0.2 if absent. */
  readonly shareInCall?: number
  readonly agents?: {
    /** Most that are logged on at once. */
    readonly loggedOn: number
    readonly client: ClientKind
  }
  /** Values of the catalogue's options by id. */
  readonly options?: Readonly<Record<string, boolean | number | string>>
  readonly connection: 'internet' | 'private-network'
  /** Web proxy of the site; `none` if absent. */
  readonly proxy?: 'none' | 'bypassed' | 'forced'
  readonly networks?: {
    /** The site's own networks as CIDR. Absent: any inside address. */
    readonly inside?: readonly string[]
    readonly segments?: readonly { readonly name: string; readonly network: string }[]
    /** Addresses of the customer's servers by the catalogue's place names: `exchange-server`. */
    readonly places?: Readonly<Record<string, readonly string[]>>
    /** Firewall: one that remembers connections. `true` if absent. */
    readonly stateful?: boolean
  }
  readonly voice?: {
    /** `g711` if absent. */
    readonly codec?: 'g711' | 'g722' | 'opus' | 'g729'
    /** 20 if absent. */
    readonly packetMs?: 10 | 20 | 30 | 40 | 60
    /** Encrypted; `true` if absent. */
    readonly srtp?: boolean
    /** 4 if absent. */
    readonly ipVersion?: 4 | 6
    /** Ethernet frames carry a VLAN tag; `false` if absent. */
    readonly vlan?: boolean
    /** Of the connection, the slower direction; to say whether the plan fits. */
    readonly connectionMbps?: number
  }
  readonly traffic?: {
    /** Calls in the busiest hour that come in from outside to everybody, and go out. */
    readonly externalCallsPerHour?: number
    readonly averageCallSeconds?: number
    /** Calls that may find every line busy: 0.01 if absent. */
    readonly blocking?: number
    /** Calls in the busiest hour to the agents. */
    readonly agentCallsPerHour?: number
    /** With wrap-up. */
    readonly averageHandlingSeconds?: number
    /** 0.8 within 20 s if absent. */
    readonly serviceLevel?: { readonly share: number; readonly withinSeconds: number }
  }
  /** What expires, as far as it is known: the calendar warns of it. */
  readonly secrets?: readonly {
    /** Id of the requirement, or {@link ownSecret}. */
    readonly requirement: string
    readonly subject: string
    /** Day. */
    readonly notAfter: string
    /** Mail address of who is warned. */
    readonly owner: string
  }[]
}
