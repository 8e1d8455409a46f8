export * from './exits.ts'
export * from './flow.ts'
export * from './schedule.ts'
export * from './template.ts'
