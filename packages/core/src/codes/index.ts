export * from './check-codes.ts'
export * from './feature-code.ts'
export * from './find-code.ts'
export * from './parking-places.ts'
