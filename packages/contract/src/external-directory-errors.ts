import { refusal } from '@vaxel/base'

export const ExternalDirectoriesFull = refusal('EXTERNAL_DIRECTORIES_FULL', {
  sip: 503,
  http: 409,
  blame: 'caller',
  text: 'A company may connect ten directories. Remove one first.',
})
export const NothingHeld = refusal('EXTERNAL_DIRECTORY_NOTHING_HELD', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'Nothing is to be decided about this directory: no entries are missing that were not removed already.',
})
