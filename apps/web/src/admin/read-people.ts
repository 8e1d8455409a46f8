import type { RequestOf } from '../api/api.ts'
import type { PastedTable } from './parse-table.ts'

export type UserItem = RequestOf<'changeUsers'>['body']['items'][number]
type Role = 'user' | 'attendant' | 'supervisor' | 'administrator'

type Column = 'displayName' | 'name' | 'extension' | 'language' | 'role'

/** What people call the columns, in the three languages and in what other systems export. */
const columnNames: Readonly<Record<Column, readonly string[]>> = {
  displayName: ['name', 'display name', 'full name', 'namn', 'visningsnamn', 'nom', 'nom complet', 'displayname'],
  name: [
    'login',
    'user',
    'username',
    'user name',
    'inloggning',
    'användarnamn',
    'användare',
    'identifiant',
    'utilisateur',
  ],
  extension: ['extension', 'number', 'phone', 'anknytning', 'nummer', 'poste', 'numéro'],
  language: ['language', 'språk', 'langue'],
  role: ['role', 'roll', 'rôle'],
}

const roles: Readonly<Record<Role, readonly string[]>> = {
  user: ['user', 'användare', 'utilisateur'],
  attendant: ['attendant', 'telefonist', 'standardiste'],
  supervisor: ['supervisor', 'arbetsledare', 'superviseur'],
  administrator: ['administrator', 'administratör', 'administrateur', 'admin'],
}

const languagesCalled: Readonly<Record<'en' | 'sv' | 'fr', readonly string[]>> = {
  en: ['en', 'english', 'engelska', 'anglais'],
  sv: ['sv', 'swedish', 'svenska', 'suédois'],
  fr: ['fr', 'french', 'franska', 'français'],
}

/** Who is there, by login, and by the part of it before the @ where only one has that. */
export type KnownUsers = ReadonlyMap<string, { readonly id: string }>

/** @param users of one company, which may have the same name in several of its domains */
export function knownUsers<User extends { readonly id: string; readonly login: string }>(
  users: readonly User[],
): ReadonlyMap<string, User> {
  const known = new Map(users.map((user) => [user.login, user]))
  const shared = new Set<string>()
  for (const user of users) {
    const name = user.login.split('@', 1)[0]!
    if (known.has(name)) shared.add(name)
    known.set(name, user)
  }
  for (const name of shared) known.delete(name)
  return known
}

export type PeopleRead =
  | { readonly ok: false; readonly why: 'empty' | 'noName' | 'noLogin' }
  | {
      readonly ok: true
      readonly items: readonly { readonly line: number; readonly login: string; readonly item: UserItem }[]
      readonly mistakes: readonly { readonly line: number; readonly text: string; readonly why: 'role' | 'language' }[]
    }

/** Makes users of a table: who is known by the login is changed, who is not is new. Empty cells leave what is there. */
export function readPeople(table: PastedTable, known: KnownUsers): PeopleRead {
  if (table.rows.length === 0) return { ok: false, why: 'empty' }
  const at = placesOf(table.columns)
  if (at.name === undefined) return { ok: false, why: 'noLogin' }
  if (at.displayName === undefined) return { ok: false, why: 'noName' }
  const domains = new Set([...known.keys()].flatMap((login) => login.split('@', 2)[1] ?? []))
  const items: { line: number; login: string; item: UserItem }[] = []
  const mistakes: { line: number; text: string; why: 'role' | 'language' }[] = []
  for (const { line, cells } of table.rows) {
    const cell = (column: Column) => (at[column] === undefined ? '' : (cells[at[column]] ?? ''))
    const whole = cell('name').toLowerCase()
    const [login = '', domain] = whole.split('@', 2)
    // What stands behind the @ may be any mail address; only a domain of the company tells people apart.
    const isOurs = domain !== undefined && domains.has(domain)
    const role = wordFor(roles, cell('role'))
    const language = wordFor(languagesCalled, cell('language'))
    if (cell('role') !== '' && role === undefined) mistakes.push({ line, text: cell('role'), why: 'role' })
    if (cell('language') !== '' && language === undefined)
      mistakes.push({ line, text: cell('language'), why: 'language' })
    const extension = cell('extension').replace(/[\s-]/g, '')
    const fields = {
      ...(cell('displayName') === '' ? {} : { displayName: cell('displayName') }),
      ...(extension === '' ? {} : { extension }),
      ...(role === undefined ? {} : { role }),
      ...(language === undefined ? {} : { language }),
    }
    const user = known.get(isOurs ? whole : login)
    const item: UserItem = user
      ? { userId: user.id, change: fields }
      : { create: { name: login, displayName: login, ...(isOurs ? { domain } : {}), ...fields } }
    items.push({ line, login, item })
  }
  return { ok: true, items, mistakes }
}

function placesOf(columns: readonly string[]): { readonly [C in Column]?: number } {
  const found: { [C in Column]?: number } = {}
  for (const [column, names] of Object.entries(columnNames) as [Column, readonly string[]][]) {
    const index = columns.findIndex((name) => names.includes(name.toLowerCase()))
    if (index >= 0) found[column] = index
  }
  return found
}

function wordFor<W extends string>(words: Readonly<Record<W, readonly string[]>>, text: string): W | undefined {
  const wanted = text.toLowerCase()
  return (Object.entries(words) as [W, readonly string[]][]).find(([, names]) => names.includes(wanted))?.[0]
}
