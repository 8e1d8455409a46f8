import type { featuresEn } from './features-en.ts'

export const featuresFr: typeof featuresEn = {
  'route.feature-code': (p) => `${p.number} est un code du système téléphonique.`,
  'route.parking-place': (p) => `${p.number} est une place de parcage.`,
  'route.intercom': (p) => `Les téléphones de ${p.name} ont été priés de décrocher seuls.`,
  'route.intercom-rings': (p) =>
    `Les téléphones de ${p.name} ont sonné : ils ne décrochaient pas seuls à l’interphone à ce moment.`,
  'service.picked-up': (p) => `${p.by} a intercepté ce qui sonnait chez ${p.whose}.`,
  'service.parked': (p) => `${p.by} a parqué ${p.who} au ${p.place}.`,
  'service.park-recall': (p) => `Personne n’a repris ${p.who} au ${p.place} : ${p.to} a été appelé.`,
  'service.hook-flash': (p) => `${p.who} a appuyé sur le crochet pour consulter quelqu’un d’autre.`,
  'service.hook-change': (p) => `${p.who} a repris la personne en attente.`,
  'service.hook-join': (p) => `${p.who} a réuni les trois en conférence.`,
  'service.hook-recall': (p) => `${p.who} a raccroché pendant qu’une personne attendait, et a été rappelé.`,
  'service.transfer-recall': (p) =>
    `Personne n’a pris ${p.who} après le transfert et ${p.by} avait raccroché : ${p.by} a été rappelé.`,
  'service.park-full': () => 'Aucune place de parcage n’était libre.',
  'service.fetched': (p) => `${p.by} a repris ${p.who} au ${p.place}.`,
  'service.flipped': (p) => `${p.who} a poursuivi sur ${p.device ? `« ${p.device} »` : 'un autre téléphone'}.`,
  'service.call-back-set': (p) => `${p.who} a demandé à être rappelé quand ${p.name} sera libre.`,
  'service.call-back': (p) => `${p.who} avait demandé à être rappelé quand ${p.name} serait libre.`,
  'service.desk-login': (p) => `${p.who} s’est connecté à ce téléphone partagé.`,
  'service.desk-logout': (p) => `${p.who} a quitté ce téléphone partagé.`,
}
