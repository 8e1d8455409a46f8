export * from './emergency-numbers.ts'
export * from './resolve-number.ts'
export * from './short-dials.ts'
export { numberText, toE164 } from './phone-number-library.ts'
