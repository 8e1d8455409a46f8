import { refusal } from '@vaxel/base'

export const SiteCheckGone = refusal('SITE_CHECK_GONE', {
  sip: 404,
  http: 404,
  blame: 'caller',
  text: 'This check has ended, or never was. Begin a new one.',
})
export const SiteChecksBusy = refusal('SITE_CHECKS_BUSY', {
  sip: 503,
  http: 503,
  blame: 'us',
  text: 'Checks have to wait: the server keeps what it has for calls. Try again in a few minutes.',
})
export const SiteChecksOff = refusal('SITE_CHECKS_OFF', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'This server lets nobody check the way to it. Ask its administrator to switch checks on (VAXEL_SITE_CHECKS).',
})
export const SiteCheckLimit = refusal('SITE_CHECK_LIMIT', {
  sip: 429,
  http: 429,
  blame: 'caller',
  text: 'This check has had all that one check may have. What it may have stands in the answer with which it began.',
})
export const SitePortNotOpen = refusal('SITE_PORT_NOT_OPEN', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'This port is not open for this check. Take one of its sample, or ask for it first.',
})
export const SiteOfferUnusable = refusal('SITE_OFFER_UNUSABLE', {
  sip: 488,
  http: 422,
  blame: 'caller',
  text: 'This offer cannot be answered: a stream needs ICE, DTLS-SRTP and audio in G.711 or G.722.',
})
export const SiteCheckWithoutSite = refusal('SITE_CHECK_WITHOUT_SITE', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'This check was begun without the link of a site, so there is nobody to keep its report for. Save it instead.',
})
