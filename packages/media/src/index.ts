export {
  createEmbeddedMedia,
  createEmbeddedMediaEngine,
  type EmbeddedMediaEngineOptions,
} from './engine/create-embedded-engine.ts'
export { MediaLegGone, NoMediaPort, RecordingImpossible } from './engine/media-refusals.ts'
export { recordedLengthMs } from './record/recorded-length.ts'
