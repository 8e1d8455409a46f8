import { formatHost, parseUri } from '@vaxel/sip'

/**
 * The one spelling of a user's address of record.
 * @example addressOfRecord('201', 'demo.test') // 'sip:201@demo.test'
 */
export function addressOfRecord(name: string, domain: string): string {
  const uri = parseUri(`sip:${formatHost(domain)}`)
  if (uri === undefined) throw new TypeError(`not a domain: ${domain}`)
  uri.user = name
  return uri.toString()
}
