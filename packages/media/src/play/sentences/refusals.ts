import type { Sentences } from './sentence.ts'

/** Why a call cannot be made. */
export const refusalSentences: Sentences = {
  'number-not-in-use': {
    en: 'The number you have dialled is not in use.',
    sv: 'Numret du har slagit används inte.',
    fr: "Le numéro que vous avez composé n'est pas attribué.",
  },
  'callee-unavailable': {
    en: 'The person you are calling is not available. Please try again later.',
    sv: 'Personen du söker kan inte nås just nu. Försök igen senare.',
    fr: "Votre correspondant n'est pas disponible pour le moment. Veuillez rappeler plus tard.",
  },
  'service-not-available': {
    en: 'This service is not available at the moment.',
    sv: 'Tjänsten är inte tillgänglig just nu.',
    fr: "Ce service n'est pas disponible pour le moment.",
  },
  'call-cannot-be-completed': {
    en: 'Your call cannot be completed. Please try again later.',
    sv: 'Ditt samtal kan inte kopplas fram. Försök igen senare.',
    fr: 'Votre appel ne peut pas aboutir. Veuillez réessayer plus tard.',
  },
}
