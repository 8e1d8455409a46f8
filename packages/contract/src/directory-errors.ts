import { refusal } from '@vaxel/base'

export const NoImage = refusal('DIRECTORY_NO_IMAGE', {
  sip: 415,
  http: 415,
  blame: 'caller',
  text: 'This is no picture that can be shown: send a JPEG, PNG, WebP or GIF file of at most 1 MiB in base 64.',
})
export const DirectoryFull = refusal('DIRECTORY_FULL', {
  sip: 503,
  http: 409,
  blame: 'caller',
  text: 'There are as many contacts as there may be: 200,000 of a company, 10,000 of one user. Remove some first.',
})
export const TooManyFavourites = refusal('DIRECTORY_TOO_MANY_FAVOURITES', {
  sip: 503,
  http: 409,
  blame: 'caller',
  text: 'There may be 200 favourites, 50 groups, and 200 people in each group.',
})
export const PhotosFull = refusal('DIRECTORY_PHOTOS_FULL', {
  sip: 503,
  http: 409,
  blame: 'caller',
  text: 'The photos of the company take 1 GiB, which is all there may be. Remove some, or give smaller ones.',
})
