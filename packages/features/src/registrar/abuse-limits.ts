/** How much one source may ask, and how often it or anyone may be wrong about a SIP password. Wrong answers are forgiven one by one. */
export interface AbuseLimits {
  /** Requests outside dialogs from one source (an IPv4 address, or an IPv6 /64) each second, for long. */
  readonly requestsPerSecond: number
  /** As many at once, e.g. when the phones behind one NAT come back after a power cut. */
  readonly requestsBurst: number
  /** Requests outside dialogs but REGISTER, rightly authenticated, from one device each second, for long. Emergency calls pass. */
  readonly deviceRequestsPerSecond: number
  /** As many at once. */
  readonly deviceRequestsBurst: number
  /** 1: rates and proportion hold for loopback addresses too, where proxies of our own and load generators are. Lock-outs always do. */
  readonly loopbackLimited: number
  /** Sources, and accounts, that are remembered; beyond it the one that was quiet longest is forgotten. */
  readonly suspectsRemembered: number
  /** Pairs of source and account that gave the right password, and that no attack by others locks out. */
  readonly trustedRemembered: number
  /** For so long after a right answer. */
  readonly trustedMs: number
  /** Wrong answers of such a pair until it is treated as everybody else is. */
  readonly trustedWrong: number
  /** After so long one wrong answer is forgiven: a phone with an old password tries again less often. */
  readonly forgiveMs: number
  /** Wrong answers of one source until it is slowed. */
  readonly sourceSlowedAfter: number
  /** Wrong answers of one source until it is locked out. */
  readonly sourceLockedAfter: number
  /** Between two answers of a slowed source that are looked at. */
  readonly sourceSlowedMs: number
  /** The first lock-out of a source; each further one is twice as long. */
  readonly sourceLockedMs: number
  /** At most. */
  readonly sourceLockedMostMs: number
  /** The same for one account, from all sources together. */
  readonly accountSlowedAfter: number
  /** The same for one account: more, as it keeps a real phone from registering at a new place. */
  readonly accountLockedAfter: number
  /** The same for one account. */
  readonly accountSlowedMs: number
  /** The same for one account. */
  readonly accountLockedMs: number
  /** The same for one account. */
  readonly accountLockedMostMs: number
  /** Without a wrong answer for so long, the next lock-out is a first one again. */
  readonly forgetMs: number
}

export const defaultAbuseLimits: AbuseLimits = {
  requestsPerSecond: 50,
  requestsBurst: 200,
  deviceRequestsPerSecond: 20,
  deviceRequestsBurst: 100,
  loopbackLimited: 0,
  suspectsRemembered: 20_000,
  trustedRemembered: 100_000,
  trustedMs: 86_400_000,
  trustedWrong: 10,
  forgiveMs: 20_000,
  sourceSlowedAfter: 10,
  sourceLockedAfter: 30,
  sourceSlowedMs: 500,
  sourceLockedMs: 900_000,
  sourceLockedMostMs: 86_400_000,
  accountSlowedAfter: 20,
  accountLockedAfter: 100,
  accountSlowedMs: 500,
  accountLockedMs: 300_000,
  accountLockedMostMs: 3_600_000,
  forgetMs: 86_400_000,
}
