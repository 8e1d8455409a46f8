/** Whose card it is: a user of the company, or somebody outside whom all the company or one user knows. */
export type CardKind = 'colleague' | 'shared' | 'personal'

export interface CardNumber {
  /** E.164, or digits as they are dialled inside. */
  readonly number: string
  readonly kind: 'extension' | 'work' | 'mobile' | 'home' | 'fax' | 'other'
}

/** A person or company as the directory finds and lists it. */
export interface DirectoryCard {
  readonly id: string
  readonly kind: CardKind
  readonly name: string
  readonly organisation?: string
  readonly title?: string
  readonly department?: string
  readonly location?: string
  readonly skills?: readonly string[]
  readonly numbers: readonly CardNumber[]
  readonly emails?: readonly string[]
  /** Tag of the photo, if there is one. */
  readonly photo?: string
}

export type CardLanguage = 'sv' | 'en' | 'fr'
export const cardLanguages: readonly CardLanguage[] = ['sv', 'en', 'fr']
