import { formatHost, parseUri } from '@vaxel/sip'

/** As `parseUri` leaves it: nothing to escape in it and nothing to make lower-case. */
const plainName = /^[\w.+*-]+$/
const plainDomain = /^[a-z0-9]+([.-][a-z0-9]+)*$/

/**
 * The one spelling of a user's address of record.
 * @example addressOfRecord('201', 'demo.test') // 'sip:201@demo.test'
 */
export function addressOfRecord(name: string, domain: string): string {
  if (plainName.test(name) && plainDomain.test(domain) && domain.length < 254) return `sip:${name}@${domain}`
  const uri = parseUri(`sip:${formatHost(domain)}`)
  if (uri === undefined) throw new TypeError(`not a domain: ${domain}`)
  uri.user = name
  return uri.toString()
}
