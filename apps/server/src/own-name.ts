import { isIP } from 'node:net'
import { hostname } from 'node:os'

const label = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?'
const dnsName = new RegExp(`^(?=.{1,253}$)${label}([.]${label})*$`, 'i')
/** Leads nowhere (RFC 2606 §2). */
const noName = 'vaxel.invalid'

/**
 * What this machine is called; undefined where it has no name that a certificate could hold: Linux calls it `(none)` then.
 * @param system what the operating system says
 */
export const machineName = (system: string = hostname()): string | undefined =>
  dnsName.test(system) ? system : undefined

/**
 * Where mails and push messages say that they come from, as it stands in a URL and after the @ of a Message-ID
 * (RFC 5322 §3.6.4).
 * @example ownHost({ publicAddress: '2001:db8::1' }) // '[2001:db8::1]'
 */
export function ownHost({ publicAddress }: { readonly publicAddress: string | undefined }, system?: string): string {
  if (publicAddress === undefined) return machineName(system) ?? noName
  return isIP(publicAddress) === 6 ? `[${publicAddress}]` : publicAddress
}
