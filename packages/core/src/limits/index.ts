export * from './admit-call.ts'
export * from './errors.ts'
