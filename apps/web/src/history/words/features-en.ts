import type { StepParams } from '../step-params.ts'

/** What codes and the features behind them did with a call. */
export const featuresEn = {
  'route.feature-code': (p: StepParams) => `${p.number} is a code of the telephone system.`,
  'route.parking-place': (p: StepParams) => `${p.number} is a parking place.`,
  'route.intercom': (p: StepParams) => `The phones of ${p.name} were asked to answer by themselves.`,
  'route.intercom-rings': (p: StepParams) =>
    `The phones of ${p.name} rang: they did not answer intercom calls by themselves then.`,
  'service.picked-up': (p: StepParams) => `${p.by} picked up what rang at ${p.whose}.`,
  'service.parked': (p: StepParams) => `${p.by} parked ${p.who} at ${p.place}.`,
  'service.park-recall': (p: StepParams) => `Nobody fetched ${p.who} from ${p.place}, so ${p.to} was called.`,
  'service.hook-flash': (p: StepParams) => `${p.who} flashed the hook to ask somebody else.`,
  'service.hook-change': (p: StepParams) => `${p.who} went on with the one who waited.`,
  'service.hook-join': (p: StepParams) => `${p.who} joined all three in a conference.`,
  'service.hook-recall': (p: StepParams) => `${p.who} hung up while somebody waited, and was called back.`,
  'service.transfer-recall': (p: StepParams) =>
    `Nobody took ${p.who} after the transfer, and ${p.by} had hung up, so ${p.by} was called back.`,
  'service.park-full': () => 'No parking place was free.',
  'service.fetched': (p: StepParams) => `${p.by} fetched ${p.who} from ${p.place}.`,
  'service.flipped': (p: StepParams) => `${p.who} went on at ${p.device ? `“${p.device}”` : 'another telephone'}.`,
  'service.call-back-set': (p: StepParams) => `${p.who} asked to be called when ${p.name} is free.`,
  'service.call-back': (p: StepParams) => `${p.who} had asked to be called when ${p.name} is free.`,
  'service.desk-login': (p: StepParams) => `${p.who} logged in at this desk phone.`,
  'service.desk-logout': (p: StepParams) => `${p.who} logged out of this desk phone.`,
}
