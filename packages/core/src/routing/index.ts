export * from './errors.ts'
export * from './route-call.ts'
