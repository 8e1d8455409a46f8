import { refusal } from '@vaxel/base'

export const InvitationGone = refusal('SITE_INVITATION_GONE', {
  sip: 410,
  http: 404,
  blame: 'caller',
  text: 'This link does not exist, has ended or was taken back. Ask whoever sent it for a new one.',
})
export const CatalogueOlder = refusal('SITE_CATALOGUE_OLDER', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'A version like this or later is published already. Give yours a later version.',
})
export const CatalogueNotYours = refusal('SITE_CATALOGUE_NOT_YOURS', {
  sip: 403,
  http: 409,
  blame: 'caller',
  text: 'This catalogue comes with the program or is made by it. Publish yours under an id of its own.',
})
