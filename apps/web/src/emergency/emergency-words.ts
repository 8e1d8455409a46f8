import type { Sentences } from '@vaxel/site'

export const sentences = {
  title: { en: 'Emergency calls', sv: 'Nödsamtal', fr: 'Appels d’urgence' },
  called: {
    en: '{who} has called {number}',
    sv: '{who} har ringt {number}',
    fr: '{who} a appelé le {number}',
  },
  notReached: {
    en: 'The call could not be made: no trunk takes it. Help them call another way.',
    sv: 'Samtalet kunde inte kopplas: ingen trunk tar det. Hjälp till att ringa på annat sätt.',
    fr: 'L’appel n’a pas pu aboutir : aucune ligne ne le prend. Aidez à appeler autrement.',
  },
  where: { en: 'Where: {place}', sv: 'Var: {place}', fr: 'Où : {place}' },
  usually: {
    en: 'Where is not known; usually {place}',
    sv: 'Var är okänt; vanligtvis {place}',
    fr: 'Lieu inconnu ; habituellement {place}',
  },
  nowhere: { en: 'Where is not known', sv: 'Var är okänt', fr: 'Lieu inconnu' },
  device: { en: 'telephone “{device}”', sv: 'telefon ”{device}”', fr: 'téléphone « {device} »' },
  take: { en: 'I take care of it', sv: 'Jag tar hand om det', fr: 'Je m’en occupe' },
  story: { en: 'The call', sv: 'Samtalet', fr: 'L’appel' },
  hide: { en: 'Put aside', sv: 'Lägg undan', fr: 'Mettre de côté' },
  taken: {
    en: '{name} takes care of the emergency call.',
    sv: '{name} tar hand om nödsamtalet.',
    fr: '{name} s’occupe de l’appel d’urgence.',
  },
} satisfies Sentences<string>
