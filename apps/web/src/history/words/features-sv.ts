import type { featuresEn } from './features-en.ts'

export const featuresSv: typeof featuresEn = {
  'route.feature-code': (p) => `${p.number} är en kod i telefonisystemet.`,
  'route.parking-place': (p) => `${p.number} är en parkeringsplats.`,
  'route.intercom': (p) => `Telefonerna hos ${p.name} ombads svara själva.`,
  'route.intercom-rings': (p) => `Telefonerna hos ${p.name} ringde: de svarade inte själva på snabbsamtal just då.`,
  'service.picked-up': (p) => `${p.by} hämtade det som ringde hos ${p.whose}.`,
  'service.parked': (p) => `${p.by} parkerade ${p.who} på ${p.place}.`,
  'service.park-recall': (p) => `Ingen hämtade ${p.who} från ${p.place}, så ${p.to} ringdes upp.`,
  'service.hook-flash': (p) => `${p.who} tryckte på klykan för att fråga någon annan.`,
  'service.hook-change': (p) => `${p.who} fortsatte med den som väntade.`,
  'service.hook-join': (p) => `${p.who} kopplade ihop alla tre i en konferens.`,
  'service.hook-recall': (p) => `${p.who} lade på medan någon väntade och ringdes upp igen.`,
  'service.transfer-recall': (p) =>
    `Ingen tog emot ${p.who} efter kopplingen och ${p.by} hade lagt på, så ${p.by} ringdes upp.`,
  'service.park-full': () => 'Ingen parkeringsplats var ledig.',
  'service.fetched': (p) => `${p.by} hämtade ${p.who} från ${p.place}.`,
  'service.flipped': (p) => `${p.who} fortsatte på ${p.device ? `”${p.device}”` : 'en annan telefon'}.`,
  'service.call-back-set': (p) => `${p.who} bad att bli uppringd när ${p.name} är ledig.`,
  'service.call-back': (p) => `${p.who} hade bett att bli uppringd när ${p.name} är ledig.`,
  'service.desk-login': (p) => `${p.who} loggade in på bordstelefonen.`,
  'service.desk-logout': (p) => `${p.who} loggade ut från bordstelefonen.`,
}
