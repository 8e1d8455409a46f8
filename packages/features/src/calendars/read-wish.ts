import type { Mistake } from '@vaxel/base'
import type { CalendarWish } from '@vaxel/contract'
import type { CalendarAccess, CalendarAccount } from '@vaxel/core'

const unprintable = /\p{Cc}/u

/** Host and port of a calendar's address; undefined when it is none. */
export function serverOf(address: string): string | undefined {
  const plain = address.replace(/^webcals?:/i, 'https:')
  const url = URL.canParse(plain) ? new URL(plain) : undefined
  return url && /^https?:$/.test(url.protocol) && url.host !== '' ? url.host : undefined
}

/** Everything that does not fit together, at once. */
export function mistakesOf(
  wish: CalendarWish,
  { before, known }: { before: CalendarAccount | undefined; known: CalendarAccess | undefined },
): readonly Mistake[] {
  const mistakes: Mistake[] = []
  const wrong = (path: string, reason: string) => mistakes.push({ path, reason })
  const { address, login = known?.login ?? '', password } = wish
  if (!before && wish.protocol === undefined) wrong('/protocol', 'Say whether it is a published file or CalDAV.')
  if (!before && address === undefined) wrong('/address', 'Give the address of the calendar.')
  if (address !== undefined && serverOf(address) === undefined)
    wrong('/address', 'Give a whole address that begins with https:// or webcal://.')
  else if (address !== undefined && /^[a-z]+:\/\/[^/?#]*@/i.test(address))
    wrong('/address', 'Name and password do not go into the address: give them in their own fields.')
  if (unprintable.test(login) || login.includes(':')) wrong('/login', 'The name holds a sign that no login has.')
  if (password !== undefined && unprintable.test(password))
    wrong('/password', 'The password holds signs that cannot be typed.')
  const access = accessOf(wish, known)
  if (access.login !== undefined && access.password === undefined)
    wrong(
      '/password',
      known?.password === undefined ? 'Give the password.' : 'Give the password again: server or login are others.',
    )
  return mistakes
}

/**
 * What opens the calendar from now on. A password that was given for one server and login goes to no other.
 * @returns with an empty address when there is none
 */
export function accessOf(wish: CalendarWish, known: CalendarAccess | undefined): CalendarAccess {
  const address = wish.address ?? known?.address ?? ''
  const login = wish.login ?? known?.login ?? ''
  if (login === '') return { address }
  const isSamePlace = known !== undefined && originOf(known.address) === originOf(address) && known.login === login
  const password = wish.password ?? (isSamePlace ? known.password : undefined)
  return { address, login, ...(password === undefined ? {} : { password }) }
}

function originOf(address: string): string | undefined {
  const plain = address.replace(/^webcals?:/i, 'https:')
  return URL.canParse(plain) ? new URL(plain).origin : undefined
}
