import { defaultNetworkLimits, type NetworkLimits } from '@vaxel/connect'
import { type AbuseLimits, defaultAbuseLimits } from '@vaxel/features/registrar'

/** What an administrator has set of the limits of the network and of strangers; the rest stays as it is by default. */
export interface LimitSettings {
  readonly network: Partial<NetworkLimits>
  readonly abuse: Partial<AbuseLimits>
}

/** Timers and tables take no more; it is 24 days in milliseconds. */
const most = 2_147_483_647
/** Where nothing is a limit of nothing, and means something. */
const mayBeNone: ReadonlySet<string> = new Set(['loopbackLimited', 'natKeepAliveMs', 'trustedWrong', 'trustedMs'])

/**
 * Reads `name=number` separated by commas; the names are those of docs/reference/limits.md.
 * @param mistakes a sentence is added for each that is no limit or no number
 * @example readLimits('connectionsPerSource=50, messageMs=5000', [])
 */
export function readLimits(text: string | undefined, mistakes: string[]): LimitSettings {
  const network: Record<string, number> = {}
  const abuse: Record<string, number> = {}
  for (const part of (text ?? '').split(',').filter((part) => part.trim() !== '')) {
    const match = /^(\w{1,40})=(\d{1,10})$/.exec(part.trim())
    const name = match?.[1] ?? ''
    const value = Number(match?.[2])
    const isNetwork = Object.hasOwn(defaultNetworkLimits, name)
    if (match === null || (!isNetwork && !Object.hasOwn(defaultAbuseLimits, name)))
      mistakes.push(
        `VAXEL_LIMITS holds "${part.trim()}"; each must be name=number with a name of docs/reference/limits.md`,
      )
    else if (value > most || (value === 0 && !mayBeNone.has(name)))
      mistakes.push(`VAXEL_LIMITS sets ${name} to ${value}; it must be from ${mayBeNone.has(name) ? 0 : 1} to ${most}`)
    else if (isNetwork) network[name] = value
    else abuse[name] = value
  }
  return { network, abuse }
}
