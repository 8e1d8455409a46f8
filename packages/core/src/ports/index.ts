export * from './binding-store.ts'
export * from './call-ledger.ts'
export * from './directory.ts'
export * from './media-engine.ts'
