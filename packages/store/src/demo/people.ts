import type { Language, Role } from '@vaxel/core'

/** Somebody of the demo company; the extension is also the login's first part. */
export interface DemoPerson {
  readonly extension: string
  readonly displayName: string
  readonly language: Language
  readonly role: Role
}

const names: readonly (readonly [displayName: string, language: Language])[] = [
  ['Anna Lindqvist', 'sv'],
  ['Oliver Hughes', 'en'],
  ['Camille Fournier', 'fr'],
  ['Erik Sjöberg', 'sv'],
  ['Charlotte Whitfield', 'en'],
  ['Étienne Marchand', 'fr'],
  ['Åsa Nyström', 'sv'],
  ['Thomas Ashworth', 'en'],
  ['Zoé Lefèvre', 'fr'],
  ['Björn Håkansson', 'sv'],
  ['Grace Pemberton', 'en'],
  ['François Delacroix', 'fr'],
  ['Karin Öhman', 'sv'],
  ['Daniel Fairbairn', 'en'],
  ['Noémie Rousseau', 'fr'],
  ['Göran Ekström', 'sv'],
  ['Emily Thornbury', 'en'],
  ['Gaëlle Besson', 'fr'],
  ['Märta Söderlund', 'sv'],
  ['Jack Holloway', 'en'],
]

const roles: Readonly<Record<string, Role>> = { 201: 'administrator', 202: 'supervisor', 203: 'attendant' }

/** 201 to 220. */
export const demoPeople: readonly DemoPerson[] = names.map(([displayName, language], i) => {
  const extension = String(201 + i)
  return { extension, displayName, language, role: roles[extension] ?? 'user' }
})
