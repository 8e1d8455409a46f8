import type { MailAddress } from '../ports/mail-channel.ts'

/** Addresses are the same whatever case they are written in: every large provider takes them so (RFC 5321 §2.4 lets them differ). */
export const addressKey = ({ address }: Pick<MailAddress, 'address'>): string => address.trim().toLowerCase()

export const isSameAddress = (one: MailAddress, other: MailAddress): boolean => addressKey(one) === addressKey(other)

/** Each address once, the first name kept. */
export function withoutRepeats(addresses: readonly MailAddress[]): readonly MailAddress[] {
  const seen = new Set<string>()
  return addresses.filter((address) => {
    const key = addressKey(address)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** Part after the last `@`, in lower case. */
export const domainOf = ({ address }: Pick<MailAddress, 'address'>): string =>
  address.slice(address.lastIndexOf('@') + 1).toLowerCase()
