export * from './compose-speech.ts'
export * from './language.ts'
export * from './sayable-name.ts'
export * from './time-zone.ts'
