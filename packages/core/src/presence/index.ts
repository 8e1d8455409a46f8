export * from './decide-presence.ts'
export * from './line-leg.ts'
export * from './presence.ts'
