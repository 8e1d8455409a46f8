import { parseNameAddress, type Uri } from '@vaxel/sip'

/** Longer than what is routed, so that a refusal can still say what was dialled. */
const maxLength = 128

/**
 * The number or name that a URI asks for: `sip:201@…`, `sip:+468…;user=phone`, `tel:+468…`. Visual separators go later.
 * @returns undefined where it names nobody, is longer than any number or name, or has control characters
 */
export function dialledOf(asked: string | Uri): string | undefined {
  const uri = typeof asked === 'string' ? parseNameAddress(`<${asked}>`)?.uri : asked
  const user = uri?.scheme === 'tel' ? (uri.user ?? uri.host) : uri?.user
  const number = user?.split(';')[0]
  return number && number.length <= maxLength && !/\p{Cc}/u.test(number) ? number : undefined
}
