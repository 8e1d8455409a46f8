export * from './past-day.ts'
export * from './patience.ts'
export * from './replay-day.ts'
