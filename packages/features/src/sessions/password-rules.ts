import { type Refusal } from '@vaxel/base'
import { InvalidRequest } from '@vaxel/contract'

/** What guessers try first, of those that are long enough; lower case, digits and signs at the end taken off. */
const wellKnown = new Set(
  `password passw0rd p@ssword p@ssw0rd losenord lösenord motdepasse azertyui azertyuiop qwertyui qwertyuiop qwerty asdfghjk asdfghjkl
zxcvbnm iloveyou jetaime welcome valkommen välkommen bienvenue sunshine princess football baseball superman batman starwars
whatever trustno internet computer changeme letmein administrator admin master secret hemligt hemlighet secretword michelle
jennifer dragon monkey shadow summer winter spring autumn sommar vinter hösten sverige stockholm goteborg göteborg france paris
samsung google facebook microsoft company telephone telefon telefonen vaxel default letmeinnow opensesame correcthorsebatterystaple
abc qazwsx qazwsxedc 1q2w3e4r 1q2w3e4r5t 1qaz2wsx q1w2e3r4 zaq12wsx`
    .split(/\s+/)
    .filter((word) => word !== ''),
)
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopåasdfghjklöäzxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
]

/**
 * Why a password cannot be taken (NIST SP 800-63B §3.1.1.2: length, and none of those that are guessed first).
 * The length is in the schema already. @param own words that anybody knows of this user: login, name, company
 */
export function refusePassword(password: string, own: readonly string[]): Refusal | undefined {
  const reason = weakness(password.normalize('NFKC').toLowerCase(), own)
  return reason === undefined ? undefined : InvalidRequest(undefined, { mistakes: [{ path: '/password', reason }] })
}

function weakness(password: string, own: readonly string[]): string | undefined {
  const stem = password.replace(/[\d\W_]+$/u, '')
  if (wellKnown.has(password) || wellKnown.has(stem)) return 'is one of the passwords that everybody tries first'
  if (new Set(password).size <= 2) return 'is one or two characters again and again'
  if (rows.some((row) => isRun(password, row))) return 'is a row of the keyboard or of the alphabet'
  for (const word of own) {
    const known = word.toLowerCase()
    if (known.length >= 3 && (password === known || stem === known))
      return 'is your own login or name; choose something that nobody knows of you'
  }
  return undefined
}

function isRun(password: string, row: string): boolean {
  const backwards = [...row].reverse().join('')
  return row.includes(password) || backwards.includes(password)
}
