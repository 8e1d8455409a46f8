export { numberText, toE164 } from './phone-number-library.ts'
export * from './resolve-number.ts'
