export { createEmbeddedMediaEngine, type EmbeddedMediaEngineOptions } from './engine/create-embedded-engine.ts'
export { MediaLegGone, NoMediaPort, RecordingImpossible } from './engine/media-refusals.ts'
export { meanOpinionScore, mosFormula } from './engine/mos.ts'
