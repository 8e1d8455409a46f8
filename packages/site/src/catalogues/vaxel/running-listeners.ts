/** Listeners that are there only where somebody has set their ports. */
export type OptionalListenerName = 'ftps' | 'ftpsImplicit' | 'ftpsPassive'

/** Names of what the server listens on. A new one does not compile until listener-flows says who needs it. */
export type ListenerName = 'http' | 'https' | 'sip' | 'sips' | 'stun' | 'media' | 'mediaRange' | OptionalListenerName

interface PortRange {
  readonly from: number
  readonly to: number
}

/** What a running server listens on and connects to, as plain data. No names or addresses of customers and carriers: the catalogue is read without login. */
export interface RunningListeners {
  /** Ports by name; of the range both ends, included. */
  readonly ports: Readonly<
    Record<Exclude<ListenerName, OptionalListenerName>, PortRange> & Partial<Record<OptionalListenerName, PortRange>>
  >
  /** Names and addresses by which it is reached from outside; empty where only local ones are known. */
  readonly reachedBy: readonly string[]
  /** Who signed the certificate of web and SIP. */
  readonly certificate: 'own' | 'uploaded' | 'acme'
  /** Host of the authority that certificates are ordered from, when they are. */
  readonly certificateAuthority?: string
  /** How carriers are reached, each way once; their addresses belong to the operator. */
  readonly trunks: readonly { readonly protocol: 'udp' | 'tcp' | 'tls'; readonly port: number }[]
  /** Port of the mail server that takes what the platform sends; absent: it sends none. */
  readonly mailPort?: number
  /** Port of the database server; absent: the database is a file. */
  readonly databasePort?: number
  /** Calls at once before new ones are refused. */
  readonly mostCalls: number
}

/** Which setting each port comes from, as the reference of the configuration calls it. */
export const settingOfListener: Readonly<Record<ListenerName, string>> = {
  http: 'VAXEL_HTTP_PORT',
  https: 'VAXEL_HTTPS_PORT',
  sip: 'VAXEL_SIP_PORT',
  sips: 'VAXEL_SIPS_PORT',
  stun: 'VAXEL_STUN_PORT',
  media: 'VAXEL_MEDIA_PORT',
  mediaRange: 'VAXEL_MEDIA_PORTS',
  ftps: 'VAXEL_FTPS_PORT',
  ftpsImplicit: 'VAXEL_FTPS_IMPLICIT_PORT',
  ftpsPassive: 'VAXEL_FTPS_PASSIVE_PORTS',
}
