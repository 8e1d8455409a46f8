import type { Sentences } from './sentence.ts'

/** What codes for forwarding, groups, assistants and profiles answer. */
export const callHandlingSentences: Sentences = {
  'forward-nowhere': {
    en: 'Calls cannot be forwarded to this number.',
    sv: 'Det går inte att vidarekoppla till det numret.',
    fr: 'Il est impossible de renvoyer les appels vers ce numéro.',
  },
  'forward-is-off': {
    en: 'Your calls are no longer forwarded.',
    sv: 'Vidarekopplingen är borttagen.',
    fr: 'Vos appels ne sont plus renvoyés.',
  },
  'disturb-on': {
    en: 'Do not disturb is on. No call rings.',
    sv: 'Stör ej är på. Inga samtal ringer.',
    fr: 'Ne pas déranger est activé. Aucun appel ne sonne.',
  },
  'disturb-off': {
    en: 'Do not disturb is off. Calls ring again.',
    sv: 'Stör ej är av. Samtal ringer igen.',
    fr: 'Ne pas déranger est désactivé. Les appels sonnent à nouveau.',
  },
  'group-in': {
    en: 'You take calls of your groups again.',
    sv: 'Du tar emot samtal i dina grupper igen.',
    fr: 'Vous recevez à nouveau les appels de vos groupes.',
  },
  'group-out': {
    en: 'You take no calls of your groups for now.',
    sv: 'Du tar inte emot samtal i dina grupper tills vidare.',
    fr: 'Vous ne recevez plus les appels de vos groupes pour le moment.',
  },
  'group-none': {
    en: 'You are in no group.',
    sv: 'Du är inte med i någon grupp.',
    fr: 'Vous ne faites partie d’aucun groupe.',
  },
  'filter-on': {
    en: 'Calls go to the assistants first.',
    sv: 'Samtal går först till assistenterna.',
    fr: 'Les appels passent d’abord par l’assistance.',
  },
  'filter-off': {
    en: 'Calls no longer go to the assistants.',
    sv: 'Samtal går inte längre till assistenterna.',
    fr: 'Les appels ne passent plus par l’assistance.',
  },
  'filter-none': {
    en: 'No assistants have been chosen. You can choose them in the web app.',
    sv: 'Inga assistenter är valda. Du kan välja dem i webbappen.',
    fr: 'Aucun assistant n’est choisi. Vous pouvez en choisir dans l’application web.',
  },
  'profile-number': { en: 'Profile', sv: 'Profil', fr: 'Profil' },
  'profile-off': {
    en: 'No profile holds. All your telephones ring.',
    sv: 'Ingen profil gäller. Alla dina telefoner ringer.',
    fr: 'Aucun profil n’est actif. Tous vos téléphones sonnent.',
  },
  'profile-which': {
    en: 'Dial the number of the profile, or zero for none.',
    sv: 'Slå profilens nummer, eller noll för ingen.',
    fr: 'Composez le numéro du profil, ou zéro pour aucun.',
  },
  'profile-none': {
    en: 'There is no such profile. You can make profiles in the web app.',
    sv: 'Det finns ingen sådan profil. Du kan skapa profiler i webbappen.',
    fr: 'Ce profil n’existe pas. Vous pouvez créer des profils dans l’application web.',
  },
}
