import type { TrunkTarget } from '@vaxel/core'

/** Host of a URI: IPv6 literals stand in brackets. */
export const uriHost = (host: string): string => (host.includes(':') ? `[${host}]` : host)

/** A target as a SIP URI, by which RFC 3263 finds its addresses. */
export function targetUri({ host, port, protocol }: TrunkTarget): string {
  const transport = protocol === 'udp' ? '' : `;transport=${protocol}`
  return `sip:${uriHost(host)}${port === undefined ? '' : `:${port}`}${transport}`
}
