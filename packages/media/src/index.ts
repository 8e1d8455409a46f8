export {
  createEmbeddedMedia,
  createEmbeddedMediaEngine,
  type EmbeddedMediaEngineOptions,
} from './engine/create-embedded-engine.ts'
export { MediaLegGone, NoMediaPort, RecordingImpossible } from './engine/media-refusals.ts'
export { recordedLengthMs } from './record/recorded-length.ts'
export { sealWav } from './record/seal-wav.ts'
export { sealedSoundReader } from './record/sealed-sound-reader.ts'
export { SealBroken, SealedSound, type SealVerdict } from './record/sealed-sound.ts'
export {
  hasMarkedDatagrams,
  type MarkedDatagram,
  type MarkedDatagrams,
  openMarkedDatagrams,
  type PathError,
} from './native/marked-datagrams.ts'
export { tcpSegmentBytes } from './native/tcp-segment.ts'
export { type Sentences, sentences } from './play/sentences/index.ts'
export { wavLength } from './play/wav-length.ts'
export { PromptShelf } from './voice/prompt-shelf.ts'
