import type { Language } from '@vaxel/core'

/** What the staff is told of an emergency call. */
export interface EmergencyTexts {
  readonly title: string
  readonly called: (who: string, number: string, place: string | undefined) => string
  /** Where the directory says that somebody works, when it is not known where they are. */
  readonly usually: (place: string) => string
  /** No trunk took it. */
  readonly notReached: string
  readonly at: string
  readonly place: string
  readonly device: string
  readonly address: string
  readonly unknown: string
}

export const emergencyTexts: Readonly<Record<Language, EmergencyTexts>> = {
  en: {
    title: 'Emergency call',
    called: (who, number, place) => `${who} has called ${number}${place === undefined ? '' : `, ${place}`}.`,
    usually: (place) => `usually ${place}`,
    notReached: 'The call could not be made: no trunk takes it. Help them call another way.',
    at: 'When',
    place: 'Where',
    device: 'Telephone',
    address: 'Network address',
    unknown: 'not known',
  },
  sv: {
    title: 'Nödsamtal',
    called: (who, number, place) => `${who} har ringt ${number}${place === undefined ? '' : `, ${place}`}.`,
    usually: (place) => `vanligtvis ${place}`,
    notReached: 'Samtalet kunde inte kopplas: ingen trunk tar det. Hjälp till att ringa på annat sätt.',
    at: 'När',
    place: 'Var',
    device: 'Telefon',
    address: 'Nätverksadress',
    unknown: 'okänt',
  },
  fr: {
    title: 'Appel d’urgence',
    called: (who, number, place) => `${who} a appelé le ${number}${place === undefined ? '' : `, ${place}`}.`,
    usually: (place) => `habituellement ${place}`,
    notReached: 'L’appel n’a pas pu aboutir : aucune ligne ne le prend. Aidez à appeler autrement.',
    at: 'Quand',
    place: 'Où',
    device: 'Téléphone',
    address: 'Adresse réseau',
    unknown: 'inconnu',
  },
}
