import { counted } from '../../words/count.ts'
import type { attendantEn } from './en.ts'

const count = counted('fr')

export const attendantFr: typeof attendantEn = {
  title: 'Standardiste',
  calls: 'Appels',
  people: 'Personnes',
  person: 'Personne choisie',
  numbers: 'Numéros',
  search: 'Nom, numéro, service, compétence',
  keysHint: 'Entrée transfère, Maj+Entrée demande d’abord',
  noCalls: 'Aucun appel. Le prochain s’affiche ici.',
  ringing: (calls) => count(calls, '# appel sonne', '# appels sonnent'),
  held: (calls) => count(calls, '# appel en garde', '# appels en garde'),
  queued: (calls) =>
    calls === 0 ? 'En attente dans les files' : count(calls, '# attend dans les files', '# attendent dans les files'),
  handovers: 'Transferts en cours',
  ringsAt: (name) => `sonne chez ${name}`,
  back: (name) => `est revenu : ${name} n’a pas répondu`,
  takeBack: 'Reprendre',
  forgotten: 'en garde depuis longtemps',
  find: 'Trouver une personne',
  give: 'Transférer',
  giveTo: (number) => `Transférer au ${number}`,
  ask: 'Demander d’abord',
  call: 'Appeler',
  complete: 'Les mettre en relation',
  park: 'Parquer l’appel',
  toVoicemail: 'Vers sa messagerie',
  noNumber: 'Cette personne n’a pas de numéro.',
  message: {
    title: 'Laisser un message',
    to: (name) => `Message pour ${name}`,
    text: 'Votre message',
    hint: 'Ctrl+Entrée l’envoie.',
    called: (who, time) => `${who} a appelé à ${time}.`,
    byMail: 'Aussi par courriel',
    send: 'Envoyer',
    sent: (name) => `${name} a votre message dans la messagerie.`,
    sentBoth: (name) => `${name} a votre message dans la messagerie, et il part aussi par courriel.`,
    noAddress: (name) => `${name} a votre message dans la messagerie. Aucun courriel : il n’y a pas d’adresse.`,
  },
}
