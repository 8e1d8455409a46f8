import { parseNameAddress, type Uri } from '@vaxel/sip'

/**
 * The number or name that a URI asks for: `sip:201@…`, `sip:+468…;user=phone`, `tel:+468…`. Visual separators go later.
 * @returns undefined where it names nobody, or has control characters
 */
export function dialledOf(asked: string | Uri): string | undefined {
  const uri = typeof asked === 'string' ? parseNameAddress(`<${asked}>`)?.uri : asked
  const user = uri?.scheme === 'tel' ? (uri.user ?? uri.host) : uri?.user
  const number = user?.split(';')[0]
  return number && !/\p{Cc}/u.test(number) ? number : undefined
}
