import { people } from './slapd.ts'

/** A picture that is a JPEG by its first bytes, another one for each text. */
export const jpeg = (text: string): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
    Buffer.from('JFIF\0'),
    Buffer.from([1, 1, 0, 0, 1, 0, 1, 0, 0]),
    Buffer.from(text.padEnd(400, '.')),
    Buffer.from([0xff, 0xd9]),
  ])

const first = ['Åsa', 'Björn', 'Chloé', 'Jürgen', 'Øystein', 'Zoë', 'Élodie', 'Sørine']
const last = ['Ångström', 'Großmann', 'Lefèvre', 'Müller', 'Öberg', 'Strauß']

/** `attribute:: base 64` (RFC 2849), which takes every character. */
const line = (attribute: string, value: string | Buffer): string =>
  `${attribute}:: ${Buffer.from(value as string).toString('base64')}\n`

/** The entry of one of the people. */
export function person(i: number): string {
  const name = `${first[i % first.length]} ${last[i % last.length]} ${i}`
  return [
    `dn: uid=p${i},${people}\nobjectClass: inetOrgPerson\nuid: p${i}\n`,
    line('cn', name),
    line('sn', last[i % last.length]!),
    line('title', i % 2 === 0 ? 'Ingenjör' : 'Chargé d’affaires'),
    line('departmentNumber', `Avdelning ${i % 7}`),
    `mail: p${i}@acme.test\n`,
    `telephoneNumber: +46 (0)8 465 ${String(10_000 + i).slice(0, 3)} ${String(10_000 + i).slice(3)}\n`,
    // Of some people two numbers, and one that is none.
    i % 10 === 0 ? `telephoneNumber: 08-466 ${String(10_000 + i).slice(0, 3)} ${String(10_000 + i).slice(3)}\n` : '',
    i % 500 === 7 ? `mobile: ask 'Anna' in room 0815!\n` : `mobile: 070-1${String(740_000 + i)}\n`,
    i % 100 === 0 ? line('jpegPhoto', jpeg(name)) : '',
    '\n',
  ].join('')
}

export const peopleLdif = (count: number): string => Array.from({ length: count }, (_, i) => person(i)).join('')
