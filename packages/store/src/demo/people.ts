import { foldText } from '@vaxel/core'
import type { Language, Profile, Role } from '@vaxel/core'

/** Somebody of the demo company; the extension is also the login's first part. */
export interface DemoPerson extends Profile {
  readonly extension: string
  readonly displayName: string
  readonly language: Language
  readonly role: Role
}

type Row = readonly [
  displayName: string,
  language: Language,
  title: string,
  department: string,
  location: string,
  skills: string,
]

const rows: readonly Row[] = [
  ['Anna Lindqvist', 'sv', 'IT-chef', 'IT', 'Stockholm', 'Nätverk, Drift'],
  ['Oliver Hughes', 'en', 'Customer Service Manager', 'Customer service', 'Stockholm', 'Coaching'],
  ['Camille Fournier', 'fr', 'Standardiste', 'Accueil', 'Paris', 'Français, English'],
  ['Erik Sjöberg', 'sv', 'Säljare', 'Försäljning', 'Stockholm', 'Upphandling'],
  ['Charlotte Whitfield', 'en', 'Key Account Manager', 'Sales', 'London', 'Contracts, Deutsch'],
  ['Étienne Marchand', 'fr', 'Ingénieur commercial', 'Ventes', 'Paris', 'Devis'],
  ['Åsa Nyström', 'sv', 'Försäljningschef', 'Försäljning', 'Göteborg', 'Avtal'],
  ['Thomas Ashworth', 'en', 'Accountant', 'Finance', 'London', 'Invoices'],
  ['Zoé Lefèvre', 'fr', 'Responsable RH', 'Ressources humaines', 'Paris', 'Paie, Recrutement'],
  ['Björn Håkansson', 'sv', 'Lagerchef', 'Lager', 'Malmö', 'Truckkort, Tull'],
  ['Grace Pemberton', 'en', 'Support Agent', 'Customer service', 'London', 'Softphone, Deutsch'],
  ['François Delacroix', 'fr', 'Conseiller client', 'Service client', 'Paris', 'Facturation'],
  ['Karin Öhman', 'sv', 'Supporttekniker', 'Kundtjänst', 'Stockholm', 'Växel, Suomi'],
  ['Daniel Fairbairn', 'en', 'Support Agent', 'Customer service', 'London', 'Billing'],
  ['Noémie Rousseau', 'fr', 'Conseillère client', 'Service client', 'Paris', 'Téléphonie, Español'],
  ['Göran Ekström', 'sv', 'Ekonomichef', 'Ekonomi', 'Stockholm', 'Bokslut'],
  ['Emily Thornbury', 'en', 'Marketing Manager', 'Marketing', 'London', 'Events'],
  ['Gaëlle Besson', 'fr', 'Graphiste', 'Marketing', 'Paris', 'Illustration'],
  ['Märta Söderlund', 'sv', 'Personalchef', 'HR', 'Stockholm', 'Arbetsrätt'],
  ['Jack Holloway', 'en', 'Chief Executive', 'Management', 'London', 'Español'],
]

const roles: Readonly<Record<string, Role>> = { 201: 'administrator', 202: 'supervisor', 203: 'attendant' }

/** 201 to 220. */
export const demoPeople: readonly DemoPerson[] = rows.map(
  ([displayName, language, title, department, location, skills], i) => {
    const extension = String(201 + i)
    return {
      extension,
      displayName,
      language,
      role: roles[extension] ?? 'user',
      title,
      department,
      location,
      skills: skills.split(', '),
      email: `${mailName(displayName)}@demo.vaxel.test`,
    }
  },
)

/** @example mailName('Åsa Nyström') // 'asa.nystrom' */
function mailName(displayName: string): string {
  return foldText(displayName).replaceAll(' ', '.')
}
