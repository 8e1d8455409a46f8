/**
 * One opening of the customer's firewall, made from one or more flows: what a rule of any device is written from.
 * Deterministic: equal catalogues and profiles give equal openings in the same order.
 */
export interface Opening {
  /** Stable: made of the requirement ids and what differs. `tp-softphone-media`, `tp-softphone-media.2`. */
  readonly id: string
  readonly requirementIds: readonly string[]
  readonly title: string
  readonly lostIfMissing: string
  /** Seen from the customer's network; `inside` crosses only firewalls within it. */
  readonly direction: 'out' | 'in' | 'inside'
  readonly from: OpeningEnd
  readonly to: OpeningEnd
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  /** Destination ports, merged and rising; empty for icmp. */
  readonly ports: readonly { readonly from: number; readonly to: number }[]
  readonly carries: string
  /** Day (or month, or year) by which it must be open; absent: now. */
  readonly openBy?: string
  /** Day after which it may be closed. */
  readonly closeAfter?: string
  readonly level: 'required' | 'conditional' | 'optional'
  /** A firewall must remember a silent flow at least so long. */
  readonly idleTimeoutSeconds?: number
  /** Differentiated services code point that must survive. */
  readonly dscp?: number
  /** `forbidden`: no web proxy, or no opening of TLS, between; absent where nobody says. */
  readonly proxy?: 'forbidden' | 'allowed'
  readonly tlsInspection?: 'forbidden' | 'allowed'
}

export interface OpeningEnd {
  readonly place: string
  readonly label: string
  /** Any address: neither networks nor names are known or wanted. */
  readonly any: boolean
  /** CIDR or `first-last`. */
  readonly networks: readonly string[]
  readonly names: readonly string[]
}
